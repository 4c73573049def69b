using MultiStage.Build.Context;

namespace MultiStage.Build.Tests.Targets;

/// <summary>An <c>App.csproj.user</c>, which MSBuild imports on this machine.</summary>
[TestClass]
public sealed class UserSettingsFile
{
    private const string VisualStudio = """
        <Project>
          <PropertyGroup>
            <ActiveDebugProfile>https</ActiveDebugProfile>
            <NameOfLastUsedPublishProfile>Folder</NameOfLastUsedPublishProfile>
          </PropertyGroup>
          <ProjectExtensions><VisualStudio /></ProjectExtensions>
        </Project>
        """;

    private const string Constants = "<Project><PropertyGroup><DefineConstants>FROM_USER</DefineConstants></PropertyGroup></Project>";

    [TestMethod]
    [DataRow("Repository")]
    [DataRow("Closure")]
    public void Comes_with_the_sources_and_leaves_the_Dockerfile_as_it_is(string scope)
    {
        using var project = new TargetProject();
        project.Generate($"-p:ContainerBuildInputScope={scope}");
        var without = project.Dockerfile;
        project.Write("src/App/App.csproj.user", Constants);
        project.Generate($"-p:ContainerBuildInputScope={scope}");

        Assert.AreEqual(without, project.Dockerfile);
        Assert.IsFalse(IsExcluded(project));
    }

    [TestMethod]
    public void Is_there_for_a_restore_that_reads_it()
    {
        using var project = new TargetProject();
        project.Write(
            "src/App/App.csproj.user",
            """<Project><ItemGroup><PackageReference Include="Extra" Version="1.0.0" /></ItemGroup></Project>"""
        );
        project.Generate();

        Assert.Contains("src/App/App.csproj.user", project.Facts.Closure.RestoreInputs);
    }

    [TestMethod]
    [DataRow(Constants, "DefineConstants")]
    [DataRow("""<Project><ItemGroup><Using Include="System.Text" /></ItemGroup></Project>""", "Using")]
    [DataRow(VisualStudio, null)]
    public void Is_told_where_the_ignore_file_leaves_out_what_a_build_reads(string text, string? set)
    {
        using var project = new TargetProject();
        project.Write(".dockerignore", "**/bin\n**/*.*proj.user\n");
        project.Write("src/App/App.csproj.user", text);
        var run = project.Generate();

        Assert.IsTrue(IsExcluded(project));
        Assert.AreEqual(set is not null, run.Codes.Contains("MULTISTAGE1047"), run.Output);
        if (set is not null)
        {
            Assert.Contains(".dockerignore(2,1): ", run.Output);
            Assert.Contains($"'src/App/App.csproj.user', which sets {set} on this machine", run.Output);
        }
    }

    private static bool IsExcluded(TargetProject project) =>
        IgnoreRules
            .Parse(File.ReadAllText(Path.Combine(project.PipelineFolder, "Dockerfile.dockerignore")))
            .IsExcluded("src/App/App.csproj.user");
}
