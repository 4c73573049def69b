using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Archives;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline;

/// <summary>What every target works with: its project, the files of its run, and the log.</summary>
/// <param name="projectFile">The project's absolute path.</param>
/// <param name="folder">The absolute path of the run's folder.</param>
public sealed class TargetRun(string projectFile, string folder, ITargetLog log)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    internal string ProjectFile => projectFile;

    internal string ProjectName => System.IO.Path.GetFileNameWithoutExtension(projectFile);

    internal ITargetLog Log => log;

    internal PipelineRun Files { get; } = new(folder);

    /// <summary>Opens an engine.</summary>
    internal Func<EngineChoice, EngineOptions, CancellationToken, Task<Engine>> OpenAsync { get; init; } = Engine.OpenAsync;

    internal RepositoryFolder Repository => RepositoryFolder.Of(projectFile);

    /// <summary>Whether the terminal logger is on, which shows nothing but errors, warnings and the text behind <c>-></c>.</summary>
    internal static bool IsTerminal => TerminalLogger.IsOn(Environment.GetEnvironmentVariable);

    /// <summary><c>ContainerSilenceLimit</c>; empty for the default.</summary>
    public string SilenceLimit { get; init; } = "";

    /// <summary><c>ContainerBuildSilenceLimit</c>; empty for the default.</summary>
    public string BuildSilenceLimit { get; init; } = "";

    internal async Task<OpenedStore> OpenStoreAsync(BuiltImage image, CancellationToken cancellationToken)
    {
        if (image.InArchive is { } archived)
        {
            return OpenStore(archived);
        }

        var engine = await OpenEngineAsync(image.Engine, cancellationToken);
        return new(engine.Store, engine);
    }

    internal OpenedStore OpenStore(ImageArchive image) => Engine.OpenStore(image, Options());

    internal Task<Engine> OpenEngineAsync(EngineKind kind, CancellationToken cancellationToken) =>
        OpenEngineAsync(new EngineChoice(kind, ""), cancellationToken);

    internal Task<Engine> OpenEngineAsync(EngineChoice choice, CancellationToken cancellationToken) =>
        OpenAsync(choice, Options(), cancellationToken);

    private EngineOptions Options()
    {
        var defaults = new EngineOptions();
        return new()
        {
            SilenceLimit = DockerDuration.Parse("ContainerSilenceLimit", SilenceLimit) ?? defaults.SilenceLimit,
            BuildSilenceLimit = DockerDuration.Parse("ContainerBuildSilenceLimit", BuildSilenceLimit) ?? defaults.BuildSilenceLimit,
            Tell = Report,
        };
    }

    /// <summary>Reports a diagnostic at the line of what it is about.</summary>
    public void Report(Diagnostic diagnostic)
    {
        var place = diagnostic.Location
            ?? (
                diagnostic.Item is { } item ? SourceLocator.FindItem(projectFile, item) : SourceLocator.Find(projectFile, diagnostic.About)
            );
        log.Problem(
            diagnostic.Descriptor.Severity,
            diagnostic.Descriptor.Code,
            place,
            IsTerminal ? TerminalLogger.Shown(diagnostic, Columns()) : diagnostic.Message,
            diagnostic.Descriptor.HelpLink
        );
    }

    internal void Report(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Report(diagnostic);
        }
    }

    // A node has no console to ask.
    private static int Columns()
    {
        try
        {
            return System.Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Shows a message where the terminal logger shows it, too.</summary>
    internal void Tell(string text) => log.Message(Verbosity.Minimal, IsTerminal ? $"{ProjectName} -> {text}" : text);

    /// <summary>Logs what was done since the last phase, or since the target began, and how long it took.</summary>
    internal void Phase(string done)
    {
        log.Message(Verbosity.Detailed, $"  {_clock.ElapsedMilliseconds.ToString(CultureInfo.InvariantCulture)} ms  {done}");
        _clock.Restart();
    }

    /// <summary>The absolute path of what the project names, with either kind of slash.</summary>
    internal string FullPath(string path) =>
        System.IO.Path.GetFullPath(
            path.Replace('\\', System.IO.Path.DirectorySeparatorChar),
            System.IO.Path.GetDirectoryName(projectFile)!
        );

    internal string Path(string name) => System.IO.Path.Combine(folder, name);

    /// <summary>The absolute path of a file that is kept from run to run, or that people read.</summary>
    internal string SharedPath(string name) => System.IO.Path.Combine(Files.Shared, name);

    /// <summary>Writes one of the run's files, and a copy of it for people.</summary>
    internal void Write<T>(string name, T value)
    {
        PipelineFile.Write(Path(name), value);
        PipelineFile.Write(SharedPath(name), value);
    }

    /// <summary>The Dockerfile to build, absolute; its ignore file is beside it.</summary>
    internal string DockerfileOf(ProjectFacts facts) => facts.Stages.Dockerfile ?? Path(PipelineFiles.Dockerfile);

    internal ProjectFacts ReadFacts() => PipelineFile.Read<ProjectFacts>(Path(PipelineFiles.Facts), "GenerateMultiStageDockerfile");

    internal BuildPlan ReadPlan() => PipelineFile.Read<BuildPlan>(Path(PipelineFiles.Plan), "GenerateMultiStageDockerfile");

    internal BudgetSettings ReadBudgets() => PipelineFile.Read<BudgetSettings>(Path(PipelineFiles.Budgets), "BuildMultiStageImage");

    internal BaselineSettings ReadBaseline() => PipelineFile.Read<BaselineSettings>(Path(PipelineFiles.Baseline), "BuildMultiStageImage");

    internal BuiltImage ReadImage() => PipelineFile.Read<BuiltImage>(Path(PipelineFiles.Image), "BuildMultiStageImage");

    internal SizeReport ReadSize() => SizeFiles.Read(folder);

    /// <summary>The reports of an image for several platforms, the worst first; the one of an image for one.</summary>
    internal ImmutableArray<SizeReport> ReadSizes() =>
        Directory.Exists(Path(PipelineFiles.Platforms))
            ? SizeReport.WorstFirst(
                Directory
                    .GetDirectories(Path(PipelineFiles.Platforms))
                    .Select(platform => SizeFiles.Read(platform) with { PlatformFolder = System.IO.Path.GetFileName(platform) })
            )
            : [ReadSize()];
}
