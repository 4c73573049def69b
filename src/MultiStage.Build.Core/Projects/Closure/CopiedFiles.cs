using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Finds what the steps of a project take from the build context, so that it is sent and what is missing is reported before the
/// daemon is asked.</summary>
internal static class CopiedFiles
{
    /// <param name="context">The context's absolute path.</param>
    /// <param name="steps">The <c>ContainerStep</c> items.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.CopyOutsideContext"/>, <see cref="Codes.CopyNotFound"/>.</exception>
    /// <returns>The paths, sorted, each once.</returns>
    public static ImmutableArray<CopiedPath> Find(string context, ImmutableArray<ProjectItem> steps)
    {
        var copied = steps
            .SelectMany(step => Sources(step).Select(source => Resolve(context, step, source)))
            .Distinct()
            .OrderBy(path => path.Path, StringComparer.Ordinal)
            .ToImmutableArray();
        return
        [
            .. copied.Where(path =>
                path.IsFile || !copied.Any(other => !other.IsFile && other != path && ContextPath.IsBelow(other.Path, path.Path))
            ),
        ];
    }

    private static IEnumerable<string> Sources(ProjectItem step)
    {
        var (flags, sources) = StepText.Copy(step["Copy"] + step["Add"]);
        var fromElsewhere = step["From"].Length > 0 || flags.Any(flag => flag.StartsWith("--from=", StringComparison.Ordinal));
        var copied = fromElsewhere ? [] : sources.Where(source => !IsRemote(source) && !source.StartsWith("<<", StringComparison.Ordinal));
        var bound = StepText.Lines(step["Run"]) is [var line, ..]
            ? StepText
                .Run(line)
                .Flags.Select(StepText.MountOf)
                .OfType<Mount>()
                .Where(mount => mount.IsOfContext)
                .Select(mount => mount.Source)
            : [];
        return copied.Concat(bound);
    }

    // ADD fetches these.
    private static bool IsRemote(string source) =>
        source.Contains("://", StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal);

    private static CopiedPath Resolve(string context, ProjectItem step, string source)
    {
        var parts = new List<string>();
        foreach (var part in source.Replace('\\', '/').Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                throw Codes.CopyOutsideContext.ErrorAt(step, step.Include, source, context);
            }
        }

        // What a build argument will name is not known yet; what holds it is.
        var known = parts.TakeWhile(part => !part.Contains('$', StringComparison.Ordinal)).ToList();
        var path = string.Join('/', known);
        var isPattern = path.AsSpan().ContainsAny('*', '?', '[');
        var file = Path.Combine(context, path.Replace('/', Path.DirectorySeparatorChar));
        if (!isPattern && !Path.Exists(file))
        {
            throw Codes.CopyNotFound.ErrorAt(step, step.Include, source, context);
        }

        return new(path, !isPattern && known.Count == parts.Count && File.Exists(file));
    }
}
