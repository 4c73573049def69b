using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Verification;

/// <summary>What a test project's run left behind.</summary>
/// <param name="Total">How many tests there are; null where the run wrote no result file.</param>
internal sealed partial record TestRun(string Project, int ExitCode, int? Total, ImmutableArray<TestFailure> Failures)
{
    // Someone who broke everything is helped by the first ones.
    private const int MostFailures = 50;

    // Microsoft.Testing.Platform's for a switch that no extension knows:
    // https://learn.microsoft.com/dotnet/core/testing/microsoft-testing-platform-exit-codes
    private const int UnknownSwitch = 5;

    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    /// <summary>Reads the results of a project.</summary>
    /// <param name="folder">The folder that they were copied to.</param>
    /// <param name="project">The project's name, after which its files are named.</param>
    /// <param name="context">The build context's absolute path on this machine, for the places of failures.</param>
    public static TestRun Read(string folder, string project, string context)
    {
        var exit = Path.Combine(folder, project + ".exit-code");
        var exitCode =
            File.Exists(exit)
            && int.TryParse(File.ReadAllText(exit), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var code)
                ? code
                : 1;
        File.Delete(exit);
        var results = Path.Combine(folder, project + ".trx");
        try
        {
            return File.Exists(results) ? Read(XDocument.Load(results), project, exitCode, context) : new(project, exitCode, null, []);
        }
        catch (XmlException)
        {
            // A run that crashed leaves a torn file.
            return new(project, exitCode, null, []);
        }
    }

    /// <summary>Says in one line how the run went.</summary>
    /// <param name="folder">Where its results are.</param>
    public string Summary(string folder) =>
        Total is { } total
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Project}: {total} test{(total == 1 ? "" : "s")}, {Failures.Length} failed, results in {folder}"
            )
            : string.Create(CultureInfo.InvariantCulture, $"{Project}: no results, exit code {ExitCode}, results in {folder}");

    /// <summary>Says what failed.</summary>
    /// <param name="folder">Where its results are.</param>
    /// <returns>A diagnostic for each failed test, at its line where that is known; one where the run itself failed; none where all
    /// passed.</returns>
    public IEnumerable<Diagnostic> Diagnostics(string folder)
    {
        if (Failures.Length > 0)
        {
            return Failures
                .Take(MostFailures)
                .Select(failure =>
                    Codes.TestFailed.With(failure.Name, failure.Message) with
                    {
                        Block = $"The test {failure.Name} failed:\n{failure.Message.ReplaceLineEndings("\n")}",
                        About = "ContainerTestProjects",
                        Location = failure.Location,
                    }
                );
        }

        return ExitCode == 0
            ? []
            :
            [
                (
                    ExitCode == UnknownSwitch && Total is null
                        ? Codes.NoTestReport.With(Project)
                        : Codes.TestRunFailed.With(Project, Said(ExitCode), folder)
                ) with
                {
                    About = "ContainerTestProjects",
                },
            ];
    }

    // Those of Microsoft.Testing.Platform and of signals; VSTest has 1 alone.
    private static string Said(int exitCode) =>
        exitCode.ToString(CultureInfo.InvariantCulture)
        + exitCode switch
        {
            3 => " (it was cancelled)",
            7 => " (the test host crashed)",
            8 => " (no test ran)",
            9 => " (fewer tests ran than are expected)",
            10 => " (the test adapter failed)",
            > 128 and < 160 => $" (signal {exitCode - 128})",
            _ => "",
        };

    private static TestRun Read(XDocument results, string project, int exitCode, string context)
    {
        var classes = results
            .Descendants(Trx + "UnitTest")
            .Select(test => ((string?)test.Attribute("id"), (string?)test.Element(Trx + "TestMethod")?.Attribute("className")))
            .ToLookup(test => test.Item1, test => test.Item2);
        var all = results.Descendants(Trx + "UnitTestResult").ToList();
        var failed = all.Where(result => (string?)result.Attribute("outcome") is "Failed" or "Error" or "Timeout" or "Aborted")
            .Select(result => Failure(result, classes[(string?)result.Attribute("testId")].FirstOrDefault(), context));
        return new(project, exitCode, all.Count, [.. failed]);
    }

    private static TestFailure Failure(XElement result, string? className, string context)
    {
        var name = (string?)result.Attribute("testName") ?? "";
        var error = result.Element(Trx + "Output")?.Element(Trx + "ErrorInfo");
        var message = ((string?)error?.Element(Trx + "Message") ?? (string?)result.Attribute("outcome") ?? "").Trim();
        var type = className?.Split(',')[0];
        return new(
            string.IsNullOrEmpty(type) || name.StartsWith(type + ".", StringComparison.Ordinal) ? name : $"{type}.{name}",
            message,
            Place((string?)error?.Element(Trx + "StackTrace") ?? "", context)
        );
    }

    // The first frame whose source is in the context: those above are the test framework's.
    private static SourceLocation? Place(string stackTrace, string context) =>
        Frame()
            .Matches(stackTrace)
            .Select(frame => new SourceLocation(
                Path.Combine(context, frame.Groups["file"].Value.Replace('/', Path.DirectorySeparatorChar)),
                int.Parse(frame.Groups["line"].Value, CultureInfo.InvariantCulture)
            ))
            .FirstOrDefault(place => File.Exists(place.File));

    // /src is where the context lies in the container, /_/ what it is called in a build whose paths are made the same everywhere.
    [GeneratedRegex(
        @" in (/src/|/_/)(?<file>[^\r\n]+?):line (?<line>[0-9]{1,9})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Frame();
}

/// <summary>A test that failed.</summary>
/// <param name="Name">Its class and name, with its arguments where it has some.</param>
/// <param name="Message">Why, in the test framework's words; may have several lines.</param>
/// <param name="Location">Where, on this machine; null where that is not known.</param>
internal sealed record TestFailure(string Name, string Message, SourceLocation? Location);
