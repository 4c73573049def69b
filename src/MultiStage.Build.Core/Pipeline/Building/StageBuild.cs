using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Pipeline.Building;

/// <summary>Asks the daemon for stages of one plan, in the dialect that it knows. What two stages share is asked for in the same words, so
/// that it is built once.</summary>
/// <param name="facts">What was read from the project.</param>
/// <param name="plan">The plan, for this daemon.</param>
/// <param name="text">The Dockerfile's text, for this daemon.</param>
/// <param name="dockerfile">The Dockerfile on this machine; its ignore file lies beside it.</param>
internal sealed class StageBuild(ProjectFacts facts, BuildPlan plan, string text, string dockerfile, PlanTarget target)
{
    private readonly string _run = Guid.NewGuid().ToString("N");

    private readonly SessionMounts _mounts = SessionMounts.Read(text);

    /// <summary>The plan, for this daemon.</summary>
    public BuildPlan Plan => plan;

    /// <summary><c>ContainerNoCache</c>.</summary>
    public bool NoCache { get; init; }

    /// <param name="engine"><c>ContainerBuildEngine</c>.</param>
    /// <param name="builder"><c>ContainerBuilder</c>.</param>
    /// <param name="dockerfile">The Dockerfile that was written, or that exists.</param>
    /// <param name="facts">What was read from the project; null where caches and attestations do not matter, as for an exploration.</param>
    public static EngineChoice Choose(string engine, string builder, string dockerfile, ProjectFacts? facts = null) =>
        EngineChoice.Of(
            engine,
            builder,
            SessionMounts.Read(ExistingDockerfile.ReadText(dockerfile)).Need ?? (facts is null ? null : Extras(facts).Need)
        );

    /// <summary>What the build is asked for beside its image.</summary>
    public static BuildExtras Extras(ProjectFacts facts) =>
        BuildExtras.Read(
            facts.Stages,
            Path.GetDirectoryName(Path.Combine(facts.Closure.Context, facts.Closure.Project)) ?? facts.Closure.Context
        );

    /// <summary>Prepares builds of what was generated, or of a Dockerfile that exists.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <param name="plan">The plan that was written.</param>
    /// <param name="dockerfile">The Dockerfile that was written, or that exists.</param>
    /// <param name="noCache"><c>ContainerNoCache</c>; empty for <c>false</c>.</param>
    /// <param name="platform">One of several platforms; null for the plan's.</param>
    public static async Task<StageBuild> PrepareAsync(
        Engine engine,
        ProjectFacts facts,
        BuildPlan plan,
        string dockerfile,
        string noCache,
        CancellationToken cancellationToken,
        Platform? platform = null
    )
    {
        var text = await File.ReadAllTextAsync(dockerfile, cancellationToken);
        platform ??= plan.Platform ?? engine.Info.DefaultPlatform;
        PlanTarget target = engine.Info.HasBuildKit
            ? new PlanTarget.BuildKit()
            : new PlanTarget.Classic(platform?.Architecture ?? engine.Info.Architecture);
        if (facts.Source is ImageSource.Dockerfile)
        {
            if (!engine.Info.HasBuildKit)
            {
                ExistingDockerfile.RequireClassic(text, dockerfile);
            }

            // Once more, because a base image may be named by platforms that the daemon alone chooses.
            var own = Platform.Of("linux", engine.Info.Architecture);
            plan = DockerfileReader.Read(text, dockerfile, facts, new(own, platform ?? own));
        }
        else if (!engine.Info.HasBuildKit)
        {
            plan = BuildPlanner.Plan(facts, target);
            text = DockerfileWriter.Write(plan, null);
        }

        return new(facts, plan with { Platform = platform }, text, dockerfile, target)
        {
            NoCache = SwitchSetting.Parse("ContainerNoCache", noCache),
        };
    }

    /// <summary>
    /// Takes user and ports from the base image itself, where its name does not say what it is and the daemon does. The Dockerfile was
    /// written without a daemon, by what such an image mostly is.
    /// </summary>
    /// <returns>The builds, and what differs from the Dockerfile.</returns>
    public async Task<(StageBuild Build, Diagnostic? Differs)> OnBaseImageAsync(Engine engine, CancellationToken cancellationToken)
    {
        if (
            !LooksAtBaseImage || await engine.Store.DescribeAsync(facts.Container.BaseImage, cancellationToken) is not { Config: var found }
        )
        {
            return (this, null);
        }

        var container = BaseImageRules.Correct(facts.Container, found.Env);
        if (BaseImageRules.Difference(facts.Container, container) is not { } difference)
        {
            return (this, null);
        }

        var corrected = facts with { Container = container };
        var replanned = BuildPlanner.Plan(corrected, target) with { Platform = plan.Platform };
        // A hook may have edited the text, which is kept but for what the base image says.
        var changed = TextChange.Apply(DockerfileWriter.Write(plan, null), DockerfileWriter.Write(replanned, null), text);
        return (new(corrected, replanned, changed, dockerfile, target) { NoCache = NoCache }, difference);
    }

    /// <summary>Has the daemon pull what stages are based on, and what <see cref="OnBaseImageAsync"/> looks at.</summary>
    public async Task PullAsync(Engine engine, BuildLog log, IEnumerable<Stage> stages, CancellationToken cancellationToken)
    {
        foreach (var image in BaseImages(engine, stages))
        {
            await engine.Store.EnsureAsync(image.Reference, image.Platform, log, cancellationToken);
        }
    }

    /// <summary>What the daemon has to have before the stages are built.</summary>
    public IEnumerable<BaseImage> BaseImages(Engine engine, IEnumerable<Stage> stages)
    {
        // What a builder fetches for itself the store need not have, but for the image that the size is compared with.
        var images = engine.Builder.FetchesBaseImages
            ? stages.Select(plan.RootImage).OfType<string>().Select(image => new BaseImage(image, plan.Platform))
            : stages.SelectMany(stage => plan.BaseImages(stage));
        if (LooksAtBaseImage)
        {
            images = images.Append(new BaseImage(facts.Container.BaseImage, plan.Platform));
        }

        return images.Distinct();
    }

    /// <summary>Says what to build.</summary>
    public BuildRequest Request(Stage stage)
    {
        // The time of the sources and not of the build, so that building the same commit twice gives the same image.
        var date = SourceDate.Of(facts.Closure.Context);
        var ignore = IgnoreRules.Parse(ExistingDockerfile.IgnoreText(dockerfile, facts));
        var context = new BuildContext(facts.Closure.Context, ignore)
        {
            KeepsFileTimes = facts.Source is not ImageSource.Project,
            LeavesOutCredentials = facts.Source is ImageSource.Project,
            DatedFolder = facts.PublishedFolder,
            Project = facts.Source is ImageSource.Project ? Path.Combine(facts.Closure.Context, facts.Closure.Project) : null,
        };
        var extras = Extras(facts);
        // A stage without a name cannot be asked for, but a text that ends with it asks for it.
        var built = stage.IsUnnamed ? DockerfileReader.UpTo(text, plan.Stages.IndexOf(stage)) : text;
        return new(built, context)
        {
            DockerfilePath = ExistingDockerfile.InContext(dockerfile, facts),
            RootCopies = RootCopies.Of(built),
            NoCache = NoCache,
            Target = stage.IsUnnamed ? null : stage.Name,
            Platform = plan.Platform,
            BuildArgs = facts.Source is ImageSource.Project ? SourceDate.AddTo(plan.BuildArgs, date) : plan.BuildArgs,
            Labels = Dated(plan.Labels, date ?? DateTime.UtcNow),
            CacheFrom = extras.CacheFrom,
            CacheTo = extras.CacheTo,
            Provenance = extras.Provenance,
            Sbom = extras.Sbom,
            Secrets = GivenSecrets.Of(facts, plan, _mounts),
            SshAgents = [.. _mounts.SshAgents.Keys],
        };
    }

    /// <summary>Says what to build where the image is removed again.</summary>
    /// <returns>The request. Its image has an id of its own, so that removing it takes no image from another run that has built the
    /// same.</returns>
    public BuildRequest ThrowawayRequest(Stage stage)
    {
        var request = Request(stage);
        // What is exported is the cache of the image, and not of a part of it.
        return request with { Labels = request.Labels.SetItem("multistage.run", _run), CacheTo = [] };
    }

    private bool LooksAtBaseImage => facts.Source is ImageSource.Project && BaseImageRules.MustLook(facts);

    private static ImmutableSortedDictionary<string, string> Dated(ImmutableSortedDictionary<string, string> labels, DateTime date)
    {
        var created = labels.Keys.Where(name => name.EndsWith(".created", StringComparison.Ordinal)).ToList();
        var time = date.ToString("O", CultureInfo.InvariantCulture);
        return labels.SetItems(created.Select(name => KeyValuePair.Create(name, time)));
    }
}
