using System.Collections.Immutable;

namespace MultiStage.Build.Stages;

/// <summary>A stage of a multi-stage build.</summary>
/// <param name="Name">Its name, by which <c>--target</c> and <c>COPY --from</c> know it.</param>
/// <param name="From">The image or the stage it is based on.</param>
/// <param name="Purpose">Why it is there, one sentence for its reader.</param>
/// <param name="Steps">Its instructions, in order.</param>
internal sealed record Stage(string Name, string From, string Purpose, ImmutableArray<Step> Steps)
{
    /// <summary>Whether it runs on the builder's own platform whatever platform is built, because what it makes is the same
    /// everywhere.</summary>
    public bool OnBuildPlatform { get; init; }

    /// <summary>Whether its Dockerfile gives it no name, and <see cref="Name"/> is its number.</summary>
    public bool IsUnnamed { get; init; }

    /// <summary>The images and stages it takes from.</summary>
    /// <returns>Each name, and whether it is wanted for the builder's own platform.</returns>
    public IEnumerable<(string Name, bool OnBuildPlatform)> Sources() =>
        Steps.SelectMany(Taken).Select(name => (name, false)).Prepend((From, OnBuildPlatform));

    private static IEnumerable<string> Taken(Step step) =>
        step switch
        {
            CopyStep { From: { } from } => [from],
            ScriptStep script => script.Mounted,
            _ => [],
        };
}
