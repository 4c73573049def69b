using System.Xml.Linq;

namespace MultiStage.Build.Publishing;

/// <summary>
/// Finds the projects that compilers of other projects load: analyzers and generators, with all that they reference. A compilation is newer than
/// the one of them that it names, and knows nothing of those that this one loads.
/// </summary>
internal static class CompilerParts
{
    /// <summary>Finds them.</summary>
    /// <param name="code">The code.</param>
    /// <param name="projects">The projects.</param>
    /// <returns>Those of the projects; null where it may be any.</returns>
    public static IReadOnlyCollection<TreeProject>? Find(MSBuildCode code, IReadOnlyCollection<TreeProject> projects)
    {
        var parts = code.Elements
            .Where(element => MSBuildCode.Is(element.Name.LocalName, "ProjectReference") && MSBuildCode.ValueOf(element, "OutputItemType") is not null)
            .Select(Named)
            .ToList();
        if (parts.Any(part => part.Count == 0) || (parts.Count > 0 && code.Elements.Any(IsFromElsewhere)))
            return null;

        var found = new HashSet<TreeProject>();
        var next = new Queue<TreeProject>(parts.SelectMany(part => part));
        while (next.TryDequeue(out var project))
        {
            if (!found.Add(project))
                continue;
            foreach (var reference in projects.Where(other => project.References.Contains(other.File, StringComparer.Ordinal)))
            {
                next.Enqueue(reference);
            }
        }

        return found;

        // None where it is not written out which project it is.
        List<TreeProject> Named(XElement reference) =>
            MSBuildCode.ValueOf(reference, "Include") is { } include && code.EndsOf(include) is { } ends
                ? [.. projects.Where(project => MSBuildCode.EndsWithOneOf(project.File, ends))]
                : [];
    }

    // A source of another project, which changes a part without lying in its folder.
    private static bool IsFromElsewhere(XElement element) =>
        (MSBuildCode.Is(element.Name.LocalName, "Compile") || MSBuildCode.Is(element.Name.LocalName, "EmbeddedResource"))
        && MSBuildCode.ValueOf(element, "Include") is { } include
        && (include.Contains("..", StringComparison.Ordinal) || include.Contains("$(", StringComparison.Ordinal) || include.Contains("@(", StringComparison.Ordinal));
}
