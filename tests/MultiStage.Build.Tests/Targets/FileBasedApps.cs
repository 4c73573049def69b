using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tests.Targets;

/// <summary>C# files that are published without a project, from a checkout with a library and a project that has nothing to do with
/// them.</summary>
[TestClass]
public sealed class FileBasedApps : IDisposable
{
    private const string Library =
        """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""";

    private const string App = """
        #!/usr/bin/env dotnet
        #:sdk Microsoft.NET.Sdk.Web
        #:project ../Library
        #:property PublishAot=false
        #:include parts/more.cs
        return;
        """;

    private readonly TempFolder _folder = new();

    public FileBasedApps()
    {
        _folder.Folder("repo/.git");
        _folder.Folder("data");
        _folder.Write("repo/Library/Library.csproj", Library);
        _folder.Write("repo/Other/Other.csproj", Library);
        _folder.Write("repo/Directory.Build.props", Import("props"));
        _folder.Write("repo/Directory.Build.targets", Import("targets"));
        _folder.Write("repo/tools/parts/more.cs", "#:property InvariantGlobalization=true\n");
    }

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Are_restored_from_their_directives_and_published_as_they_are()
    {
        var dockerfile = Generate(App);

        Assert.Contains("from tools/hello.cs: change", dockerfile);
        Assert.Contains("regenerate: dotnet build tools/hello.cs -t:GenerateMultiStageDockerfile\n", dockerfile);
        Assert.Contains("&& sed -i '/^[^!-~]*#/!d' /mnt/tools/hello.cs /mnt/tools/parts/more.cs\n", dockerfile);
        Assert.Contains(
            "dotnet build tools/hello.cs --no-restore -t:Restore -c Release -r linux-$TARGETARCH -p:_IsPublishing=true\n",
            dockerfile
        );
        Assert.Contains("dotnet publish tools/hello.cs --no-restore -c Release", dockerfile);
        Assert.Contains("FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime", dockerfile);
        Assert.Contains("ENTRYPOINT [\"dotnet\", \"/app/hello.dll\"]", dockerfile);
        Assert.Contains("\nOther\n", File.ReadAllText(_folder["repo/tools/Dockerfile.dockerignore"]));
    }

    [TestMethod]
    public void Have_a_second_image_after_an_edit_of_a_directive()
    {
        Generate(App);

        var dockerfile = Generate(App.Replace(".Web", "", StringComparison.Ordinal));

        Assert.Contains("FROM mcr.microsoft.com/dotnet/runtime:10.0 AS runtime", dockerfile);
    }

    [TestMethod]
    [DataRow("/* A licence. */\n#:property PublishAot=false\nreturn;")]
    [DataRow("#:property PublishAot=false\nvar text = \"\"\"\n    #:property Text=true\n    \"\"\";\nreturn;")]
    public void Are_restored_behind_the_sources_where_their_lines_do_not_say_what_a_directive_is(string text) =>
        Assert.Contains("Restores after the sources", Generate(text));

    [TestMethod]
    public void Become_projects_where_the_SDK_does_not_tell_theirs()
    {
        var error = Assert.ThrowsExactly<MultiStageException>(() => FileBasedApp.Read(_folder["repo/hello.cs"], _folder["data"]));

        Assert.AreEqual(Codes.FileBasedApp, error.Diagnostic.Descriptor);
        Assert.Contains("dotnet project convert hello.cs", error.Message);
    }

    [TestMethod]
    public void Have_their_errors_at_the_directive()
    {
        _folder.Write(
            "repo/tools/hello.cs",
            "#!/usr/bin/env dotnet\n#:property PublishAot=false\n#:property ContainerCompileCache=perhaps\nreturn;"
        );

        var error = Run("-t:GenerateMultiStageDockerfile").FailedWith("MULTISTAGE1010");

        Assert.Contains("hello.cs(3,", error);
    }

    private string Generate(string text)
    {
        _folder.Write("repo/tools/hello.cs", text);
        var run = Run("-t:GenerateMultiStageDockerfile", "-p:ContainerDockerfileOutput=Dockerfile").Succeeded();
        Assert.IsEmpty(run.Codes);
        return File.ReadAllText(_folder["repo/tools/Dockerfile"]).Replace(" \\\n    ", " ", StringComparison.Ordinal);
    }

    private MSBuildRun Run(params string[] arguments) =>
        MSBuildRun.Dotnet(
            _folder["repo"],
            ["build", .. TargetProject.WithTasks("tools/hello.cs"), "-tl:off", .. arguments],
            // What the SDK keeps of the app goes with the folder.
            [new("XDG_DATA_HOME", _folder["data"])]
        );

    private static string Import(string kind) =>
        $"""
            <Project>
              <Import Project="{RepositoryRoot.Combine(
                "sdk",
                "build",
                $"MultiStage.Build.{kind}"
            )}" Condition="'$(FileBasedProgram)' == 'true'" />
            </Project>
            """;
}
