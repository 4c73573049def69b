using System.Collections.Immutable;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Projects.Sources;

namespace MultiStage.Build.Projects;

/// <summary>Everything that was read from a project, and all that a plan is made of. Written to <c>facts.json</c>.</summary>
/// <param name="Closure">The project, the projects it needs, and the files they read.</param>
/// <param name="Publish">How the project is published inside the container.</param>
/// <param name="Container">What the image should be.</param>
internal sealed record ProjectFacts(ClosureFacts Closure, PublishFacts Publish, ContainerFacts Container)
{
    /// <summary>Where the image's stages come from. Of a source other than <see cref="ImageSource.Project"/>, the publish and the base
    /// images are empty.</summary>
    public ImageSource Source { get; init; }

    /// <summary>The folder of the context that a publish on this machine fills; null where the builder stage publishes.</summary>
    public string? PublishedFolder { get; init; }

    /// <summary>What of the build context is sent beside what the closure names.</summary>
    public ContextFacts Context { get; init; } = new();

    /// <summary>The names of the package sources that a restore in the container gets as a secret.</summary>
    public ImmutableArray<string> Feeds { get; init; } = [];

    /// <summary>What the project says of stages itself.</summary>
    public StageFacts Stages { get; init; } = StageFacts.None;

    /// <summary>The image's health check; null where the project says nothing of one.</summary>
    public HealthcheckFacts? Healthcheck { get; init; }

    /// <summary>The test projects, in the project's order.</summary>
    public ImmutableArray<TestFacts> Tests { get; init; } = [];

    /// <summary>Whether the final image waits for the tests.</summary>
    public bool RequiresTests { get; init; }

    /// <summary>The closures that are built beside the app's: of the health check and of the tests.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<ClosureFacts> Companions =>
        Tests.Select(test => test.Closure).Concat(Healthcheck?.Program?.Closure is { } closure ? [closure] : []);

    /// <summary>All that the build reads: the app's closure, joined with those beside it.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ClosureFacts Inputs => Companions.Aggregate(Closure, (all, next) => all.Join(next));

    /// <summary>The environment variables that reach the app's build and those beside it, by name.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<KeyValuePair<string, string>> Variables =>
        Companions
            .Select(closure => closure.Environment)
            .Prepend(Publish.Environment)
            .SelectMany(environment => environment.Values)
            .DistinctBy(variable => variable.Key, StringComparer.Ordinal);
}
