using System.Collections.Immutable;

namespace MultiStage.Build.Stages.Items;

/// <summary>
/// The places in generated stages that steps of a project can name: <c>Before</c> is in front of the first generated step that has the
/// anchor, <c>After</c> is behind the last one. A step that names none comes before all of them, where it is cached best and the rest can
/// use it.
/// </summary>
internal static class StepAnchors
{
    /// <summary>What restore reads, and the restore.</summary>
    public const string Restore = "restore";

    /// <summary>The publish, with the build arguments that it reads.</summary>
    public const string Publish = "publish";

    /// <summary>The copy of the app into the image.</summary>
    public const string App = "app";

    /// <summary>The switch to the app's user. Behind it steps run as that user, and override the generated entry point and
    /// command.</summary>
    public const string User = "user";

    /// <summary>Puts a project's steps among those of a generated stage.</summary>
    /// <param name="placed">The project's steps in file order, each with its position.</param>
    public static ImmutableArray<Step> Weave(ImmutableArray<Step> generated, IReadOnlyList<PlacedStep> placed)
    {
        var steps = generated.ToList();
        foreach (var group in placed.Where(step => !step.Position.IsFirst).GroupBy(step => step.Position))
        {
            steps.InsertRange(Index(steps, group.Key), group.Select(step => step.Step));
        }

        // Where they run is the stage's folder, so the steps that come first come behind the ARG and WORKDIR that a stage may begin with.
        var first = placed.Where(step => step.Position.IsFirst).Select(step => step.Step).ToList();
        if (first.Count > 0 || placed.Any(step => step.Position is { Anchor: Restore, IsAfter: false }))
        {
            var beginning = steps.TakeWhile(step => step is ArgStep { Anchor: null }).ToList();
            var rest = steps.Skip(beginning.Count).ToList();
            if (rest.Find(step => step is WorkdirStep) is { } workdir)
            {
                beginning.Add(workdir with { Why = null });
                rest.Remove(workdir);
            }

            steps = [.. beginning, .. first, .. rest];
        }

        return [.. steps];
    }

    /// <summary>The positions that a stage has.</summary>
    /// <returns>The anchors, in order.</returns>
    public static ImmutableArray<string> Of(ImmutableArray<Step> generated) =>
        [.. generated.Select(step => step.Anchor).OfType<string>().Distinct(StringComparer.Ordinal)];

    private static int Index(List<Step> steps, StepPosition position)
    {
        if (position.IsAfter && position.Anchor == User)
        {
            return steps.Count;
        }

        bool Has(Step step) => step.Anchor == position.Anchor;
        return position.IsAfter ? steps.FindLastIndex(Has) + 1 : steps.FindIndex(Has);
    }
}

/// <summary>Where a step of the project comes among the generated ones.</summary>
/// <param name="Anchor">The generated steps it is placed by; empty for the beginning of the stage.</param>
/// <param name="IsAfter">Whether it comes after them.</param>
internal readonly record struct StepPosition(string? Anchor, bool IsAfter)
{
    /// <summary>Whether it comes at the beginning of the stage.</summary>
    public bool IsFirst => string.IsNullOrEmpty(Anchor);
}

/// <summary>A step of the project with its place.</summary>
internal sealed record PlacedStep(Step Step, StepPosition Position);
