namespace MultiStage.Build.Tests.Targets;

/// <summary>A project of stages alone that sets what properties and items can say of its image.</summary>
[TestClass]
public sealed class StagesAloneSet
{
    [TestMethod]
    public void What_the_image_is_like_stands_at_the_end_of_the_final_stage()
    {
        using var project = Project(
            """
                <ContainerUser>1234</ContainerUser>
                <ContainerWorkingDirectory>/data</ContainerWorkingDirectory>
                <ContainerHealthcheckCommand>["/server", "--check"]</ContainerHealthcheckCommand>
                <ContainerHealthcheckInterval>10s</ContainerHealthcheckInterval>
                <ContainerHealthcheckTimeout>2s</ContainerHealthcheckTimeout>
                <ContainerHealthcheckStartPeriod>1s</ContainerHealthcheckStartPeriod>
                <ContainerHealthcheckRetries>5</ContainerHealthcheckRetries>
            """,
            """
                <ContainerPort Include="9090" />
                <ContainerPort Include="5353" Type="udp" />
                <ContainerEnvironmentVariable Include="PRICE" Value="5 $" />
                <ContainerAppCommand Include="/server" />
                <ContainerAppCommandArgs Include="--listen" />
                <ContainerDefaultArgs Include="--verbose" />
            """
        );

        project.Generate();

        Assert.EndsWith(
            """
            FROM busybox:latest AS final
            COPY . /app/
            ENV PRICE="5 \$"
            EXPOSE 5353/udp
            EXPOSE 9090/tcp
            WORKDIR /data
            USER 1234
            HEALTHCHECK --interval=10s --timeout=2s --start-period=1s --retries=5 CMD ["/server", "--check"]
            ENTRYPOINT ["/server", "--listen"]
            CMD ["--verbose"]

            """.ReplaceLineEndings("\n"),
            project.Dockerfile
        );
    }

    [TestMethod]
    public void An_entry_point_takes_the_command_as_its_arguments()
    {
        using var project = Project(
            "<ContainerAppCommandInstruction>DefaultArgs</ContainerAppCommandInstruction>",
            """
            <ContainerEntrypoint Include="tini" />
            <ContainerEntrypointArgs Include="--" />
            <ContainerAppCommand Include="/server" />
            """
        );

        project.Generate();

        Assert.EndsWith("ENTRYPOINT [\"tini\", \"--\"]\nCMD [\"/server\"]\n", project.Dockerfile);
    }

    [TestMethod]
    public void A_step_that_a_property_overrides_is_told_at_its_line()
    {
        using var project = Project(
            "<ContainerHealthcheckCommand>true</ContainerHealthcheckCommand>",
            """
            <ContainerEntrypoint Include="tini" />
            <ContainerStep Include="start" Stage="final" Entrypoint='["/server"]' />
            <ContainerStep Include="check" Stage="final" Healthcheck="CMD false" />
            <ContainerStep Include="more" Stage="final" Cmd='["/server"]' />
            """
        );

        var output = project.Run("-t:GenerateMultiStageDockerfile").Succeeded().Output;

        Assert.MatchesRegex(
            @"App\.csproj\(\d+,\d+\): warning MULTISTAGE1054: The Entrypoint of ContainerStep 'start' has no effect",
            output
        );
        Assert.MatchesRegex(
            @"App\.csproj\(\d+,\d+\): warning MULTISTAGE1054: The Healthcheck of ContainerStep 'check' has no effect",
            output
        );
        Assert.DoesNotContain("'more'", output);
    }

    [TestMethod]
    [DataRow("<ContainerPort Include='no' />", "MULTISTAGE1010")]
    [DataRow("<ContainerEnvironmentVariable Include='A=B' Value='1' />", "MULTISTAGE1014")]
    public void What_no_image_can_take_is_an_error(string item, string code)
    {
        using var project = Project("", item);

        project.Run("-t:GenerateMultiStageDockerfile").FailedWith(code);
    }

    private static TargetProject Project(string properties, string items)
    {
        var project = new TargetProject();
        var sdk = RepositoryRoot.Combine("sdk", "Sdk");
        project.Write(
            "src/App/App.csproj",
            $"""
            <Project>
              <Import Project="{sdk}/Sdk.props" />
              <PropertyGroup>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <ContainerStage Include="final" BaseImage="busybox:latest" />
                <ContainerStep Include="files" Stage="final" Copy="." Destination="/app/" />
                {items}
              </ItemGroup>
              <Import Project="{sdk}/Sdk.targets" />
            </Project>
            """
        );
        return project;
    }
}
