using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Pipeline.Exploring;

/// <summary>
/// Takes variants from their properties to results. They are prepared one by one, because they share the project's restore; built several
/// at once; and tried out one by one while nothing is built, because starts are timed.
/// </summary>
/// <param name="open">Opens the engine that a Dockerfile needs.</param>
/// <param name="cancelled">Set when the user cancels the build.</param>
/// <param name="timeOut">Set then, too, and when the time for the exploration is over.</param>
internal sealed class Explorer(
    Func<string, Task<Engine>> open,
    VariantHost host,
    TargetRun run,
    CancellationToken cancelled,
    CancellationToken timeOut
) : IAsyncDisposable
{
    // A publish on this machine has one folder for its output, and variants are built at the same time.
    private static readonly NameValue[] s_inContainers = [new("ContainerPublishMode", "Container")];

    private IReadOnlyDictionary<string, string> _properties = ImmutableDictionary<string, string>.Empty;
    private Engine? _engine;
    private VariantTrial? _trial;
    private Exploration? _earlier;

    /// <summary>
    /// The folder of the reports, where a publish has its own: what calls this target without publishing has another configuration.
    /// </summary>
    public string Reports => Path.Combine(run.FullPath(_properties.GetValueOrDefault(VariantHost.OutputFolder, "obj")), "multistage");

    /// <summary>Begins a variant.</summary>
    /// <returns>Its build, to be disposed of.</returns>
    public VariantBuild Build(Variant variant) => new(variant, FolderOf(variant.Name), run.Log);

    /// <summary>Builds and tries out the image as it is today.</summary>
    /// <param name="trial">How images are tried out, once the stages are known.</param>
    /// <returns>When it is done, or the time is over.</returns>
    public async Task TodayAsync(VariantBuild today, Func<VariantTrial> trial)
    {
        try
        {
            _properties = await PrepareAsync(Variant.Unchanged, today) ?? _properties;
            if (today.Result.Outcome is VariantOutcome.NotReached)
            {
                _engine = await open(today.Dockerfile);
                (_trial, _earlier) = (trial(), ExplorationFile.Find(Path.Combine(Reports, PipelineFiles.Explore)));
                await FinishAsync([today]);
            }
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            // The time is over, as the result says.
        }
    }

    /// <summary>Says what is known of the project.</summary>
    public ExploredProject Project(VariantBuild today) =>
        new(_properties, today.Facts.Container.BaseImage)
        {
            UsesAspNet = today.Facts.Container.AnswersOnPorts,
            HasSteps = StepsOnBase.Any(today.Facts.Stages),
            HasLanguages = today.Holds.Languages,
            HasSymbols = today.Holds.Symbols,
        };

    /// <summary>Tries variants.</summary>
    /// <param name="variants">The variants, in the order in which they are tried.</param>
    /// <param name="atOnce">How many are built at once.</param>
    /// <returns>What came of each.</returns>
    public async Task<ImmutableArray<VariantResult>> TryAsync(ImmutableArray<Variant> variants, int atOnce)
    {
        var results = ImmutableArray.CreateBuilder<VariantResult>(variants.Length);
        foreach (var wave in variants.Chunk(atOnce))
        {
            results.AddRange(await WaveAsync(wave, results.Count, variants.Length));
        }

        return results.ToImmutable();
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _engine?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<IEnumerable<VariantResult>> WaveAsync(Variant[] wave, int before, int all)
    {
        var builds = wave.Select(Build).ToList();
        try
        {
            foreach (var (variant, build) in wave.Zip(builds))
            {
                timeOut.ThrowIfCancellationRequested();
                before++;
                run.Log.Message(
                    Verbosity.Minimal,
                    $"Exploring {before} of {all}: {variant.Name} ({variant}), {all - before} left after it"
                );
                await PrepareAsync(variant, build);
            }

            await FinishAsync([.. builds.Where(build => build.Result.Outcome is VariantOutcome.NotReached)]);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            // The time is over: what is not known by now was not reached.
        }
        finally
        {
            foreach (var build in builds)
            {
                await build.DisposeAsync();
            }
        }

        foreach (var build in builds)
        {
            run.Log.Message(Verbosity.Minimal, $"  {build.Result.Name}: {Reporting.ExploreText.Summary(build.Result)}");
        }

        return builds.Select(build => build.Result);
    }

    private async Task<IReadOnlyDictionary<string, string>?> PrepareAsync(Variant variant, VariantBuild build)
    {
        var prepared = await host.PrepareAsync(variant, FolderOf(variant.Name), "GenerateMultiStageDockerfile", s_inContainers, timeOut);
        if (prepared.Failure is { } failure)
        {
            build.CannotBeBuilt(failure);
        }

        var published = new ExploredProject(prepared.Properties ?? _properties, "");
        build.IsCompiled = published.IsNative || published.IsTrimmed;
        return prepared.Properties;
    }

    private async Task FinishAsync(IReadOnlyList<VariantBuild> builds)
    {
        await Task.WhenAll(builds.Select(build => build.BuildAsync(_engine!, timeOut)));
        foreach (var build in builds.Where(build => build.IsBuilt))
        {
            try
            {
                await build.MeasureAsync(timeOut);
                await build.TryAsync(_trial!, timeOut);
            }
            catch (MultiStageException exception)
            {
                build.Fails(exception.Diagnostic.Message);
            }

            TakeWarnings(build);
        }
    }

    // A compiler that did not run again says nothing. What it said when it made the same image still holds.
    private void TakeWarnings(VariantBuild build)
    {
        var result = build.Result;
        if (build.Warnings is { } lines)
        {
            var file = lines.Length == 0 ? null : $"{ExplorationFiles.Folder}/{result.Name}.warnings.txt";
            build.Warned(lines.Length, file);
            if (file is not null)
            {
                PipelineFile.WriteText(Path.Combine(Reports, file), string.Join('\n', lines) + "\n");
            }
        }
        else if (_earlier?.Find(result) is { Warnings: { } known } earlier)
        {
            build.Warned(known, earlier.WarningsFile);
        }
    }

    // The folder of a run, with the one for people above it, both inside of this run's.
    private string FolderOf(string variant) =>
        Path.Combine(run.Path("variants"), string.Concat(variant.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')), "runs", "0");
}
