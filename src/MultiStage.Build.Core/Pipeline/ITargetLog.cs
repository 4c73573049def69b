using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Pipeline;

/// <summary>From which verbosity on a message is shown.</summary>
public enum Verbosity
{
    /// <summary>Minimal, which is what <c>dotnet publish</c> shows.</summary>
    Minimal,

    /// <summary>Normal.</summary>
    Normal,

    /// <summary>Detailed.</summary>
    Detailed,
}

/// <summary>The log of the build that runs a target.</summary>
public interface ITargetLog
{
    /// <summary>Shows a message.</summary>
    /// <param name="text">One or more lines. Each message gets a prefix, so lines that belong together are one message.</param>
    void Message(Verbosity verbosity, string text);

    /// <summary>Gives a build server a command, which no other text can be.</summary>
    void Command(string command) => Message(Verbosity.Minimal, command);

    /// <summary>Shows an error or a warning.</summary>
    /// <param name="code">The code; null where the message has none.</param>
    /// <param name="place">Where it belongs; null for the project.</param>
    /// <param name="text">One line, or several for a terminal.</param>
    /// <param name="link">What a terminal opens behind the code.</param>
    void Problem(DiagnosticSeverity severity, string? code, SourceLocation? place, string text, string? link = null);
}
