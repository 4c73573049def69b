namespace MultiStage.Build.Reporting.Console;

/// <summary>
/// MSBuild's terminal logger, which is on by default where the output is a terminal. Of a project it shows the text behind <c>-></c>,
/// errors and warnings,
/// and nothing else; of an error it shows every line. Other loggers show messages, and repeat an error's prefix on each of its lines.
/// </summary>
internal static class TerminalLogger
{
    private static readonly string[] s_switches = ["terminalLogger", "tl", "ll"];

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
            _ => !isRedirected && variable("TERM") != "dumb",
        };
    }

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
