namespace MultiStage.Build.Tests.Targets;

/// <summary>Publish profiles apply in the container by their files.</summary>
[TestClass]
public sealed class PublishProfiles
{
    [TestMethod]
    [DataRow("-p:PublishProfile=Prod", "src/App/Properties/PublishProfiles/Prod.pubxml", " -p:PublishProfile=Prod")]
    [DataRow(
        "-p:PublishProfile=Properties/PublishProfiles/Prod.pubxml",
        "src/App/Properties/PublishProfiles/Prod.pubxml",
        " -p:PublishProfile=Properties/PublishProfiles/Prod.pubxml"
    )]
    [DataRow("-p:OfTheProject=true", "src/App/Properties/PublishProfiles/Prod.pubxml", " -p:OfTheProject=true")]
    [DataRow("-p:WebPublishProfileFile={0}/eng/Web.pubxml", "eng/Web.pubxml", " -p:WebPublishProfileFile=/src/eng/Web.pubxml")]
    public void Its_file_and_its_name_reach_restore_and_publish(string argument, string file, string forwarded)
    {
        using var project = new TargetProject(
            "<PropertyGroup Condition=\"'$(OfTheProject)' == 'true'\"><PublishProfile>Prod</PublishProfile></PropertyGroup>"
        );
        project.Write(
            file,
            """
            <Project><PropertyGroup>
              <PublishTrimmed>true</PublishTrimmed><RuntimeIdentifier>linux-arm64</RuntimeIdentifier><SelfContained>true</SelfContained><WebPublishMethod>Container</WebPublishMethod>
            </PropertyGroup></Project>
            """
        );

        project.Generate("-p:_IsPublishing=true", argument.Replace("{0}", project.Root, StringComparison.Ordinal));

        Assert.Contains(file, project.Facts.Closure.RestoreInputs);
        var commands = project
            .Dockerfile.ReplaceLineEndings("\n")
            .Replace(" \\\n   ", "", StringComparison.Ordinal)
            .Split('\n')
            .Where(line => line.StartsWith("RUN ", StringComparison.Ordinal))
            .ToList();
        Assert.IsTrue(
            commands.Count > 1
                && commands.All(command =>
                    command.Contains($"{forwarded}", StringComparison.Ordinal) && command.Contains("linux-arm64", StringComparison.Ordinal)
                ),
            project.Dockerfile
        );
        Assert.Contains("FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled-extra AS runtime\n", project.Dockerfile);
    }

    [TestMethod]
    public void A_profile_of_the_SDK_says_nothing_of_the_files_and_is_not_forwarded()
    {
        using var project = new TargetProject();

        project.Generate("-p:PublishProfile=DefaultContainer");

        Assert.DoesNotContain("PublishProfile", project.Dockerfile);
    }
}
