using System.Collections.Immutable;
using System.Diagnostics;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Measurement;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Pipeline.Exploring;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Variants;
using MultiStage.Build.Verification;

namespace MultiStage.Build.Pipeline;

/// <summary>
/// <c>ExploreMultiStageImages</c>: builds variants of the project's image, tries each out and measures it. Names nothing, pushes nothing
/// and leaves no image behind; writes <c>explore.json</c> and <c>explore.html</c>.
/// </summary>
public sealed class ExploreTarget(TargetRun run)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(30);

    // A build in the daemon uses several cores for itself, and the native compiler gigabytes.
    private static readonly int s_atOnce = Math.Max(1, Environment.ProcessorCount / 4);

    /// <summary>This machine's part of a variant.</summary>
    public required VariantHost Host { get; init; }

    /// <summary>Where the project's restores write, absolute.</summary>
    public required string RestoreFolder { get; init; }

    /// <summary><c>ContainerVariant</c> items.</summary>
    public required ImmutableArray<ProjectItem> Items { get; init; }

    /// <summary><c>ContainerVariants</c>; empty for all that make sense.</summary>
    public required string Wanted { get; init; }

    /// <summary><c>ContainerVariantCheck</c>; empty for none.</summary>
    public required string Check { get; init; }

    /// <summary><c>ContainerExploreTimeout</c>; empty for half an hour.</summary>
    public required string Limit { get; init; }

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public required string Engine { get; init; }

    /// <summary><c>ContainerPublishMode</c>.</summary>
    public required string PublishMode { get; init; }

    /// <summary><c>ContainerBuilder</c>.</summary>
    public required string Builder { get; init; }

    /// <summary>The project's timing, for an image without a health check of its own.</summary>
    public required (string Interval, string Timeout, string StartPeriod, string Retries) Timing { get; init; }

    /// <summary><c>ContainerSizeReportDirectory</c>; empty for no copies.</summary>
    public required string ReportDirectory { get; init; }

    /// <summary>Explores.</summary>
    /// <returns>When the table is shown.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.NothingToExplore"/>, or of the settings or the engine.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var timing = HealthcheckRules.Timing(Timing.Interval, Timing.Timeout, Timing.StartPeriod, Timing.Retries);
        if (EngineChoice.Of(Engine, Builder).Kind is EngineKind.Sdk)
        {
            throw Codes.SdkEngineCannot.ErrorAbout("ContainerBuildEngine", "ExploreMultiStageImages");
        }

        var limit = DockerDuration.Parse("ContainerExploreTimeout", Limit) ?? s_limit;
        ImmutableArray<string> wanted = [.. Wanted.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        // A wrong name is reported before anything is built.
        VariantReader.Read(Items, new ExploredProject(ImmutableDictionary<string, string>.Empty, ""), wanted);
        var clock = Stopwatch.StartNew();
        using var restored = RestoredFiles.Remember(run.ProjectFile, RestoreFolder);
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        // The secrets of a Dockerfile, and what else it mounts, decide which engine can build it.
        await using var explorer = new Explorer(
            dockerfile => run.OpenEngineAsync(StageBuild.Choose(Engine, Builder, dockerfile), cancellationToken),
            Host,
            run,
            cancellationToken,
            time.Token
        );

        if (PublishModes.Parse(PublishMode) is Projects.PublishMode.Host)
        {
            run.Log.Message(Verbosity.Minimal, "Variants are built in the container, although ContainerPublishMode is Host");
        }

        run.Log.Message(Verbosity.Minimal, $"Exploring {run.ProjectName}: today's image first");
        await using var today = explorer.Build(Variant.Unchanged);
        await explorer.TodayAsync(today, () => new(timing, ContainerCheck(today), Host.Dotnet, run.FullPath(".")));
        if (today.Result.Outcome is not VariantOutcome.Works)
        {
            throw Codes.NothingToExplore.Error($"{Reporting.ExploreText.Word(today.Result.Outcome)}: {today.Result.Because}");
        }

        var variants = VariantReader.Read(Items, explorer.Project(today), wanted);
        var results = await explorer.TryAsync(variants, s_atOnce);
        Tell(
            new Exploration(run.ProjectName, today.Platform, today.Result, Exploration.Rank(results))
            {
                Definition = ImageSizes.Definition,
                ProjectFile = System.IO.Path.GetFileName(run.ProjectFile),
                Seconds = Math.Round(clock.Elapsed.TotalSeconds),
            },
            explorer.Reports
        );
    }

    private ContainerCheck? ContainerCheck(VariantBuild build) =>
        Verification.ContainerCheck.Parse(Check, run.FullPath("."), build.StageNames);

    private void Tell(Exploration exploration, string reports)
    {
        var copies = ReportDirectory.Length == 0 ? null : run.FullPath(ReportDirectory);
        var page = ExplorationFiles.Write(exploration, reports, copies);
        run.Phase("variants explored");
        run.Tell(Reporting.LogText.Safe(ExploreTable.Write(exploration, run.Repository.Relative(page))));
    }
}
