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
    public void The_page_of_diagnostics_says_of_each_what_the_code_says() =>
        ReferenceDocument.Holds(
            "# Diagnostics",
            "## ",
            "# ",
            string.Join("\n\n", Codes.All.Select(d => $"## {d.Code}\n\n{d.Severity}. {d.Cause}\n\n**Cure:** {d.Cure}"))
        );

    [TestMethod]
    public void The_help_link_of_a_diagnostic_leads_to_its_heading()
    {
        var anchors = new ReferencePage(RepositoryRoot.Combine("sdk", DiagnosticDescriptor.HelpPage)).Anchors.ToList();

        Assert.AreEqual("", Lines(Codes.All.Where(code => !anchors.Contains(code.Anchor)).Select(code => code.Code)));
    }

    [TestMethod]
    public void The_index_leads_to_the_entry_of_every_name_of_the_package()
    {
        var pages = new ReferenceDocument().Pages;

        ReferenceDocument.Holds(
            "## Index",
            "| Name",
            "## ",
            string.Join(
                '\n',
                [
                    "| Name | Page |",
                    "|---|---|",
                    .. PublicNames
                        .OfPackage.Except(PublicNames.OfSdk)
                        .Concat(PublicNames.Targets)
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal)
                        .Select(Row),
                    "",
                ]
            )
        );

        // A name that is both a property and a target is explained where it is a heading.
        string Row(string name)
        {
            var page = pages.FirstOrDefault(page => page.Lines.Contains($"### `{name}`") || page.Lines.Contains($"## `{name}`"));
            var file = page ?? pages.First(page => page.Entries.Contains(name));
            var anchor = page is null ? "" : $"#{ReferencePage.Anchor(name)}";
            return $"| [`{name}`]({(file.Name.EndsWith("/properties.md", StringComparison.Ordinal) ? "" : Path.GetFileName(file.File))}{anchor}) | {file.Title} |";
        }
    }

    [TestMethod]
    public void Every_link_leads_somewhere()
    {
        var pages = new ReferenceDocument()
            .Pages.Append(new ReferencePage(RepositoryRoot.Combine("README.md")))
            .ToDictionary(page => page.File, StringComparer.Ordinal);

        Assert.AreEqual(
            "",
            Lines(pages.Values.SelectMany(page => page.Links.Where(link => !Leads(page, link)).Select(link => $"{page.Name}: {link}")))
        );

        bool Leads(ReferencePage from, string link)
        {
            var parts = link.Split('#');
            var file = parts[0] == "" ? from.File : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(from.File)!, parts[0]));
            return parts.Length == 1 ? Path.Exists(file) : pages.TryGetValue(file, out var page) && page.Anchors.Contains(parts[1]);
        }
    }

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

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines.Distinct(StringComparer.Ordinal));
}
