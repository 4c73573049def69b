using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Stages;

/// <summary>What will be built: stages in file order, and what the build is given beside the Dockerfile. Written to
/// <c>plan.json</c>.</summary>
/// <param name="Project">The published project, relative to the context.</param>
/// <param name="Stages">The stages; the last one is the final stage.</param>
internal sealed record BuildPlan(string Project, ImmutableArray<Stage> Stages)
{
    /// <summary>Build arguments, by name; the Dockerfile declares them without a value.</summary>
    public ImmutableSortedDictionary<string, string> BuildArgs
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The secrets that steps can mount.</summary>
    public ImmutableArray<PlanSecret> Secrets { get; init; } = [];

    /// <summary>The names of build arguments that a build by hand can do without, sorted.</summary>
    public ImmutableArray<string> OptionalBuildArgs { get; init; } = [];

    /// <summary>Labels that the Dockerfile does not carry, by name.</summary>
    public ImmutableSortedDictionary<string, string> Labels
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The framework that was chosen among the project's; null where it has one.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>The command that writes the Dockerfile again.</summary>
    /// <param name="project">How the project is named where the command runs.</param>
    /// <returns>The command, quoted for a shell.</returns>
    public string Regenerate(string project) => Run(project, "GenerateMultiStageDockerfile");

    /// <summary>The command that publishes on this machine what the Dockerfile copies.</summary>
    /// <param name="project">How the project is named where the command runs.</param>
    /// <returns>The command, quoted for a shell.</returns>
    public string Publish(string project) => Run(project, "PublishMultiStageOnHost");

    private string Run(string project, string target) =>
        $"dotnet {(FileBasedApp.IsSource(project) ? "build" : "msbuild")} {ShellWord.Quote(project)} -t:{target}"
        + (TargetFramework is null ? "" : $" -p:TargetFramework={TargetFramework}")
        + (Variant is null ? "" : " " + ShellWord.Quote($"-p:ContainerVariant={MSBuildValue.Escape(Variant)}"));

    /// <summary>The variant that the Dockerfile is for; null for the project as it is.</summary>
    public string? Variant { get; init; }

    /// <summary>Whether what a publish on this machine has written takes the place of the builder stage.</summary>
    public bool PublishesOnHost { get; init; }

    /// <summary>The platform to build for; null for the daemon's own.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The platforms of an image for several, in the project's order; none where it is for one.</summary>
    public ImmutableArray<Platform> Platforms { get; init; } = [];

    /// <param name="target">The value of <c>ContainerTarget</c>: a name in any casing, as in a Dockerfile, a number from 0, or empty for
    /// the final stage.</param>
    /// <param name="property">The property or item that names it, for the message.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.UnknownStage"/>, <see cref="Codes.HostHasNoBuilder"/>.</exception>
    public Stage Find(string target, string property = "ContainerTarget") =>
        target.Length == 0
            ? Stages[^1]
            : Stages.FirstOrDefault(stage => stage.Name.Equals(target, StringComparison.OrdinalIgnoreCase))
                ?? (
                    int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < Stages.Length
                        ? Stages[number]
                        : null
                )
                ?? throw (
                    PublishesOnHost && BuildPlanner.IsBuilder(target)
                        ? Codes.HostHasNoBuilder.ErrorAbout(property, property)
                        : Codes.UnknownStage.ErrorAbout(property, target, string.Join(", ", Stages.Select(s => s.Name)))
                );

    /// <summary>What a stage takes from, its base first.</summary>
    /// <returns>Each name, the stage that has it, null for an outside image, and whether it is wanted for the builder's own
    /// platform.</returns>
    public IEnumerable<(string Name, Stage? Stage, bool OnBuildPlatform)> SourcesOf(Stage stage)
    {
        ArgumentNullException.ThrowIfNull(stage);
        return stage
            .Sources()
            .Select(
                (source, index) =>
                    (source.Name, index == 0 ? Parent(stage) : Stages.FirstOrDefault(Has(source.Name)), source.OnBuildPlatform)
            );
    }

    /// <summary>The outside image that a stage is based on, directly or through other stages.</summary>
    /// <returns>The image; null for <c>scratch</c>.</returns>
    public string? RootImage(Stage stage)
    {
        while (Parent(stage) is { } parent)
        {
            stage = parent;
        }

        return stage.From == ScratchImage.Name ? null : stage.From;
    }

    /// <summary>Whether building a stage builds another one.</summary>
    /// <param name="name">The other one's name.</param>
    /// <returns>Whether it does; a stage that is not there is not built.</returns>
    public bool Builds(Stage target, string name) => Needed(target).Any(stage => stage.Name == name);

    /// <summary>The stages that building one builds, itself included, in the order they are met.</summary>
    /// <returns>The stages, each once.</returns>
    public ImmutableArray<Stage> Needed(Stage target)
    {
        var pending = new Queue<Stage>([target]);
        var met = new List<Stage>();
        while (pending.TryDequeue(out var stage))
        {
            if (!met.Contains(stage))
            {
                met.Add(stage);
                SourcesOf(stage).Select(source => source.Stage).OfType<Stage>().ToList().ForEach(pending.Enqueue);
            }
        }

        return [.. met];
    }

    /// <summary>The outside images that building a stage needs, without <c>scratch</c>, in the order they are met.</summary>
    /// <returns>The images, each once; none whose name only the daemon knows.</returns>
    public ImmutableArray<BaseImage> BaseImages(Stage target) =>
        [
            .. Needed(target)
                .SelectMany(SourcesOf)
                .Where(source =>
                    source.Stage is null && source.Name != ScratchImage.Name && !source.Name.Contains('$', StringComparison.Ordinal)
                )
                .Select(source => new BaseImage(source.Name, source.OnBuildPlatform ? null : Platform))
                .Distinct(),
        ];

    // A stage can be based only on one above it, so a chain of them ends, and a stage may be called as the image it is based on.
    private Stage? Parent(Stage stage) => Stages.TakeWhile(other => other != stage).LastOrDefault(Has(stage.From));

    private static Func<Stage, bool> Has(string name) => stage => stage.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>An outside image that a build needs.</summary>
/// <param name="Reference">The image, as <c>FROM</c> names it.</param>
/// <param name="Platform">The platform it is needed for; null for the daemon's own.</param>
internal sealed record BaseImage(string Reference, Platform? Platform);
