using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Stages.Items;

/// <summary>The stages by the names and numbers that a project's items know them by.</summary>
internal sealed partial class StageNames
{
    private readonly ImmutableArray<string> _names;

    /// <summary>Takes the names together.</summary>
    /// <param name="generated">The generated stages; the last one is the final one.</param>
    /// <param name="stages">The <c>ContainerStage</c> items.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.StageNameUnusable"/>, <see cref="Codes.StageTwice"/>.</exception>
    public StageNames(ImmutableArray<Stage> generated, ImmutableArray<ProjectItem> stages)
    {
        var met = generated.Select(stage => stage.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var item in stages)
        {
            if (!Name().IsMatch(item.Include) || item.Include.ToUpperInvariant() is "SCRATCH" or "CONTEXT")
            {
                throw Codes.StageNameUnusable.ErrorAt(item, item.Include);
            }

            if (!met.Add(item.Include))
            {
                var isGenerated = generated.Any(stage => stage.Name.Equals(item.Include, StringComparison.OrdinalIgnoreCase));
                throw Codes.StageTwice.ErrorAt(
                    item,
                    item.Include,
                    isGenerated
                        ? "a generated one and this. Add to the generated one with ContainerStep items, or rename this"
                        : "rename one"
                );
            }
        }

        // Where they are counted, the final stage is the last one, as it is in the file.
        _names =
        [
            .. generated.SkipLast(1).Select(stage => stage.Name),
            .. stages.Select(item => item.Include),
            .. generated.TakeLast(1).Select(stage => stage.Name),
        ];
    }

    /// <summary>Whether a publish on this machine takes the place of the builder stage.</summary>
    public bool PublishesOnHost { get; init; }

    /// <summary>The names, as a message lists them.</summary>
    public string List => string.Join(", ", _names);

    /// <summary>The stages in the order in which they are counted.</summary>
    public ImmutableArray<string> All => _names;

    /// <summary>Finds a stage by its name.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.StageNotFound"/>, <see cref="Codes.HostHasNoBuilder"/>.</exception>
    public string Stage(ProjectItem item, string metadata)
    {
        RequireBuilder(item, item[metadata].Trim());
        return Find(item[metadata].Trim()) ?? throw NotFound(item, metadata, item[metadata].Trim());
    }

    /// <summary>Finds what a stage is based on or copies from.</summary>
    /// <param name="source">A stage's name, a stage's number, or an image.</param>
    /// <param name="stage">The stage that the item belongs to.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.StageNotFound"/>, <see cref="Codes.StageNumberOutOfRange"/>,
    /// <see cref="Codes.HostHasNoBuilder"/>.</exception>
    /// <returns>The stage's name, or the image.</returns>
    public string Source(ProjectItem item, string metadata, string source, string stage)
    {
        RequireBuilder(item, source);
        if (Find(source) is { } name)
        {
            return name;
        }

        if (source.All(char.IsAsciiDigit))
        {
            var before = _names.IndexOf(stage);
            return int.TryParse(source, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < before
                ? _names[number]
                : throw Codes.StageNumberOutOfRange.ErrorAt(item, item.Type, item.Include, metadata, source, Numbered(before));
        }

        // A tag, a digest or a registry says that an image is meant.
        return !source.AsSpan().ContainsAny(":/@$") && ClosestName.To(source, _names) is not null ? throw NotFound(item, metadata, source)
            : IsImage(source) ? source
            : throw Codes.ValueNotUnderstood.ErrorAt(
                item,
                $"The {metadata} of {item.Type} '{item.Include}'",
                source,
                $"the name of a stage, or {ImageReference.Takes}"
            );
    }

    // What a variable stands for is known to the daemon alone.
    private static bool IsImage(string source) =>
        source == ScratchImage.Name || ImageReference.TryParse(source) is not null || WithVariable().IsMatch(source);

    // An image of that name would be pulled in its place.
    private void RequireBuilder(ProjectItem item, string name)
    {
        if (PublishesOnHost && BuildPlanner.IsBuilder(name) && Find(name) is null)
        {
            throw Codes.HostHasNoBuilder.ErrorAt(item, $"{item.Type} '{item.Include}'");
        }
    }

    private string? Find(string name) => _names.FirstOrDefault(other => other.Equals(name, StringComparison.OrdinalIgnoreCase));

    private MultiStageException NotFound(ProjectItem item, string metadata, string name) =>
        Codes.StageNotFound.ErrorAt(item, item.Type, item.Include, metadata, name, List);

    private string Numbered(int count) =>
        count <= 0
            ? "none"
            : string.Join(
                ", ",
                _names.Take(count).Select((name, number) => string.Create(CultureInfo.InvariantCulture, $"{number} ({name})"))
            );

    // Source: https://github.com/moby/buildkit/blob/master/frontend/dockerfile/instructions/parse.go (validStageName, case aside)
    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?!-)(?=.*\$)[A-Za-z0-9._/:@$+{}-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex WithVariable();
}
