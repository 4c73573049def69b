using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Reporting.Console;

/// <summary>
/// MSBuild's terminal logger, which is on by default where the output is a terminal. Of a project it shows the text behind <c>-></c>,
/// errors and warnings, and nothing else; of an error it shows every line. Other loggers show messages, and repeat an error's prefix on
/// each of its lines.
/// </summary>
internal static class TerminalLogger
{
    private const int LeastColumns = 80;

    // It draws no wider, and its indentation takes the rest.
    private const int MostColumns = 120;
    private const int Indentation = 7;

    /// <summary>What it shows of a problem: the block, or else the message, whose sentences are broken between words.</summary>
    /// <param name="columns">The terminal's columns; 0 where they are not known.</param>
    /// <returns>The lines, separated by line feeds.</returns>
    public static string Shown(Diagnostic diagnostic, int columns)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var lines = LogText.Safe(diagnostic.Block ?? diagnostic.Message).Split('\n');
        var width = Math.Clamp(columns, LeastColumns, MostColumns) - Indentation;
        return string.Join('\n', lines.Skip(1).Prepend(WrappedText.Of(lines[0], width)));
    }

    /// <summary>Asks whether it is on, in this process or in the one that shows what this node says.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static bool IsOn(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        // MSBuild sets it once it has decided, and its nodes inherit it. The targets of `dotnet test` read it, too.
        return variable("_MSBUILDTLENABLED") == "1";
    }
}
