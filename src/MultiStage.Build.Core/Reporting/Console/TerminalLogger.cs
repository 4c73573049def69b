using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Reporting.Console;

/// <summary>
/// MSBuild's terminal logger, which is on by default where the output is a terminal. Of a project it shows the text behind <c>-></c>,
/// errors and warnings,
/// and nothing else; of an error it shows every line. Other loggers show messages, and repeat an error's prefix on each of its lines.
/// </summary>
internal static class TerminalLogger
{
    private const int LeastColumns = 80;

    // It draws no wider, and its indentation takes the rest.
    private const int MostColumns = 120;
    private const int Indentation = 7;

    private static readonly string[] s_switches = ["terminalLogger", "tl", "ll"];

    /// <summary>What it shows of a problem: the block, or else the message, whose sentences are broken between words.</summary>
    /// <param name="diagnostic">The problem.</param>
    /// <param name="columns">The terminal's columns; 0 where they are not known.</param>
    /// <returns>The lines, separated by line feeds.</returns>
    public static string Shown(Diagnostic diagnostic, int columns)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var lines = LogText.Safe(diagnostic.Block ?? diagnostic.Message).Split('\n');
        var width = Math.Clamp(columns, LeastColumns, MostColumns) - Indentation;
        return string.Join('\n', lines.Skip(1).Prepend(WrappedText.Of(lines[0], width)));
    }

    /// <summary>Decides whether it is on, as MSBuild does.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="isRedirected">Whether the output goes to a file or a pipe.</param>
    /// <returns>Whether it is on.</returns>
    public static bool IsOn(IEnumerable<string> arguments, Func<string, string?> variable, bool isRedirected)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var chosen = arguments.Select(Switch).OfType<string>().LastOrDefault() ?? variable("MSBUILDTERMINALLOGGER");
        return chosen?.ToUpperInvariant() switch
        {
            "ON" or "TRUE" => true,
            "OFF" or "FALSE" => false,
            // A node knows neither the command line nor the terminal of the process whose logger shows what it says.
            _ when arguments.Any(IsNode) => variable("TERM") is not (null or "" or "dumb") && variable("CI") is (null or ""),
            _ => !isRedirected && variable("TERM") != "dumb",
        };
    }

    private static bool IsNode(string argument) => argument.TrimStart('-', '/').StartsWith("nodemode:", StringComparison.OrdinalIgnoreCase);

    // The value of -tl:off; of -tl alone, true.
    private static string? Switch(string argument)
    {
        if (argument is not ['-' or '/', ..])
        {
            return null;
        }

        var parts = argument.TrimStart('-', '/').Split(':', 2);
        return s_switches.Contains(parts[0], StringComparer.OrdinalIgnoreCase) ? (parts.Length == 1 ? "true" : parts[1]) : null;
    }
}
