using MultiStage.Build.Projects;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Targets;

/// <summary>
/// A small repository in a folder of its own, with a project that imports the targets from the source tree at the places where NuGet would
/// import them from the package. Nothing is packed or restored, and no Docker is there.
/// </summary>
internal sealed class TargetProject : IDisposable
{
    private static readonly string s_tasks = RepositoryRoot.Combine(
        "src",
        "MultiStage.Build.Tasks",
        "bin",
        ConfigurationOfTheTests(),
        "net10.0",
        "MultiStage.Build.Tasks.dll"
    );

    private readonly string _file;

    /// <summary>Writes the project <c>src/App/App.csproj</c>.</summary>
    /// <param name="body">What is in it beside its target framework.</param>
    /// <param name="sdk">Its SDK.</param>
    /// <param name="extension">Its language's extension.</param>
    /// <param name="targetFrameworks">Its frameworks.</param>
    public TargetProject(
        string body = "",
        string sdk = "Microsoft.NET.Sdk.Web",
        string extension = "csproj",
        string targetFrameworks = "net10.0"
    )
    {
        Root = Directory.CreateTempSubdirectory("multistage-").FullName;
        _file = $"App.{extension}";
        Directory.CreateDirectory(Path.Combine(Root, ".git"));
        var several = targetFrameworks.Contains(';', StringComparison.Ordinal);
        Write(
            $"src/App/{_file}",
            $"""
            <Project Sdk="{sdk}">
              <PropertyGroup>
                <TargetFramework{(several ? "s" : "")}>{targetFrameworks}</TargetFramework{(several ? "s" : "")}>
              </PropertyGroup>
            {body}
            </Project>
            """
        );
        ImportPackage("props", several);
        ImportPackage("targets", several);
    }

    /// <summary>The repository's root, which is the build context unless the project says otherwise.</summary>
    public string Root { get; }

    /// <summary>The project's folder.</summary>
    public string Folder => Path.Combine(Root, "src", "App");

    /// <summary>The folder of the pipeline's files, without a framework or runtime identifier that a project adds to it.</summary>
    public string PipelineFolder =>
        Directory.EnumerateDirectories(Path.Combine(Folder, "obj"), "multistage", SearchOption.AllDirectories).Single();

    /// <summary>The text of the generated Dockerfile.</summary>
    public string Dockerfile => File.ReadAllText(Path.Combine(PipelineFolder, "Dockerfile"));

    /// <summary>The facts that were collected.</summary>
    public ProjectFacts Facts => PipelineFile.Read<ProjectFacts>(Path.Combine(PipelineFolder, "facts.json"), "");

    /// <summary>The plan that was made.</summary>
    public BuildPlan Plan => PipelineFile.Read<BuildPlan>(Path.Combine(PipelineFolder, "plan.json"), "");

    /// <summary>Writes a file.</summary>
    /// <param name="path">Its path below the root.</param>
    /// <param name="text">Its text.</param>
    /// <returns>Its absolute path.</returns>
    public string Write(string path, string text)
    {
        var file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    /// <summary>Runs MSBuild on the project.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>What came of it.</returns>
    public MSBuildRun Run(params string[] arguments) => Run(arguments, []);

    /// <summary>Runs MSBuild on the project.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set.</param>
    /// <returns>What came of it.</returns>
    public MSBuildRun Run(string[] arguments, KeyValuePair<string, string>[] environment) =>
        MSBuildRun.Of(
            Folder,
            [
                .. WithTasks(_file),
                .. arguments.Any(a => a.StartsWith("-v:", StringComparison.Ordinal)) ? [] : new[] { "-v:m" },
                .. arguments,
            ],
            environment
        );

    /// <summary>The arguments that name a project and where the tasks are.</summary>
    /// <param name="file">The project.</param>
    /// <returns>The arguments.</returns>
    public static string[] WithTasks(string file) => [file, $"-p:MultiStageTasksAssembly={s_tasks}"];

    /// <summary>Generates the Dockerfile, and fails the test where that fails.</summary>
    /// <param name="arguments">Arguments beside the target.</param>
    /// <returns>What came of it.</returns>
    public MSBuildRun Generate(params string[] arguments) => Generate(arguments, []);

    /// <summary>Generates the Dockerfile, and fails the test where that fails.</summary>
    /// <param name="arguments">Arguments beside the target.</param>
    /// <param name="environment">Variables to set.</param>
    /// <returns>What came of it.</returns>
    public MSBuildRun Generate(string[] arguments, KeyValuePair<string, string>[] environment) =>
        Run(["-t:GenerateMultiStageDockerfile", .. arguments], environment).Succeeded();

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Root, recursive: true);

    // NuGet's own generated imports have this form and this place; without a target framework it imports the package's buildMultiTargeting.
    private void ImportPackage(string kind, bool several)
    {
        var build = RepositoryRoot.Combine("sdk", "build", $"MultiStage.Build.{kind}");
        var outer = RepositoryRoot.Combine("sdk", "buildMultiTargeting", $"MultiStage.Build.{kind}");
        Write(
            $"src/App/obj/{_file}.package.g.{kind}",
            several
                ? $"""
                <Project>
                  <Import Project="{outer}" Condition="'$(TargetFramework)' == ''" />
                  <Import Project="{build}" Condition="'$(TargetFramework)' != ''" />
                </Project>
                """
                : $"""
                <Project>
                  <Import Project="{build}" />
                </Project>
                """
        );
    }

    private static string ConfigurationOfTheTests() =>
        new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)).Parent!.Name;
}
