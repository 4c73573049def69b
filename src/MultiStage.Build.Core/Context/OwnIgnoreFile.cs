using System.Collections.Immutable;

namespace MultiStage.Build.Context;

/// <summary>
/// Makes the user's <c>.dockerignore</c> hold beside the generated one, which Docker reads in its place. A file is sent only if both let it in, and one list
/// of patterns cannot say that where the user's lets something in again: the exclusions are then spelt out.
/// </summary>
public static class OwnIgnoreFile
{
    /// <summary>Finds what the user's file keeps back of what the generated one lets in.</summary>
    /// <param name="context">The context's absolute path.</param>
    /// <param name="generated">The generated rules.</param>
    /// <param name="own">The user's file's text.</param>
    /// <returns>Patterns that exclude, to be appended to the generated ones: the user's own, or paths where those would not do.</returns>
    public static ImmutableArray<string> Exclusions(string context, IgnoreRules generated, string own)
    {
        var lines = own.TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n')
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0)
            .ToImmutableArray();
        return lines.Any(line => line[0] == '!') ? SpeltOut(context, generated, IgnoreRules.Parse(own)) : lines;
    }

    private static ImmutableArray<string> SpeltOut(string context, IgnoreRules generated, IgnoreRules own)
    {
        var letIn = new ContextWalk(new BuildContext(context, generated)).Select(entry => entry.Path).ToList();
        var kept = letIn.Where(path => !own.IsExcluded(path)).ToHashSet(StringComparer.Ordinal);
        var holders = kept.SelectMany(Folders).ToHashSet(StringComparer.Ordinal);

        // A folder of which nothing is kept stands for all that is in it.
        var gone = letIn.Where(path => !kept.Contains(path) && !holders.Contains(path)).ToHashSet(StringComparer.Ordinal);
        return [.. letIn.Where(path => gone.Contains(path) && !Folders(path).Any(gone.Contains)).Select(LiteralPattern.Of)];
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            yield return path[..slash];
    }
}
