using System.Reflection;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Tests.Reference;

namespace MultiStage.Build.Tests;

/// <summary>What users may depend on, the reference and the tests name the same things.</summary>
[TestClass]
public sealed class ReferenceTests
{
    [TestMethod]
    public void Every_name_has_exactly_one_entry()
    {
        var entries = new ReferenceDocument().Entries.CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

        Assert.IsGreaterThan(60, PublicNames.All.Count);
        Assert.AreEqual(
            "",
            Lines(
                PublicNames
                    .All.Where(name => entries.GetValueOrDefault(name) != Meanings(name))
                    .Select(name => $"{name}: {entries.GetValueOrDefault(name)}")
            )
        );

        // PublishMultiStage is a property and a target.
        static int Meanings(string name) => PublicNames.Targets.Contains(name) && PublicNames.OfPackage.Contains(name) ? 2 : 1;
    }

    [TestMethod]
    public void Nothing_is_documented_that_does_not_exist()
    {
        var codes = Codes.All.Select(d => d.Code).ToHashSet(StringComparer.Ordinal);

        Assert.AreEqual(
            "",
            Lines(
                new ReferenceDocument()
                    .Names.Where(PublicNames.IsOfOurKind)
                    .Where(name => !PublicNames.All.Contains(name) && !codes.Contains(name))
            )
        );
    }

    [TestMethod]
    public void Every_name_is_used_by_a_test()
    {
        var sources = TestSources();

        Assert.AreEqual("", Lines(PublicNames.All.Where(name => !Regex.IsMatch(sources, $@"\b{name}\b", RegexOptions.CultureInvariant))));
    }

    [TestMethod]
    public void Every_diagnostic_is_used_by_a_test()
    {
        var sources = TestSources();
        var fields = typeof(Codes)
            .GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(f => (f.Name, Code: (f.GetValue(null) as DiagnosticDescriptor)?.Code));

        Assert.AreEqual(
            "",
            Lines(
                fields
                    .Where(f =>
                        f.Code is not null && !Regex.IsMatch(sources, $@"\b({f.Code}|Codes\.{f.Name})\b", RegexOptions.CultureInvariant)
                    )
                    .Select(f => $"{f.Code} {f.Name}")
            )
        );
    }

    [TestMethod]
    public void The_reference_says_of_each_diagnostic_what_the_code_says() =>
        ReferenceDocument.Holds(
            "## Diagnostics",
            "| Code",
            "## ",
            string.Join(
                '\n',
                [
                    "| Code | Cause | Cure |",
                    "|---|---|---|",
                    .. Codes.All.Select(d =>
                        $"| `{d.Code}` {d.Severity.ToString().ToLowerInvariant()} | {Cell(d.Cause)} | {Cell(d.Cure)} |"
                    ),
                    "",
                ]
            )
        );

    [TestMethod]
    [DataRow("### Version stamps", nameof(GlobalProperties.VersionStamps))]
    [DataRow("### Not forwarded", nameof(GlobalProperties.NotForwarded))]
    public void The_reference_lists_the_properties_that_are_not_forwarded_as_they_are(string heading, string list)
    {
        var actual = list == nameof(GlobalProperties.NotForwarded) ? GlobalProperties.NotForwarded : GlobalProperties.VersionStamps;
        var paragraph = new ReferenceDocument().Section(heading).Split("\n\n").Single(text => text.StartsWith('`'));

        Assert.AreEqual(
            Lines(actual.Order(StringComparer.Ordinal)),
            Lines(Regex.Matches(paragraph, "`([^`]+)`").Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal))
        );
    }

    // These name things without using them.
    private static bool IsUser(string file) =>
        Path.GetFileName(file) != "ReferenceTests.cs" && Path.GetFileName(Path.GetDirectoryName(file)) is not ("Reference" or "obj");

    private static string TestSources() =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(RepositoryRoot.Combine("tests"), "*.cs", SearchOption.AllDirectories)
                .Where(IsUser)
                .Select(File.ReadAllText)
        );

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Distinct(StringComparer.Ordinal));
}
