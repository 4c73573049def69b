namespace MultiStage.Build.Diagnostics;

/// <summary>How much a <see cref="Diagnostic"/> weighs.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The build goes on.</summary>
    Warning,

    /// <summary>The build fails.</summary>
    Error,
}

/// <summary>Where in a source file a diagnostic belongs.</summary>
/// <param name="File">The file's absolute path.</param>
/// <param name="Line">The line, from 1; 0 where none is known.</param>
/// <param name="Column">The column, from 1; 0 where none is known.</param>
public sealed record SourceLocation(string File, int Line = 0, int Column = 0);

/// <summary>One thing that is wrong, in one line.</summary>
/// <param name="Message">Its message, filled in, without a line break.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, string Message)
{
    /// <summary>The property or item it is about, by which its line in the project file is found; null where there is none.</summary>
    public string? About { get; init; }

    /// <summary>Where it belongs, if that is not a place in a project; null where <see cref="About"/> says it.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>What a terminal shows instead of the message: several lines, separated by line feeds; null where the message says
    /// all.</summary>
    public string? Block { get; init; }

    /// <summary>The one item it is about, where several have the same type; null where the type says enough.</summary>
    public ProjectItem? Item { get; init; }
}
