using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Archives;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline.Building;

/// <summary>
/// Builds an image for several platforms into one archive, in which it is measured and from which it is delivered. A builder that can
/// builds all of them at once; else each is built, saved, and removed from the daemon again.
/// </summary>
/// <param name="facts">What was read from the project.</param>
/// <param name="noCache"><c>ContainerNoCache</c>.</param>
internal sealed class IndexBuild(TargetRun run, Engine engine, ProjectFacts facts, string noCache)
{
    private const string ArchiveFile = "index/image.tar";

    private readonly string _archive = run.Path(ArchiveFile);

    private readonly PulledBases _bases = new(engine.Store);

    /// <summary><c>ContainerTarget</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The stages that budgets limit, by what the budgets call them.</summary>
    public required IReadOnlyCollection<string> Budgeted { get; init; }

    /// <summary>Whether the image of the daemon's own platform stays there to be run.</summary>
    public required bool KeepsOwn { get; init; }

    /// <summary>Whether an image is made as an index: for several platforms, or with statements about it.</summary>
    /// <param name="facts">What was read from the project.</param>
    public static bool IsWanted(ProjectFacts facts) => !facts.Container.Platforms.IsEmpty || StageBuild.Extras(facts).HasAttestations;

    /// <summary>The platforms of the index.</summary>
    /// <param name="engine">What builds.</param>
    /// <returns>The platforms, at least one.</returns>
    public static ImmutableArray<Platform> PlatformsOf(BuildPlan plan, EngineInfo engine) =>
        !plan.Platforms.IsEmpty ? plan.Platforms : [plan.Platform ?? engine.DefaultPlatform ?? PlatformChecks.Own(engine)];

    /// <param name="names">The names that the archive gives it.</param>
    /// <returns>The index, and the plan of its images.</returns>
    public async Task<ImageIndex> RunAsync(ImmutableArray<string> names, BuildLog log, CancellationToken cancellationToken)
    {
        var own = PlatformChecks.Own(engine.Info);
        // Names on the daemon may move from platform to platform with each pull; the machine's own comes last, and stays.
        var platforms = PlatformsOf(run.ReadPlan(), engine.Info).OrderBy(platform => platform == own).ToImmutableArray();
        try
        {
            return engine.Builder is IIndexBuilder { BuildsIndexes: true } builder
                ? await AtOnceAsync(builder, new(platforms, names, _archive), log, cancellationToken)
                : await OneByOneAsync(platforms, names, log, cancellationToken);
        }
        finally
        {
            await _bases.TidyAsync(own, cancellationToken);
        }
    }

    private async Task<ImageIndex> AtOnceAsync(IIndexBuilder builder, IndexOutput output, BuildLog log, CancellationToken cancellationToken)
    {
        var builds = new Dictionary<Platform, StageBuild>();
        foreach (var platform in output.Platforms)
        {
            builds[platform] = await PrepareAsync(platform, log, cancellationToken);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(_archive)!);
        var build = builds[output.Platforms[^1]];
        var stage = build.Plan.Find(Target);
        await LoggedBuild.RunAsync(build.Request(stage), log, async request =>
        {
            await builder.BuildIndexAsync(request, output, log, cancellationToken);
            return _archive;
        });
        var index = ImageIndex.Read(_archive);
        var parts = new Dictionary<Platform, PlatformImage>();
        foreach (var platform in index.Platforms.Select(image => image.Platform))
        {
            var part = builds[platform];
            var kept =
                KeepsOwn && platform == PlatformChecks.Own(engine.Info)
                    ? await LoggedBuild.RunAsync(engine, part.Request(stage), log, cancellationToken)
                    : null;
            parts[platform] = await AboutAsync(part, log, cancellationToken) with { OnDaemon = kept };
        }

        return Joined(index, parts);
    }

    private async Task<ImageIndex> OneByOneAsync(
        ImmutableArray<Platform> platforms,
        ImmutableArray<string> names,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        using var writer = new IndexWriter(_archive);
        var parts = new Dictionary<Platform, PlatformImage>();
        foreach (var platform in platforms)
        {
            var build = await PrepareAsync(platform, log, cancellationToken);
            run.Log.Message(Verbosity.Minimal, $"Building for {platform}");
            var id = await LoggedBuild.RunAsync(engine, build.Request(build.Plan.Find(Target)), log, cancellationToken);
            var keeps = KeepsOwn && platform == PlatformChecks.Own(engine.Info);
            var image = await engine.Store.DescribeAsync(id, cancellationToken)
                ?? throw Diagnostics.Codes.NotMeasured.Error(id, "there is no such image");
            // Another publish may have built the same image, and be done with it: while it has a name nobody removes it.
            var name = keeps ? null : $"multistage-index:{Path.GetFileName(run.Files.Folder)}-{platform.FileName}";
            try
            {
                await (name is null ? Task.CompletedTask : engine.Store.TagAsync(id, name, cancellationToken));
                parts[platform] = await AboutAsync(build, log, cancellationToken) with { OnDaemon = keeps ? id : null };
                await writer.AddAsync(image, await engine.Store.OpenArchiveAsync(id, cancellationToken), cancellationToken);
            }
            finally
            {
                if (name is not null)
                {
                    await engine.Store.RestoreNameAsync(name, id, null);
                    await engine.Store.RemoveUnnamedAsync(id, cancellationToken);
                }
            }
        }

        return Joined(writer.Finish(names), parts);
    }

    private async Task<StageBuild> PrepareAsync(Platform platform, BuildLog log, CancellationToken cancellationToken)
    {
        var dockerfile = run.DockerfileOf(facts);
        var build = await StageBuild.PrepareAsync(engine, facts, run.ReadPlan(), dockerfile, noCache, cancellationToken, platform);
        var stages = Budgeted.Select(name => build.Plan.Find(name)).Prepend(build.Plan.Find(Target));
        foreach (var image in build.BaseImages(engine, stages))
        {
            await _bases.EnsureAsync(image, log, cancellationToken);
        }

        (build, var differs) = await build.OnBaseImageAsync(engine, cancellationToken);
        run.Report(differs is null ? [] : [differs]);
        return build;
    }

    // What measuring has to know, and only the daemon does.
    private async Task<PlatformImage> AboutAsync(StageBuild build, BuildLog log, CancellationToken cancellationToken)
    {
        var stage = build.Plan.Find(Target);
        var stages = Budgeted.ToImmutableSortedDictionary(name => name, name => build.Plan.Find(name), StringComparer.OrdinalIgnoreCase);
        var archive = new ImageArchive(_archive, "", "", "", "")
        {
            BaseDiffIds =
                build.Plan.RootImage(stage) is { } image && !image.Contains('$', StringComparison.Ordinal)
                    ? await LayersAsync(image, build.Plan.Platform!, log, cancellationToken)
                    : [],
        };
        return new(build.Plan.Platform!, archive)
        {
            StageImages = await LoggedBuild.RunStagesAsync(engine, build, stages, (stage, ""), run.Log, cancellationToken),
        };
    }

    // A store may have a name for one platform alone, or show one of several. What is built on it has its layers.
    private async Task<ImmutableArray<string>> LayersAsync(
        string image,
        Platform platform,
        BuildLog log,
        CancellationToken cancellationToken
    )
    {
        var context = new BuildContext(facts.Closure.Context, IgnoreRules.Parse("**"));
        var request = new BuildRequest($"FROM {image}\nLABEL multistage.run={Path.GetFileName(run.Files.Folder)}\n", context)
        {
            Platform = platform,
        };
        var id = await engine.Builder.BuildAsync(request, new Progress<Engines.Progress.BuildEvent>(), cancellationToken);
        var found = await engine.Store.DescribeAsync(id, cancellationToken);
        await engine.Store.RemoveUnnamedAsync(id, cancellationToken);
        return found?.DiffIds ?? [];
    }

    private static ImageIndex Joined(ImageIndex index, Dictionary<Platform, PlatformImage> parts) =>
        index with
        {
            Platforms =
            [
                .. index.Platforms.Select(image =>
                    parts[image.Platform] with
                    {
                        Image = image.Image with { BaseDiffIds = parts[image.Platform].Image.BaseDiffIds },
                    }
                ),
            ],
        };
}
