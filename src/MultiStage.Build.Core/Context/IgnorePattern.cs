using System.Text;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Context;

/// <summary>
/// One line of an ignore file. Most lines are a name, <c>folder/**</c> or <c>**/name</c>, and are compared as text; the others become the
/// regular expression that moby's <c>patternmatcher</c> makes of them.
/// </summary>
internal sealed class IgnorePattern
{
    private const string Special = "*?[]\\";

    private readonly Kind _kind;
    private readonly string _text;
    private readonly Regex? _expression;

    // What every match ends with and begins with: rejects most paths without running the expression.
    private readonly string _tail = "";
    private readonly string _head;

    private IgnorePattern(string pattern, bool negated)
    {
        IsNegated = negated;
        (_kind, _text) = Classify(pattern);
        _head = pattern[..IndexOfSpecial(pattern)];
        if (_kind is Kind.Expression)
        {
            _tail = LiteralTail(pattern);
            _expression = new Regex(Translate(pattern), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
    }

    private enum Kind
    {
        Exact,
        Prefix,
        Suffix,
        Expression,
    }

    /// <summary>Whether the line begins with <c>!</c>: what it matches is taken in again.</summary>
    public bool IsNegated { get; }

    /// <summary>Reads one line.</summary>
    /// <param name="line">The line without surrounding white space, neither empty nor a comment.</param>
    /// <param name="host">The system that the file is read on.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.IgnorePatternMalformed"/>.</exception>
    public static IgnorePattern Parse(string line, HostSystem host)
    {
        var negated = line[0] == '!';
        var pattern = negated ? line[1..].Trim() : line;

        // As with Docker on Windows, where a backslash separates folders and escapes nothing.
        pattern = host.WithSlashes(pattern);

        if (pattern.Length == 0)
        {
            throw Codes.IgnorePatternMalformed.Error(line, "there is nothing after the '!'");
        }

        pattern = GoPath.Clean(pattern);
        if (pattern.Length > 1 && pattern[0] == '/')
        {
            pattern = pattern[1..];
        }

        if (GoPath.FindSyntaxError(pattern) is { } error)
        {
            throw Codes.IgnorePatternMalformed.Error(line, error);
        }

        try
        {
            return new(pattern, negated);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new MultiStageException(Codes.IgnorePatternMalformed.With(line, e.Message), e);
        }
    }

    /// <summary>Whether this pattern alone matches a path; folders above it are not looked at.</summary>
    /// <param name="path">The path relative to the context's root, with forward slashes.</param>
    /// <returns>True where it matches.</returns>
    public bool Matches(ReadOnlySpan<char> path) =>
        _kind switch
        {
            Kind.Exact => path.SequenceEqual(_text),
            Kind.Prefix => path.StartsWith(_text, StringComparison.Ordinal),
            Kind.Suffix => path.EndsWith(_text, StringComparison.Ordinal) || (_text.StartsWith('/') && path.SequenceEqual(_text.AsSpan(1))),
            _ => path.StartsWith(_head, StringComparison.Ordinal)
                && path.EndsWith(_tail, StringComparison.Ordinal)
                && _expression!.IsMatch(path),
        };

    /// <summary>Whether this pattern may match something inside a folder: sometimes true in vain, never false in vain.</summary>
    /// <param name="directory">The folder's path relative to the context's root.</param>
    /// <returns>False where nothing below can match.</returns>
    public bool MayMatchBeneath(ReadOnlySpan<char> directory)
    {
        // Beneath "a/b" lies what begins with "a/b/": one of that and the literal beginning must be the beginning of the other.
        var length = Math.Min(_head.Length, directory.Length);
        return _head.AsSpan(0, length).SequenceEqual(directory[..length])
            && (_head.Length <= directory.Length ? _kind is not Kind.Exact : _head[directory.Length] == '/');
    }

    // Which of moby's four ways of matching a pattern gets: with "**" in front, the rest is a suffix; with "**" at the end, a prefix.
    private static (Kind Kind, string Text) Classify(string pattern)
    {
        var first = IndexOfSpecial(pattern);
        if (first == pattern.Length)
        {
            return (Kind.Exact, pattern);
        }

        if (first == pattern.Length - 2 && pattern.EndsWith("**", StringComparison.Ordinal))
        {
            return first == 0 ? (Kind.Suffix, "") : (Kind.Prefix, pattern[..^2]);
        }

        if (pattern.StartsWith("**", StringComparison.Ordinal) && pattern.AsSpan(2).IndexOfAny(Special) < 0)
        {
            return (Kind.Suffix, pattern[2..]);
        }

        return (Kind.Expression, pattern);
    }

    private static int IndexOfSpecial(string pattern) =>
        pattern.AsSpan().IndexOfAny(Special) is var index && index < 0 ? pattern.Length : index;

    private static string LiteralTail(string pattern)
    {
        var start = pattern.AsSpan().LastIndexOfAny(Special) + 1;

        // The character after a backslash may be a class such as \d, and the slash after "**" may stand for nothing.
        if (start < pattern.Length && (pattern[start - 1] == '\\' || (pattern[start - 1] == '*' && pattern[start] == '/')))
        {
            start++;
        }

        return pattern[start..];
    }

    private static string Translate(string pattern)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '*' && Peek(i + 1) == '*')
            {
                i += Peek(i + 2) == '/' ? 2 : 1;
                expression.Append(i == pattern.Length - 1 ? ".*" : "(?:.*/)?");
            }
            else
            {
                expression.Append(
                    c switch
                    {
                        '*' => "[^/]*",
                        // A character outside the basic plane is one character to the pattern and two to .NET.
                        '?' => @"(?:[\ud800-\udbff][\udc00-\udfff]|[^/])",
                        '\\' => EscapeOf(pattern[++i]),
                        _ when ".+()|{}$".Contains(c, StringComparison.Ordinal) => @"\" + c,
                        _ => c.ToString(),
                    }
                );
            }
        }

        return expression.Append(@"\z").ToString();

        char Peek(int index) => index < pattern.Length ? pattern[index] : '\0';
    }

    // moby hands an escaped letter or digit to the expression as it is, so that \d is a digit; anything else stands for itself.
    private static string EscapeOf(char c) =>
        char.IsAsciiLetterOrDigit(c) ? @"\" + c
        : c == ']' ? @"\]"
        : Regex.Escape(c.ToString());
}
