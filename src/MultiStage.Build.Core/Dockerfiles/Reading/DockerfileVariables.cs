using System.Collections.Immutable;
using System.Text;
using MultiStage.Build.Images;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>The platforms of a build, which a Dockerfile may name in <c>FROM</c>.</summary>
/// <param name="Build">The builder's own platform; null where it is not known yet.</param>
/// <param name="Target">The platform that is built for; null where it is not known yet.</param>
internal sealed record BuildPlatforms(Platform? Build, Platform? Target);

/// <summary>The build arguments that a Dockerfile declares before its first stage, which alone may be used in <c>FROM</c>.</summary>
internal sealed class DockerfileVariables
{
    private readonly ImmutableSortedDictionary<string, string> _given;
    private readonly char _escape;
    private readonly Dictionary<string, string?> _values = new(StringComparer.Ordinal);

    /// <summary>Begins with what is there undeclared. Source:
    /// https://docs.docker.com/reference/dockerfile/#automatic-platform-args-in-the-global-scope</summary>
    /// <param name="given">The build arguments of the build.</param>
    /// <param name="escape">The Dockerfile's escape character.</param>
    public DockerfileVariables(ImmutableSortedDictionary<string, string> given, BuildPlatforms platforms, char escape)
    {
        (_given, _escape) = (given, escape);
        AddPlatform("BUILD", platforms.Build);
        AddPlatform("TARGET", platforms.Target);
        // The daemon's own name of the stage.
        _values["TARGETSTAGE"] = null;
        foreach (var name in _values.Keys.Where(given.ContainsKey))
        {
            _values[name] = given[name];
        }
    }

    /// <summary>Takes in a declaration.</summary>
    /// <param name="arguments">What follows <c>ARG</c>: names, each with or without a value.</param>
    public void Declare(string arguments)
    {
        foreach (var (name, value) in Declarations(arguments, _escape))
        {
            if (_given.TryGetValue(name, out var given))
            {
                _values[name] = given;
            }
            else if (value is not null)
            {
                _values[name] = DockerfileShell.Expand(value, _escape, _values);
            }
        }
    }

    /// <summary>Writes values in place of variables.</summary>
    /// <returns>The text, what is not declared being empty, as it is for BuildKit; null where only the daemon knows it.</returns>
    public string? Expand(string text) => DockerfileShell.Expand(text, _escape, _values);

    /// <summary>Splits what follows <c>ARG</c> at the blanks outside of quotes.</summary>
    /// <param name="escape">The Dockerfile's escape character.</param>
    /// <returns>Each name, and its value with quotes and escapes; null where it has none.</returns>
    public static IEnumerable<(string Name, string? Value)> Declarations(string arguments, char escape)
    {
        var word = new StringBuilder();
        var quote = '\0';
        for (var i = 0; i <= arguments.Length; i++)
        {
            var c = i < arguments.Length ? arguments[i] : ' ';
            if ((quote == '\0' || i == arguments.Length) && char.IsWhiteSpace(c))
            {
                if (word.Length > 0)
                {
                    yield return word.ToString().Split('=', 2) is [var name, var value] ? (name, value) : (word.ToString(), null);
                }

                word.Clear();
                continue;
            }

            quote =
                c == quote ? '\0'
                : quote == '\0' && c is '\'' or '"' ? c
                : quote;
            word.Append(c);
            if (c == escape && quote != '\'' && i + 1 < arguments.Length)
            {
                word.Append(arguments[++i]);
            }
        }
    }

    private void AddPlatform(string prefix, Platform? platform)
    {
        _values[prefix + "PLATFORM"] = platform?.ToString();
        _values[prefix + "OS"] = platform?.Os;
        _values[prefix + "OSVERSION"] = platform is null ? null : "";
        _values[prefix + "ARCH"] = platform?.Architecture;
        _values[prefix + "VARIANT"] = platform?.Variant;
    }
}
