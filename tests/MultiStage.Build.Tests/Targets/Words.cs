namespace MultiStage.Build.Tests.Targets;

/// <summary>Items whose names are words: of commands, of assemblies, of anything but files.</summary>
[TestClass]
public sealed class Words
{
    [TestMethod]
    public void Words_are_written_as_they_are_although_this_machine_has_files_of_their_names()
    {
        using var project = new TargetProject(
            """
              <ItemGroup>
                <ContainerEntrypoint Include="/bin/sh;-c" />
                <ContainerEntrypointArgs Include="ls %2A%3B exec &quot;%24@&quot;" />
                <ContainerAppCommand Include="/etc/passwd" />
                <ContainerAppCommandArgs Include="/etc/%2A" />
                <ContainerDefaultArgs Include="../../words.txt" />
                <ContainerEnvironmentVariable Include="SHELL" Value="/bin/sh" />
                <ContainerLabel Include="/etc/hosts" Value="/etc/hosts" />
                <AssemblyMetadata Include="/etc/hostname" Value="/etc/hostname" />
                <InternalsVisibleTo Include="/etc/fstab" />
                <RuntimeHostConfigurationOption Include="/etc/profile" Value="/etc/profile" />
              </ItemGroup>
            """
        );
        project.Write("words.txt", "");

        var run = project.Generate();

        Assert.IsEmpty(run.Codes, run.Output);
        Assert.Contains("""ENTRYPOINT ["/bin/sh", "-c", "ls *; exec \"$@\""]""" + "\n", project.Dockerfile);
        Assert.Contains("""CMD ["/etc/passwd", "/etc/*", "../../words.txt"]""" + "\n", project.Dockerfile);
        Assert.DoesNotContain("words.txt", string.Join(' ', project.Facts.Closure.OutsideFiles));
    }
}
