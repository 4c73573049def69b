using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Context;

/// <summary>
/// Makes the user's <c>.dockerignore</c> hold beside the generated one, which Docker reads in its place. A file is sent only if both let it
/// in, and one list of patterns cannot say that where the user's lets something in again: the exclusions are then spelt out.
/// </summary>
internal sealed class OwnIgnoreFile
{
    /// <summary>Its name, in the root of the context.</summary>
    public const string Name = ".dockerignore";

    private readonly string _path;
    private readonly string[] _lines;

    private OwnIgnoreFile(string path)
    {
        (_path, Text) = (path, File.ReadAllText(path));
        _lines = Text.ReplaceLineEndings("\n").Split('\n');
    }

    public string Text { get; }

    /// <exception cref="MultiStageException"><see cref="Codes.IgnorePatternMalformed"/>.</exception>
    public IgnoreRules Rules => field ??= IgnoreRules.Parse(Text);

    /// <param name="context">The context's absolute path.</param>
    /// <returns>The file; null where the context has none.</returns>
    public static OwnIgnoreFile? Find(string context) => Path.Combine(context, Name) is var path && File.Exists(path) ? new(path) : null;

    /// <param name="line">The line's number, from 1.</param>
    public string this[int line] => _lines[line - 1].Trim();

    /// <param name="line">The line's number, from 1.</param>
    public SourceLocation At(int line) => new(_path, line, 1);

    /// <summary>Finds what the user's file keeps back of what the generated one lets in.</summary>
    /// <param name="context">The context's absolute path.</param>
    /// <param name="own">The user's file's text.</param>
    /// <returns>Patterns that exclude, to be appended to the generated ones: the user's own, or paths where those would not do.</returns>
    public static ImmutableArray<string> Exclusions(string context, IgnoreRules generated, string own)
    {
        var lines = own.TrimStart('\uFEFF')
            .ReplaceLineEndings("\n")
            .Split('\n')
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Trim())
            .Where(line => line.Length > 0)
            .ToList();
        if (!lines.Exists(line => line[0] == '!'))
        {
            return [.. lines];
        }

        var rules = IgnoreRules.Parse(own);
        var letIn = new ContextWalk(new BuildContext(context, generated)).Select(entry => entry.Path).ToList();
        foreach (var exception in lines.Where(line => line[0] == '!').ToList())
        {
            // What it lets in again is left out by the line of the same name alone, or by the generated rules in any case.
            var pattern = exception[1..].Trim();
            if (lines.Remove(pattern) || IsWithheld(generated, pattern))
            {
                lines.Remove(exception);
            }
        }

        return
            !lines.Exists(line => line[0] == '!')
            && IgnoreRules.None.With(lines) is var simple
            && letIn.TrueForAll(path => simple.IsExcluded(path) == rules.IsExcluded(path))
            ? [.. lines]
            : SpeltOut(letIn, rules);
    }

    // The part of a pattern before its first star is a folder, and all in it stays behind.
    private static bool IsWithheld(IgnoreRules generated, string pattern)
    {
        var folder = string.Join('/', pattern.Trim('/').Split('/').TakeWhile(part => !part.AsSpan().ContainsAny("*?[\\")));
        return folder.Length > 0 && generated.LeavesOutAll(folder);
    }

    private static ImmutableArray<string> SpeltOut(List<string> letIn, IgnoreRules own)
    {
        var kept = letIn.Where(path => !own.IsExcluded(path)).ToHashSet(StringComparer.Ordinal);
        var holders = kept.SelectMany(Folders).ToHashSet(StringComparer.Ordinal);

        // A folder of which nothing is kept stands for all that is in it.
        var gone = letIn.Where(path => !kept.Contains(path) && !holders.Contains(path)).ToHashSet(StringComparer.Ordinal);
        return [.. letIn.Where(path => gone.Contains(path) && !Folders(path).Any(gone.Contains)).Select(LiteralPattern.Of)];
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            yield return path[..slash];
        }
    }
}
