using System.Text;
using System.Text.RegularExpressions;
using MultiStage.Build.Context;

namespace MultiStage.Build.Dockerfiles.Writing;

/// <summary>
/// Writes paths and values so that a Dockerfile's reader takes them literally. It expands variables and takes quotes and backslashes away
/// in most places, and each place has further rules of its own. Source:
/// https://docs.docker.com/reference/dockerfile/#environment-replacement
/// </summary>
internal static partial class DockerfileWord
{
    /// <summary>A path, where the reader expands variables.</summary>
    /// <returns>The path, escaped; blanks stay, and need the instruction's exec form.</returns>
    public static string Path(string path) => Escape(path, @"\$'""");

    /// <summary>A path that is all of an instruction, which would lose blanks at its ends and read two dashes in front as a flag.</summary>
    /// <returns>The path, escaped.</returns>
    public static string WholeLine(string path) =>
        path.Trim() == path && !path.StartsWith("--", StringComparison.Ordinal) ? Path(path) : Quoted(path);

    /// <summary>A path of the context as a source of <c>COPY</c>, where it is a pattern too.</summary>
    /// <returns>The path, escaped.</returns>
    public static string Source(string path) => Argument(Path(LiteralPattern.Of(path)));

    /// <summary>A path of the context as a destination of <c>COPY</c>.</summary>
    /// <returns>The path, escaped.</returns>
    public static string Destination(string path) => Argument(Path(path));

    /// <summary>A value between double quotes.</summary>
    /// <param name="value">The value, on one line.</param>
    public static string Quoted(string value) => $"\"{Escape(value, @"\$""")}\"";

    // In front, the reader would take these for a text that follows, for a flag, or for an array of JSON.
    private static string Argument(string path) => TextOrFlag().IsMatch(path) ? "./" + path : path;

    [GeneratedRegex(@"^([0-9]*<<|--|\[\[)", RegexOptions.CultureInvariant)]
    private static partial Regex TextOrFlag();

    private static string Escape(string text, string special)
    {
        var escaped = new StringBuilder();
        foreach (var c in text)
        {
            _ = special.Contains(c, StringComparison.Ordinal) ? escaped.Append('\\').Append(c) : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
