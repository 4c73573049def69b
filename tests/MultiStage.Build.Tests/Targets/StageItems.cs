using MultiStage.Build.Projects;

namespace MultiStage.Build.Tests.Targets;

/// <summary>Stages and steps of a project, as MSBuild hands them over.</summary>
[TestClass]
public sealed class StageItems
{
    private const string Items = """
          <ItemGroup>
            <ContainerStage Include="assets" BaseImage="busybox:latest" WorkingDirectory="/assets" />
            <ContainerStep Include="text" Stage="assets" Run="echo 'a;b' *.txt %24(id -u) 100%25 $HOME &quot;$x&quot; \n; exit 0" />
            <ContainerStep Include="script" Stage="assets">
              <Run>
                if true; then
                  echo "a;b"
                fi
              </Run>
            </ContainerStep>
            <ContainerStep Include="copy" Stage="assets" Copy="files/*.txt;x" Destination="/files/" />
            <ContainerStep Include="tool" Stage="builder" Run="echo $(Tool)" />
            <ContainerPackage Include="curl;tzdata" />
            <ContainerBuildArg Include="FLAVOR" Value="plain;simple" />
            <ContainerStep Include="flavor" Stage="assets" Arg="FLAVOR" />
            <ContainerSecret Include="npm" Env="NPM_TOKEN" />
            <ContainerStep Include="secret" Stage="assets" Run="--mount=type=secret,id=npm cat /run/secrets/npm" />
          </ItemGroup>
        """;

    [TestMethod]
    public void Texts_reach_the_Dockerfile_as_they_are_written()
    {
        using var project = new TargetProject(Items);
        project.Write("files/a.txt", "");

        var run = project.Generate("-p:Tool=clang", "-v:d");

        var text = project.Dockerfile;
        Assert.Contains("RUN echo 'a;b' *.txt $(id -u) 100% $HOME \"$x\" \\n; exit 0\n", text);
        Assert.Contains("RUN <<EOF\nset -e\nif true; then\n  echo \"a;b\"\nfi\nEOF\n", text);
        Assert.Contains("COPY files/*.txt;x /files/\n", text);
        Assert.Contains("RUN --mount=type=secret,id=npm cat /run/secrets/npm\n", text);
        Assert.AreEqual("NPM_TOKEN", project.Plan.Secrets.Single().Variable);
        Assert.Contains("RUN echo clang\n", text);
        Assert.Contains("        curl \\\n        tzdata \\\n", text);
        Assert.AreEqual("plain;simple", project.Plan.BuildArgs["FLAVOR"]);
        Assert.Contains("!files/*.txt;x\n", File.ReadAllText(Path.Combine(project.PipelineFolder, "Dockerfile.dockerignore")));
        Assert.Contains("  > runtime  from mcr.microsoft.com/dotnet/aspnet:10.0 (final)", run.Output);
    }

    [TestMethod]
    public void An_error_is_at_the_line_of_the_item_that_it_is_about()
    {
        using var project = new TargetProject(
            """
              <ItemGroup>
                <ContainerStep Include="one" Stage="builder" Run="true" />
                <ContainerStep Include="one" Stage="builder" Rnu="true" />
                <ContainerStep Include="one" Stage="builder" Run="false" />
              </ItemGroup>
            """
        );

        var error = project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE2011");

        Assert.Contains("App.csproj(7,5)", error);
        Assert.Contains("did you mean 'Run'?", error);
    }

    [TestMethod]
    public void ContainerDockerfile_is_read_and_nothing_is_generated()
    {
        using var project = new TargetProject(
            """
              <PropertyGroup><ContainerDockerfile>../deploy/Dockerfile</ContainerDockerfile></PropertyGroup>
              <ItemGroup>
                <ContainerBuildArg Include="GO" Value="1.24" />
                <ContainerBuildArg Include="TYPO" Value="x" />
              </ItemGroup>
            """
        );
        var dockerfile = project.Write(
            "src/deploy/Dockerfile",
            "ARG GO=1.23\nFROM golang:$GO AS build\nFROM scratch\nCOPY --from=0 /x /\n"
        );

        var run = project
            .Run("-t:GenerateMultiStageDockerfile", "-getProperty:GeneratedMultiStageDockerfile", "-p:ContainerTarget=build")
            .Succeeded();

        Assert.Contains(dockerfile, run.Output);
        Assert.AreEqual("golang:1.24 scratch", string.Join(' ', project.Plan.Stages.Select(stage => stage.From)));
        Assert.AreEqual(ImageSource.Dockerfile, project.Facts.Source);
        Assert.AreEqual(Path.GetDirectoryName(dockerfile), project.Facts.Closure.Context);
        Assert.IsFalse(File.Exists(Path.Combine(project.PipelineFolder, "Dockerfile")));
        Assert.AreEqual("MULTISTAGE2021", string.Join(' ', project.Run("-t:GenerateMultiStageDockerfile").Codes));

        Assert.Contains("build, 1", project.Run("-t:BuildMultiStageImage", "-p:ContainerTarget=biuld").FailedWith("MULTISTAGE2001"));
        File.AppendAllText(dockerfile, "COPY --from=7 /x /\n");
        Assert.Contains($"{dockerfile}(5,1)", project.Run("-t:GenerateMultiStageDockerfile").Output);
        File.Delete(dockerfile);
        Assert.Contains("App.csproj(5,", project.Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE2020"));
    }
}
