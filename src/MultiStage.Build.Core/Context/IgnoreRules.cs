using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Context;

/// <summary>
/// What a <c>.dockerignore</c> file leaves out of a build context, decided as <c>docker build</c> decides it: the last pattern that matches
/// a path or a folder above it wins. The rules are those of moby's <c>ignorefile</c> and <c>patternmatcher</c>. They differ in one place,
/// where <c>docker build</c> contradicts itself: of <c>a</c>, <c>!a/b</c>, <c>a</c> the last line wins here, and there <c>a/b/c</c> arrives
/// empty.
/// </summary>
internal sealed class IgnoreRules
{
    // No pattern has matched yet: nothing is left out.
    internal const int NoMatch = -1;

    private readonly ImmutableArray<IgnorePattern> _patterns;

    // The line of each pattern in its file, from 1.
    private readonly ImmutableArray<int> _lines;

    private IgnoreRules(ImmutableArray<IgnorePattern> patterns, ImmutableArray<int> lines) => (_patterns, _lines) = (patterns, lines);

    /// <summary>Rules that leave nothing out.</summary>
    public static IgnoreRules None { get; } = new([], []);

    /// <summary>Reads the text of an ignore file.</summary>
    /// <param name="text">The file's text, with or without a byte order mark.</param>
    /// <param name="host">The system that it is read on; by default this one.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.IgnorePatternMalformed"/>.</exception>
    public static IgnoreRules Parse(string text, HostSystem? host = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var patterns = ImmutableArray.CreateBuilder<IgnorePattern>();
        var lines = ImmutableArray.CreateBuilder<int>();
        foreach (var (index, line) in text.TrimStart('\uFEFF').Split('\n').Index())
        {
            // Only a '#' in the first column makes a comment, as in moby's reader.
            if (!line.StartsWith('#') && line.Trim() is { Length: > 0 } pattern)
            {
                patterns.Add(IgnorePattern.Parse(pattern, host ?? HostSystem.This));
                lines.Add(index + 1);
            }
        }

        return new(patterns.ToImmutable(), lines.ToImmutable());
    }

    /// <summary>Adds patterns, which overrule those that are there.</summary>
    public IgnoreRules With(IEnumerable<string> patterns)
    {
        var added = patterns.Select(pattern => IgnorePattern.Parse(pattern, HostSystem.This)).ToList();
        return new(_patterns.AddRange(added), _lines.AddRange(added.Select(_ => 0)));
    }

    /// <summary>Finds the line of the ignore file that leaves a path out.</summary>
    /// <param name="path">The path relative to the context's root, with forward slashes.</param>
    /// <returns>The line's number, from 1; null where the path is let in.</returns>
    public int? LineThatExcludes(string path) => Decision(path) is var last && IsExcluded(last) ? _lines[last] : null;

    /// <summary>Whether a path stays behind.</summary>
    /// <param name="relativePath">The path relative to the context's root, with forward slashes.</param>
    /// <returns>True where the path is left out; the root itself never is.</returns>
    public bool IsExcluded(string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        return IsExcluded(Decision(relativePath));
    }

    /// <summary>Whether a path stays behind with all that may lie below it.</summary>
    /// <param name="path">The path relative to the context's root, with forward slashes.</param>
    public bool LeavesOutAll(string path) => Decision(path) is var last && IsExcluded(last) && !MayIncludeBeneath(path, last);

    private int Decision(string relativePath)
    {
        var path = relativePath.AsSpan().Trim('/');
        if (path is "" or ".")
        {
            return NoMatch;
        }

        var last = NoMatch;
        for (var end = path.IndexOf('/'); end >= 0; end = Next(path, end))
        {
            last = LastMatch(path[..end], last);
        }

        return LastMatch(path, last);
    }

    /// <summary>
    /// Finds the last pattern that matches a path or a folder above it. A walker hands a folder's answer on to what is in it, so that each
    /// path is looked at once.
    /// </summary>
    /// <param name="path">The path relative to the context's root.</param>
    /// <param name="inherited">The answer for the folder that holds it; <see cref="NoMatch"/> at the root.</param>
    /// <returns>The pattern's index, or <see cref="NoMatch"/>.</returns>
    internal int LastMatch(ReadOnlySpan<char> path, int inherited)
    {
        for (var i = _patterns.Length - 1; i > inherited; i--)
        {
            if (_patterns[i].Matches(path))
            {
                return i;
            }
        }

        return inherited;
    }

    /// <summary>Whether a path with this answer of <see cref="LastMatch"/> stays behind.</summary>
    /// <returns>True where the path is left out.</returns>
    internal bool IsExcluded(int lastMatch) => lastMatch >= 0 && !_patterns[lastMatch].IsNegated;

    /// <summary>Whether anything in an excluded folder may be taken in again, so that the folder must be looked into.</summary>
    /// <param name="directory">The folder's path relative to the context's root.</param>
    /// <param name="lastMatch">The answer of <see cref="LastMatch"/> for the folder.</param>
    /// <returns>False where the whole folder can be passed over.</returns>
    internal bool MayIncludeBeneath(ReadOnlySpan<char> directory, int lastMatch)
    {
        // A pattern that excludes a folder also overrules an earlier negation for everything below it.
        for (var i = lastMatch + 1; i < _patterns.Length; i++)
        {
            if (_patterns[i].IsNegated && _patterns[i].MayMatchBeneath(directory))
            {
                return true;
            }
        }

        return false;
    }

    private static int Next(ReadOnlySpan<char> path, int slash)
    {
        var offset = path[(slash + 1)..].IndexOf('/');
        return offset < 0 ? -1 : slash + 1 + offset;
    }
}
