using System.Text.RegularExpressions;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>What a command answered.</summary>
/// <param name="CommandLine">The command, as one would type it.</param>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="ErrorOutput">Its standard error.</param>
public sealed partial record CommandResult(string CommandLine, int ExitCode, string Output, string ErrorOutput)
{
    /// <summary>The lines of the standard output.</summary>
    public IReadOnlyList<string> Lines { get; } = Output.ReplaceLineEndings("\n").Split('\n');

    /// <summary>The errors in MSBuild's canonical form, each once although a summary repeats them.</summary>
    public IReadOnlyList<LoggedProblem> Errors => Problems("error");

    /// <summary>The warnings in MSBuild's canonical form, each once although a summary repeats them.</summary>
    public IReadOnlyList<LoggedProblem> Warnings => Problems("warning");

    /// <summary>Asserts that the command succeeded.</summary>
    public CommandResult Succeeds()
    {
        Assert.AreEqual(0, ExitCode, ToString());
        return this;
    }

    /// <summary>Asserts that the command failed with one error and no other.</summary>
    /// <param name="code">The error's code.</param>
    public LoggedProblem FailsWith(string code)
    {
        Assert.AreNotEqual(0, ExitCode, ToString());
        Assert.HasCount(1, Errors, ToString());
        Assert.AreEqual(code, Errors[0].Code, ToString());
        return Errors[0];
    }

    /// <summary>Whether it failed because a package feed did not answer, which is no fault of what is tested.</summary>
    public bool MissedFeed =>
        ExitCode != 0
        && (Output.Contains("error NU1301", StringComparison.Ordinal) || Output.Contains("error NU1900", StringComparison.Ordinal));

    /// <inheritdoc />
    /// <remarks>What went wrong comes first: a CI system shows of a long text its beginning and its end.</remarks>
    public override string ToString() => $"$ {CommandLine}\n(exit code {ExitCode})\n{Summary}{Output}{ErrorOutput}(exit code {ExitCode})";

    private string Summary =>
        string.Concat(
            Lines
                .Concat(ErrorOutput.Split('\n'))
                .Where(line =>
                    line.Contains("error", StringComparison.OrdinalIgnoreCase)
                    || line.Contains("failed", StringComparison.OrdinalIgnoreCase)
                )
                .Select(line => line.Trim())
                .Distinct(StringComparer.Ordinal)
                .Take(20)
                .Select(line => $"  ! {line}\n")
        );

    private List<LoggedProblem> Problems(string severity) =>
        Lines
            .Select(line => ProblemPattern().Match(line))
            .Where(match => match.Success && match.Groups["severity"].Value == severity)
            .Select(match => new LoggedProblem(
                match.Groups["file"].Value.Trim(),
                Number(match.Groups["line"]),
                Number(match.Groups["column"]),
                match.Groups["code"].Value,
                match.Groups["text"].Value
            ))
            .Distinct()
            .ToList();

    private static int Number(Group group) => group.Success ? int.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture) : 0;

    // A compiler's error inside the container arrives as a step's output, indented below the step: that is no error of this build.
    [GeneratedRegex(
        @"^(\s*\d+(:\d+)?>)?(?<file>\S.*?)?\s?(\((?<line>\d+)(,(?<column>\d+))?\))?\s?: (?<severity>error|warning) (?<code>[A-Z]+[0-9]+): (?<text>.*?)( \[[^\[\]]*proj[^\[\]]*\])?$"
    )]
    private static partial Regex ProblemPattern();
}

/// <summary>One error or warning in MSBuild's canonical form.</summary>
/// <param name="File">The file it belongs to.</param>
/// <param name="Line">The line in it; 0 where none was given.</param>
/// <param name="Column">The column in it; 0 where none was given.</param>
/// <param name="Code">Its code.</param>
/// <param name="Text">Its text.</param>
public sealed record LoggedProblem(string File, int Line, int Column, string Code, string Text);
