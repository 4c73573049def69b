using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>
/// Reads a word of a Dockerfile as BuildKit does: quotes, escapes, and variables with their modifiers. Source:
/// https://github.com/moby/buildkit/blob/master/frontend/dockerfile/shell/lex.go
/// </summary>
internal sealed class DockerfileShell
{
    private readonly string _text;
    private readonly char _escape;
    private readonly IReadOnlyDictionary<string, string?> _values;
    private int _at;
    private bool _isKnown = true;

    private DockerfileShell(string text, char escape, IReadOnlyDictionary<string, string?> values) =>
        (_text, _escape, _values) = (text, escape, values);

    /// <summary>Writes values in place of variables, and takes quotes and escapes away.</summary>
    /// <param name="escape">The Dockerfile's escape character.</param>
    /// <param name="values">The variables that are set; null for one whose value only the daemon knows.</param>
    /// <returns>The word; null where only the daemon knows it, or where BuildKit refuses it and says why itself.</returns>
    public static string? Expand(string text, char escape, IReadOnlyDictionary<string, string?> values)
    {
        var shell = new DockerfileShell(text, escape, values);
        var word = shell.UpTo(null, keepsEscapes: false);
        return shell._isKnown ? word : null;
    }

    private char? Peek => _at < _text.Length ? _text[_at] : null;

    private string UpTo(char? end, bool keepsEscapes)
    {
        var word = new StringBuilder();
        while (Peek is { } c)
        {
            _at++;
            if (c == end)
            {
                return word.ToString();
            }

            _ = c switch
            {
                '$' => word.Append(Variable()),
                '\'' => word.Append(SingleQuoted()),
                '"' => word.Append(DoubleQuoted(keepsEscapes)),
                _ when c == _escape => word.Append(keepsEscapes ? c : "").Append(Next()),
                _ => word.Append(c),
            };
        }

        return end is null ? word.ToString() : Refused();
    }

    private string SingleQuoted()
    {
        var end = _text.IndexOf('\'', _at);
        if (end < 0)
        {
            return Refused();
        }

        var quoted = _text[_at..end];
        _at = end + 1;
        return quoted;
    }

    private string DoubleQuoted(bool keepsEscapes)
    {
        var quoted = new StringBuilder();
        while (Peek is { } c)
        {
            _at++;
            switch (c)
            {
                case '"':
                    return quoted.ToString();
                case '$':
                    quoted.Append(Variable());
                    break;
                case var _ when c == _escape:
                    // Between double quotes it escapes these alone, and stands for itself before all others.
                    var escapes = Peek is '"' or '$' || Peek == _escape;
                    quoted.Append(escapes && !keepsEscapes ? "" : c).Append(escapes ? Next() : "");
                    break;
                default:
                    quoted.Append(c);
                    break;
            }
        }

        return Refused();
    }

    private string Variable()
    {
        if (Peek != '{')
        {
            var plain = Name();
            return plain.Length == 0 ? "$" : Value(plain) ?? "";
        }

        _at++;
        if (Peek is null or '{' or '}' or ':')
        {
            return Refused();
        }

        var name = Name();
        var modifier = Next();
        var emptyIsUnset = modifier == ":";
        modifier = emptyIsUnset ? Next() : modifier;
        return (modifier, emptyIsUnset) switch
        {
            ("}", false) => Value(name) ?? "",
            ("-" or "+" or "?", _) => Chosen(name, modifier[0], emptyIsUnset),
            ("#" or "%", false) => Trimmed(name, fromStart: modifier == "#"),
            ("/", false) => Replaced(name),
            _ => Refused(),
        };
    }

    private string Chosen(string name, char modifier, bool emptyIsUnset)
    {
        var wasKnown = _isKnown;
        var word = UpTo('}', keepsEscapes: false);
        var wordIsKnown = _isKnown;
        _isKnown = wasKnown;
        var value = Value(name);
        var isSet = value is not null && !(emptyIsUnset && value.Length == 0);
        // A word that is not used need not be known.
        _isKnown &= wordIsKnown || isSet == (modifier != '+');
        return (modifier, isSet) switch
        {
            ('+', _) => isSet ? word : "",
            (_, true) => value!,
            ('-', _) => word,
            _ => Refused(),
        };
    }

    private string Trimmed(string name, bool fromStart)
    {
        var pattern = UpTo('}', keepsEscapes: true);
        var value = Value(name) ?? "";
        var isLongest = pattern.Length > 0 && pattern[0] == (fromStart ? '#' : '%');
        if (Pattern(isLongest ? pattern[1..] : pattern, @"\A", @"\z") is not { } regex)
        {
            return Refused();
        }

        var lengths = Enumerable.Range(0, value.Length + 1);
        foreach (var length in isLongest ? lengths.Reverse() : lengths)
        {
            var (taken, rest) = fromStart ? (value[..length], value[length..]) : (value[^length..], value[..^length]);
            if (regex.IsMatch(taken))
            {
                return rest;
            }
        }

        return value;
    }

    private string Replaced(string name)
    {
        var isAll = Peek == '/';
        _at += isAll ? 1 : 0;
        var pattern = UpTo('/', keepsEscapes: true);
        var replacement = UpTo('}', keepsEscapes: true);
        var value = Value(name) ?? "";
        return Pattern(pattern, "", "") is { } regex ? regex.Replace(value, _ => replacement, isAll ? -1 : 1) : Refused();
    }

    // A pattern has two wildcards, and an escape takes the meaning from them.
    private static Regex? Pattern(string pattern, string start, string end)
    {
        var regex = new StringBuilder(start);
        for (var i = 0; i < pattern.Length; i++)
        {
            var isEscaped = pattern[i] == '\\';
            if (isEscaped && (++i == pattern.Length || pattern[i] is not ('}' or '/' or '*' or '?' or '\\')))
            {
                return null;
            }

            regex.Append(
                (pattern[i], isEscaped) switch
                {
                    ('*', false) => ".*",
                    ('?', false) => ".",
                    var (c, _) => Regex.Escape(c.ToString()),
                }
            );
        }

        return new(regex.Append(end).ToString(), RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    private string Name()
    {
        var start = _at;
        if (Peek is { } first && (char.IsDigit(first) || "@*#?-$!".Contains(first, StringComparison.Ordinal)))
        {
            _at++;
            while (char.IsDigit(first) && Peek is { } digit && char.IsDigit(digit))
            {
                _at++;
            }

            return _text[start.._at];
        }

        while (Peek is { } c && (char.IsLetterOrDigit(c) || c == '_'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private string? Value(string name)
    {
        var isSet = _values.TryGetValue(name, out var value);
        _isKnown &= !isSet || value is not null;
        return isSet ? value ?? "" : null;
    }

    private string Next() => _at < _text.Length ? _text[_at++].ToString() : "";

    private string Refused()
    {
        _isKnown = false;
        _at = _text.Length;
        return "";
    }
}
