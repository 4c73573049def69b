namespace MultiStage.Build.Diagnostics;

/// <summary>A kind of diagnostic: its code, its text, and what causes and cures it.</summary>
/// <param name="Code">The stable code, <c>MULTISTAGE</c> and four digits.</param>
/// <param name="Severity">The severity it has unless a property lowers it.</param>
/// <param name="Format">The message, one line, a composite format string.</param>
/// <param name="Cause">When it is reported, for the reference.</param>
/// <param name="Cure">What the reader does about it, for the reference.</param>
public sealed record DiagnosticDescriptor(string Code, DiagnosticSeverity Severity, string Format, string Cause, string Cure)
{
    /// <summary>The page of the package that explains every code, below the package's folder.</summary>
    internal const string HelpPage = "docs/diagnostics.md";

    private static readonly string? s_helpPage =
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(DiagnosticDescriptor).Assembly.Location)!, "..", "..", HelpPage))
            is var page
        && File.Exists(page)
            ? new Uri(page).AbsoluteUri
            : null;

    /// <summary>What a terminal opens behind the code: its heading in that page; null where the page is not there.</summary>
    public string? HelpLink => s_helpPage is null ? null : $"{s_helpPage}#{Anchor}";

    /// <summary>The name of the code's heading in that page.</summary>
    internal string Anchor => Code.ToLowerInvariant();

    /// <summary>Makes a diagnostic of this kind.</summary>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    /// <returns>The diagnostic, without a location.</returns>
    public Diagnostic With(params object?[] arguments) =>
        new(
            this,
            OneLine(string.Format(System.Globalization.CultureInfo.InvariantCulture, Format, [.. arguments.Select(WithoutFullStop)]))
        );

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
    /// <param name="arguments">What the message's placeholders stand for.</param>
    /// <returns>The exception, to be thrown.</returns>
    public MultiStageException ErrorAt(ProjectItem item, params object?[] arguments) =>
        new(With(arguments) with { About = item.Type, Item = item });

    // Others' messages end in a full stop, and ours puts one behind them.
    private object? WithoutFullStop(object? argument, int index) =>
        argument is string text && Format.Contains($"{{{index}}}.", StringComparison.Ordinal) ? text.TrimEnd().TrimEnd('.') : argument;

    // MSBuild repeats the prefix of a message on each of its lines, which makes one error look like several.
    private static string OneLine(string text) => LineText.Visible(text.ReplaceLineEndings(" ")).Trim();
}
