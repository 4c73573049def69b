using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Stages;

/// <summary>Decides the names that an image gets.</summary>
internal static class ImageNames
{
    /// <summary>What stands for the stage's name in <c>ContainerTargetTagSuffix</c>.</summary>
    public const string StagePlaceholder = "<stage>";

    /// <param name="container">Registry, repository and tags.</param>
    /// <param name="suffix">The value of <c>ContainerTargetTagSuffix</c>.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>: a name that no image can have.</exception>
    /// <returns>
    /// A name for each tag. That of any stage but the final one ends in the suffix, so that a development image never takes the release's
    /// name.
    /// </returns>
    public static ImmutableArray<string> Of(ContainerFacts container, BuildPlan plan, Stage stage, string suffix)
    {
        var end = stage == plan.Stages[^1] ? "" : suffix.Replace(StagePlaceholder, stage.Name, StringComparison.OrdinalIgnoreCase);
        var repository = container.Registry.Length == 0 ? container.Repository : $"{container.Registry}/{container.Repository}";
        return [.. container.Tags.Distinct(StringComparer.Ordinal).Select(tag => Name(repository, tag, end))];
    }

    // Before the build: after it, an image without a usable name would have been built for nothing.
    private static string Name(string repository, string tag, string end)
    {
        var name = $"{repository}:{tag}{end}";
        if (ImageReference.TryParse(name) is { Tag: not null, Digest: null })
        {
            return name;
        }

        var property =
            ImageReference.TryParse($"a:{tag}") is null ? "ContainerImageTags"
            : ImageReference.TryParse($"{repository}:a") is null ? "ContainerRepository"
            : "ContainerTargetTagSuffix";
        throw Codes.ValueNotUnderstood.ErrorAbout(property, "The image's name", name, ImageReference.Takes);
    }

    /// <summary>Makes a repository's name of a project's, as the .NET SDK does of an assembly's.</summary>
    /// <returns>The name in lower case, with what no repository's name may hold replaced by a dash.</returns>
    public static string Repository(string project)
    {
        var name = string.Concat(
                project.Select(c =>
                    char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c)
                    : c is '.' or '_' or '-' ? c
                    : '-'
                )
            )
            .Trim('.', '_', '-');
        return name.Length > 0 ? name : "image";
    }
}
