namespace MultiStage.Build;

/// <summary>How much a <see cref="Diagnostic"/> weighs.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The build goes on.</summary>
    Warning,

    /// <summary>The build fails.</summary>
    Error,
}

/// <summary>A kind of diagnostic: its code, its text, and what causes and cures it.</summary>
/// <param name="Code">The stable code, <c>MULTISTAGE</c> and four digits.</param>
/// <param name="Severity">The severity it has unless a property lowers it.</param>
/// <param name="Format">The message, one line, a composite format string.</param>
/// <param name="Cause">When it is reported, for the reference.</param>
/// <param name="Cure">What the reader does about it, for the reference.</param>
public sealed record DiagnosticDescriptor(string Code, DiagnosticSeverity Severity, string Format, string Cause, string Cure)
{
    /// <summary>Makes a diagnostic of this kind.</summary>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    /// <returns>The diagnostic, without a location.</returns>
    public Diagnostic With(params object?[] arguments) => new(this, OneLine(string.Format(System.Globalization.CultureInfo.InvariantCulture, Format, arguments)));

    /// <summary>Makes an exception that carries a diagnostic of this kind.</summary>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    /// <returns>The exception, to be thrown.</returns>
    public MultiStageException Error(params object?[] arguments) => new(With(arguments));

    /// <summary>Makes an exception that carries a diagnostic of this kind, to be reported at the line of a property or item.</summary>
    /// <param name="about">The property's or item's name.</param>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    /// <returns>The exception, to be thrown.</returns>
    public MultiStageException ErrorAbout(string about, params object?[] arguments) => new(With(arguments) with { About = about });

    /// <summary>Makes an exception that carries a diagnostic of this kind, to be reported at the line of one item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    /// <returns>The exception, to be thrown.</returns>
    public MultiStageException ErrorAt(ProjectItem item, params object?[] arguments) => new(With(arguments) with { About = item.Type, Item = item });

    // MSBuild repeats the prefix of a message on each of its lines, which makes one error look like several.
    private static string OneLine(string text) =>
        text.ReplaceLineEndings(" ").Trim();
}

/// <summary>Where in a source file a diagnostic belongs.</summary>
/// <param name="File">The file's absolute path.</param>
/// <param name="Line">The line, from 1; 0 where none is known.</param>
/// <param name="Column">The column, from 1; 0 where none is known.</param>
public sealed record SourceLocation(string File, int Line = 0, int Column = 0);

/// <summary>One thing that is wrong, in one line.</summary>
/// <param name="Descriptor">Its kind.</param>
/// <param name="Message">Its message, filled in, without a line break.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, string Message)
{
    /// <summary>The property or item it is about, by which its line in the project file is found; null where there is none.</summary>
    public string? About { get; init; }

    /// <summary>Where it belongs, where that is no place in a project; null where <see cref="About"/> says it.</summary>
    public SourceLocation? Location { get; init; }

    /// <summary>The one item it is about, where several have the same type; null where the type says enough.</summary>
    public ProjectItem? Item { get; init; }
}

/// <summary>Ends a pipeline stage with a <see cref="MultiStage.Build.Diagnostic"/> instead of a stack trace.</summary>
public sealed class MultiStageException : Exception
{
    /// <summary>Carries <paramref name="diagnostic"/> to the edge that reports it.</summary>
    /// <param name="diagnostic">What went wrong.</param>
    /// <param name="innerException">What was caught, where something was.</param>
    public MultiStageException(Diagnostic diagnostic, Exception? innerException = null)
        : base(diagnostic.Message, innerException) => Diagnostic = diagnostic;

    /// <summary>What went wrong.</summary>
    public Diagnostic Diagnostic { get; }
}
