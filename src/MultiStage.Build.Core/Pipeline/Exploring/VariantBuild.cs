using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Archives;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;
using MultiStage.Build.Variants;
using MultiStage.Build.Verification;

namespace MultiStage.Build.Pipeline.Exploring;

/// <summary>A variant on its way from its facts to a measured image that was tried out. Its images have no names, and go with it.</summary>
/// <param name="folder">The folder of its facts, plan and Dockerfile.</param>
/// <param name="log">The log of the whole.</param>
internal sealed class VariantBuild(Variant variant, string folder, ITargetLog log) : IAsyncDisposable
{
    private readonly List<string> _images = [];
    private Engine? _engine;
    private StageBuild? _build;
    private WatchedBuild? _watched;
    private string? _image;

    /// <summary>What is known of the variant so far.</summary>
    public VariantResult Result { get; private set; } = new(variant.Name, variant.Properties, VariantOutcome.NotReached);

    /// <summary>What was read of the project with the variant's properties.</summary>
    public ProjectFacts Facts => PipelineFile.Read<ProjectFacts>(Path.Combine(folder, PipelineFiles.Facts), "GenerateMultiStageDockerfile");

    /// <summary>The compilers' warnings; null where the daemon had their output already.</summary>
    public ImmutableArray<string>? Warnings =>
        !IsCompiled ? []
        : _watched is { HasPublished: true } watched ? watched.Warnings
        : null;

    /// <summary>Whether the trimming or the native compiler makes the app.</summary>
    public bool IsCompiled { private get; set; }

    public string Dockerfile => Facts.Stages.Dockerfile ?? Path.Combine(folder, PipelineFiles.Dockerfile);

    public Platform? Platform { get; private set; }

    /// <summary>Whether the image has satellite assemblies, and whether it has debug symbols.</summary>
    public (bool Languages, bool Symbols) Holds { get; private set; }

    /// <summary>The stages that can be built.</summary>
    public IEnumerable<string> StageNames =>
        PipelineFile
            .Read<BuildPlan>(Path.Combine(folder, PipelineFiles.Plan), "GenerateMultiStageDockerfile")
            .Stages.Where(stage => !stage.IsUnnamed)
            .Select(stage => stage.Name);

    /// <summary>Says that there will be no image.</summary>
    public void CannotBeBuilt(string reason) =>
        Result = Result with { Outcome = VariantOutcome.CannotBeBuilt, Because = HistoryLine(reason) };

    /// <summary>Says that the image cannot be measured or run.</summary>
    public void Fails(string reason) => Result = Result with { Outcome = VariantOutcome.Fails, Because = HistoryLine(reason) };

    /// <summary>Says what the compilers warned of.</summary>
    /// <param name="count">How many warnings there are.</param>
    /// <param name="file">The file that lists them; null where there are none.</param>
    public void Warned(int count, string? file) => Result = Result with { Warnings = count, WarningsFile = file };

    /// <summary>Builds the image.</summary>
    /// <returns>When it is there, or the result says why it is not.</returns>
    public async Task BuildAsync(Engine engine, CancellationToken cancellationToken)
    {
        _engine = engine;
        var quiet = new QuietLog(log);
        var facts = Facts;
        var build = new BuildLog(quiet, facts.Closure.Context);
        try
        {
            var plan = PipelineFile.Read<BuildPlan>(Path.Combine(folder, PipelineFiles.Plan), "GenerateMultiStageDockerfile");
            _build = await StageBuild.PrepareAsync(engine, facts, plan, Dockerfile, "", cancellationToken);
            await _build.PullAsync(engine, build, [_build.Plan.Stages[^1]], cancellationToken);
            (_build, _) = await _build.OnBaseImageAsync(engine, cancellationToken);
            _watched = new WatchedBuild(build);
            _image = await BuildAsync(_build.Plan.Stages[^1], _watched, cancellationToken);
            Result = Result with { BaseImage = _build.Plan.RootImage(_build.Plan.Stages[^1]) };
        }
        catch (MultiStageException exception)
        {
            build.ShowFailure();
            CannotBeBuilt(quiet.FirstError ?? exception.Diagnostic.Message);
        }
    }

    /// <summary>Whether there is an image to measure.</summary>
    public bool IsBuilt => _image is not null;

    /// <summary>Measures the image from end to end.</summary>
    /// <returns>When it is measured.</returns>
    public async Task MeasureAsync(CancellationToken cancellationToken)
    {
        var subject = await ImageSubject.DescribeAsync(_engine!.Store, _image!, Result.BaseImage, cancellationToken);
        var measured = await subject.WalkAsync(WalkFor.Files | WalkFor.Compression, cancellationToken);
        var files = measured.Breakdown?.Files ?? [];
        Platform = measured.Sizes.Platform;
        Holds = (
            files.Any(file => file is { Kind: FileKind.Resource, Culture: not null }),
            files.Any(file => file.Kind is FileKind.Symbols)
        );
        Result = Result with
        {
            TotalBytes = measured.Sizes.Total,
            AppBytes = measured.Sizes.AppBytes,
            PullBytes = measured.Compressed?.Bytes,
        };
    }

    /// <summary>Tries the image out.</summary>
    /// <returns>When it is tried out.</returns>
    public async Task TryAsync(VariantTrial trial, CancellationToken cancellationToken)
    {
        var image = await _engine!.Store.DescribeAsync(_image!, cancellationToken)
            ?? throw Codes.DaemonRefused.Error($"describe '{_image}'", "the image is gone");
        var config = Facts.Container.AnswersOnPorts ? image.Config : image.Config with { ExposedPorts = [] };
        image = image with { Config = config };
        var port = VerificationRules.TcpPorts(config).FirstOrDefault();
        var shown = await new ImageTrial(_engine.Containers).RunAsync(
            image,
            variant.Name,
            VerificationRules.Of(config, trial.Timing),
            trial.Check is null ? null : container => CheckAsync(trial, container, port, cancellationToken),
            cancellationToken
        );
        Result = Result with
        {
            Outcome = shown.Report.Failure is null ? VariantOutcome.Works : VariantOutcome.Fails,
            Because = HistoryLine(shown.Report.Failure is null ? shown.Report.Sign : Why(shown.Report)),
            IdleBytes = shown.IdleBytes,
            StartMilliseconds = [.. shown.Starts.Select(time => Math.Round(time.TotalMilliseconds, 1))],
        };
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var image in _images)
        {
            await _engine!.Store.RemoveUnnamedAsync(image, CancellationToken.None);
        }
    }

    private async Task<VerificationReport?> CheckAsync(
        VariantTrial trial,
        WorkingContainer container,
        string? port,
        CancellationToken cancellationToken
    )
    {
        if (trial.Check is not ContainerCheck.OfStage { Stage: var name })
        {
            return await trial.Check!.RunAsync(container, trial.Dotnet, trial.Folder, cancellationToken);
        }

        var build = new BuildLog(new QuietLog(log), Facts.Closure.Context);
        var stage = _build!.Plan.Find(name, "ContainerVariantCheck");
        await _build.PullAsync(_engine!, build, [stage], cancellationToken);
        var checker = await BuildAsync(stage, build, cancellationToken);
        return await ContainerCheck.RunAsync(_engine!.Containers, container, checker, port, cancellationToken);
    }

    private async Task<string> BuildAsync(Stage stage, IProgress<Engines.Progress.BuildEvent> progress, CancellationToken cancellationToken)
    {
        // With an id of its own, so that removing it cannot remove another build's image.
        var image = await _engine!.Builder.BuildAsync(_build!.ThrowawayRequest(stage), progress, cancellationToken);
        _images.Add(image);
        return image;
    }

    // An unhandled exception says more than the last line of its stack.
    private static string Why(VerificationReport report) =>
        (
            report.Log.FirstOrDefault(line => line.Contains("Unhandled exception", StringComparison.OrdinalIgnoreCase))
            ?? report.Log.LastOrDefault(line => line.Trim().Length > 0)
        )
            is { } line
            ? $"{report.Reason}; {line.Trim()}"
            : report.Reason;

    private static string HistoryLine(string text) =>
        Measurement.Layers.HistoryInstruction.Shorten(text.ReplaceLineEndings(" ").Trim(), 240);
}

/// <summary>How images are tried out.</summary>
/// <param name="Timing">The project's timing, for an image without a health check of its own.</param>
/// <param name="Check">The user's own check; null for none.</param>
/// <param name="Dotnet">The <c>dotnet</c> command.</param>
internal sealed record VariantTrial(HealthTiming Timing, ContainerCheck? Check, string Dotnet, string Folder);
