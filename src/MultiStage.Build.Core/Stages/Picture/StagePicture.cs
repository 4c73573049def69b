using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Stages.Picture;

/// <summary>A plan as a picture: its stages and images, laid out in columns, with an arrow from each to what takes from it.</summary>
/// <param name="Nodes">Images first, then stages in file order.</param>
/// <param name="Arrows">What is taken, in file order.</param>
internal sealed record StagePicture(ImmutableArray<PictureNode> Nodes, ImmutableArray<PictureArrow> Arrows)
{
    /// <summary>Draws a plan.</summary>
    /// <returns>The picture: the same for the same plan.</returns>
    public static StagePicture Of(BuildPlan plan, Stage target)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(target);
        var arrows = plan.Stages.SelectMany(stage => ArrowsTo(stage, plan)).ToImmutableArray();
        var built = plan.Needed(target).Select(stage => stage.Name).ToHashSet(StringComparer.Ordinal);
        var columns = Columns(plan, arrows);
        var images = arrows
            .Where(arrow => plan.Stages.All(stage => stage.Name != arrow.From))
            .Select(arrow => arrow.From)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var rows = new Dictionary<int, int>();
        int Row(int column)
        {
            rows.TryGetValue(column, out var row);
            rows[column] = row + 1;
            return row;
        }

        return new(
            [
                .. images.Select(image => new PictureNode(image, PictureKind.Image, 0, Row(0))
                {
                    IsBuilt = arrows.Any(arrow => arrow.From == image && built.Contains(arrow.To)),
                }),
                .. plan.Stages.Select(stage => new PictureNode(stage.Name, PictureKind.Stage, columns[stage.Name], Row(columns[stage.Name]))
                {
                    IsBuilt = built.Contains(stage.Name),
                    IsTarget = stage == target,
                    IsFinal = stage == plan.Stages[^1],
                }),
            ],
            arrows
        );
    }

    private static IEnumerable<PictureArrow> ArrowsTo(Stage stage, BuildPlan plan)
    {
        string Named(string name) =>
            plan.Stages.FirstOrDefault(other => other.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name ?? name;
        if (stage.From != ScratchImage.Name)
        {
            // A stage may be called as the image it is based on; the two boxes need two names.
            var image = plan.Stages.Any(other => other.Name == stage.From) ? stage.From + ":latest" : stage.From;
            yield return new(plan.SourcesOf(stage).First().Stage?.Name ?? image, stage.Name, PictureArrowKind.Base, []);
        }

        var copies = stage
            .Steps.OfType<CopyStep>()
            .Where(copy => copy.From is not null)
            .GroupBy(copy => Named(copy.From!), StringComparer.Ordinal);
        foreach (var copy in copies)
        {
            yield return new(
                copy.Key,
                stage.Name,
                PictureArrowKind.Copy,
                [.. copy.SelectMany(step => step.Sources).Distinct(StringComparer.Ordinal)]
            );
        }

        foreach (
            var mounted in stage
                .Sources()
                .Skip(1)
                .Select(source => Named(source.Name))
                .Except(copies.Select(copy => copy.Key), StringComparer.Ordinal)
        )
        {
            yield return new(mounted, stage.Name, PictureArrowKind.Mount, []);
        }
    }

    // What a stage takes from stands left of it; images stand in the first column. A stage takes only from what is above it in the file.
    private static Dictionary<string, int> Columns(BuildPlan plan, ImmutableArray<PictureArrow> arrows)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var stage in plan.Stages)
        {
            columns[stage.Name] =
                1
                + arrows
                    .Where(arrow => arrow.To == stage.Name)
                    .Select(arrow => columns.GetValueOrDefault(arrow.From))
                    .DefaultIfEmpty()
                    .Max();
        }

        return columns;
    }
}

/// <summary>A box of a <see cref="StagePicture"/>.</summary>
/// <param name="Name">The stage's name, or the image.</param>
/// <param name="Column">Its column from the left, from 0.</param>
/// <param name="Row">Its row in that column, from 0.</param>
internal sealed record PictureNode(string Name, PictureKind Kind, int Column, int Row)
{
    /// <summary>Whether building the target needs it.</summary>
    public bool IsBuilt { get; init; }

    /// <summary>Whether it is the stage that is built.</summary>
    public bool IsTarget { get; init; }

    public bool IsFinal { get; init; }
}

/// <summary>What a <see cref="PictureNode"/> is.</summary>
internal enum PictureKind
{
    /// <summary>An outside image.</summary>
    Image,

    Stage,
}

/// <summary>An arrow of a <see cref="StagePicture"/>.</summary>
/// <param name="From">What is taken from.</param>
/// <param name="To">The stage that takes.</param>
/// <param name="Paths">The paths that are copied; none of another kind.</param>
internal sealed record PictureArrow(string From, string To, PictureArrowKind Kind, ImmutableArray<string> Paths);

/// <summary>How a stage takes from an image or another stage.</summary>
internal enum PictureArrowKind
{
    /// <summary>It begins with it.</summary>
    Base,

    /// <summary>It copies files out of it.</summary>
    Copy,

    /// <summary>It sees its files while a command runs.</summary>
    Mount,
}
