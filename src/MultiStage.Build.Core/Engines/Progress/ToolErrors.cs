using System.Globalization;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Engines.Progress;

/// <summary>
/// Finds the errors that compilers and MSBuild wrote during a step, in their canonical form, and turns the container's paths into this
/// machine's, so that an editor can go to them. Source of the form:
/// https://learn.microsoft.com/visualstudio/msbuild/msbuild-diagnostic-format-for-tasks
/// </summary>
internal static partial class ToolErrors
{
    /// <summary>Reads one line.</summary>
    /// <param name="line">What a step wrote.</param>
    /// <param name="containerFolder">The folder in the container that holds the context, such as <c>/src</c>.</param>
    /// <param name="context">The context's absolute path on this machine.</param>
    /// <returns>The error; null where the line is none.</returns>
    public static ToolError? Parse(string line, string containerFolder, string context)
    {
        var match = Canonical().Match(line);
        // NuGet writes some messages as several lines, each an error, and blank ones among them.
        if (!match.Success || match.Groups["text"].Value.Trim().Length == 0)
        {
            return null;
        }

        var file = match.Groups["file"].Value.Trim();
        var local = file.StartsWith(containerFolder + "/", StringComparison.Ordinal)
            ? Path.Combine(context, file[(containerFolder.Length + 1)..].Replace('/', Path.DirectorySeparatorChar))
            : file;
        return new(
            local,
            Number(match.Groups["line"]),
            Number(match.Groups["column"]),
            match.Groups["code"].Value,
            match.Groups["text"].Value.Trim()
        );
    }

    private static int Number(Group group) =>
        int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    // MSBuild appends the project in brackets; a compiler within it leaves the columns' end out or in.
    [GeneratedRegex(
        @"^\s*(?<file>/[^:(]*?)\s*(\((?<line>[0-9]+)(,(?<column>[0-9]+))?[0-9,-]*\))?"
            + @"\s*:\s*error\s+(?<code>[A-Za-z]+[0-9]+)\s*:\s*(?<text>.*?)(\s*\[[^\]]*\])?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Canonical();
}

/// <summary>An error of a tool that ran in the container.</summary>
/// <param name="File">The file, on this machine where it is one of the context's.</param>
/// <param name="Line">The line, from 1; 0 where none is known.</param>
/// <param name="Column">The column, from 1; 0 where none is known.</param>
/// <param name="Code">The tool's own code, such as <c>CS1002</c>.</param>
internal sealed record ToolError(string File, int Line, int Column, string Code, string Text);
