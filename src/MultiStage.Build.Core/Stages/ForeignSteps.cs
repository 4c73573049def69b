using MultiStage.Build.Images;

namespace MultiStage.Build.Stages;

/// <summary>A step that would run on a platform that the builder does not run.</summary>
/// <param name="Platform">The platform, such as <c>linux/arm64</c>.</param>
/// <param name="What">The first line of what would run there.</param>
internal sealed record ForeignStep(Platform Platform, Stage Stage, string What)
{
    /// <summary>The script's first line, by which the project's own item is found; null for a generated step.</summary>
    public string? Script { get; init; }
}

/// <summary>Finds what could be built for several platforms only with emulation (pure).</summary>
internal static class ForeignSteps
{
    /// <summary>Finds the first such step.</summary>
    /// <param name="native">The platforms that steps run on without emulation.</param>
    /// <returns>The step; null where all can be built.</returns>
    public static ForeignStep? Find(BuildPlan plan, Stage target, IReadOnlyCollection<Platform> native) =>
        plan
            .Platforms.Where(platform => !native.Contains(platform))
            .SelectMany(platform =>
                plan.Needed(target)
                    .Where(stage => !RunsOnBuilder(plan, stage))
                    .Reverse()
                    .SelectMany(stage => stage.Steps.Select(step => Foreign(platform, stage, step)))
            )
            .FirstOrDefault(step => step is not null);

    // A stage that begins with another one runs where that one does.
    private static bool RunsOnBuilder(BuildPlan plan, Stage stage) =>
        stage.OnBuildPlatform || (plan.SourcesOf(stage).First().Stage is { } parent && RunsOnBuilder(plan, parent));

    private static ForeignStep? Foreign(Platform platform, Stage stage, Step step) =>
        step switch
        {
            RunStep run => new(platform, stage, run.Words[0]),
            PackagesStep packages => new(
                platform,
                stage,
                $"installing {string.Join(", ", packages.Packages.Select(package => package.Name))}"
            ),
            ScriptStep script => new(platform, stage, script.Lines[0]) { Script = script.Lines[0] },
            _ => null,
        };
}
