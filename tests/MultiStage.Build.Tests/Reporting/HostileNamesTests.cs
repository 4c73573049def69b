using System.Text.Json;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Ci;
using MultiStage.Build.Reporting.Page;

namespace MultiStage.Build.Tests.Reporting;

/// <summary>An image may be anybody's: no name in it may become a command, a tag, a link or the end of what it stands in.</summary>
[TestClass]
public sealed partial class HostileNamesTests
{
    private static readonly string[] s_names =
    [
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<!--",
        "]]>",
        "{{data}}",
        "a|b",
        "`code`",
        "[text](https://example.com)",
        "@everyone",
        "https://example.com",
        "::error::owned",
        "##vso[task.setvariable variable=x]y",
        "##[error]owned",
        "\u001b[0Ksection_start:1:x\r\u001b[0K",
        "a\nb",
        "a\r\nb",
        "\u2028",
        "\"quoted\"",
        "back\\slash",
        "ümlaut",
        "\ud800",
        "&lt;",
        "*.js",
        "_a_",
        "#1",
        "%0A",
        "%AZP25",
        "a;b]c",
        "~~x~~",
        "$x$",
        ":rocket:",
        "<details>",
        "www.example.com",
        "gnp.\u202eexe",
        "\u2067x\u2069",
        "a\u200bb",
    ];

    [TestMethod]
    public void A_page_gives_every_name_back_and_runs_none()
    {
        var page = PageReport.Write(Report(), null, _ => "");
        var data = Data().Matches(page).Single().Groups[1].Value;
        Assert.DoesNotContain("<", data);
        using var json = JsonDocument.Parse(data);
        var names = json.RootElement.GetProperty("files").GetProperty("n").EnumerateArray().Select(name => name.GetString()!).ToList();
        // Half a surrogate pair is no character, and has no UTF-8.
        CollectionAssert.AreEqual(
            s_names
                .Select(name => name[(name.LastIndexOf('/') + 1)..].Replace("\ud800", "\ufffd", StringComparison.Ordinal))
                .Select(name => Direction().Replace(name, "\ufffd"))
                .ToList(),
            names
        );
    }

    [TestMethod]
    public void A_log_gets_no_command()
    {
        foreach (var line in LogText.Safe(string.Join('\n', s_names.Select(name => "   " + name))).Split('\n'))
        {
            Assert.DoesNotContain("##[", line);
            Assert.DoesNotContain("##vso[", line);
            Assert.DoesNotContain("\u001b", line);
            Assert.DoesNotContain("\r", line);
            Assert.IsFalse(Direction().IsMatch(line), line);
            Assert.IsFalse(line.TrimStart().StartsWith("::", StringComparison.Ordinal), line);
        }
    }

    [TestMethod]
    public void A_log_keeps_what_is_harmless() =>
        Assert.AreEqual("  RUN a::b ## c [####>\n  ümlaut", LogText.Safe("  RUN a::b ## c [####>\n  ümlaut"));

    [TestMethod]
    public void Markdown_gets_letters_alone()
    {
        foreach (var name in s_names)
        {
            var markdown = MarkdownText.Of(name);
            Assert.IsFalse(Unescaped().IsMatch(Reference().Replace(markdown, "")), markdown);
            Assert.DoesNotContain("\n", markdown);
            Assert.IsFalse(Direction().IsMatch(markdown), markdown);
        }

        // What a reader sees is the name.
        Assert.AreEqual("[text](https://example.com)", System.Net.WebUtility.HtmlDecode(MarkdownText.Of("[text](https://example.com)")));
    }

    [TestMethod]
    public void Markdown_tables_keep_their_columns()
    {
        var markdown = MarkdownReport.Write(Report(), []);
        foreach (var line in markdown.Split('\n').Where(line => line.StartsWith('|')))
        {
            Assert.Contains(line.Count(character => character == '|'), [3, 4, 5], line);
        }

        Assert.DoesNotContain("<script", markdown);
        Assert.DoesNotContain("<img", markdown);
    }

    [TestMethod]
    public void Annotations_are_one_line_each_and_escape_what_ends_their_parts()
    {
        var problem = new FoundProblem(
            Codes.SizeBudgetBroken.With("", "", "", "", "", "", "") with
            {
                Message = "100 %, a;b]c ::error:: ##vso[x]\r\nnext",
            },
            "src/a,b;c]%:d.csproj",
            31,
            5,
            "ContainerSizeBudget"
        );
        Assert.AreEqual(
            "::error file=src/a%2Cb;c]%25%3Ad.csproj,line=31,col=5,title=MULTISTAGE4001::100 %25, a;b]c ::error:: ##vso[x]%0D%0Anext",
            BuildServers.Annotations(BuildServer.GitHubActions, [problem]).Single()
        );
        Assert.AreEqual(
            "##vso[task.logissue "
                + "type=error;sourcepath=src/a,b%3Bc%5D%AZP25:d.csproj;linenumber=31;columnnumber=5;code=MULTISTAGE4001;]100 %AZP25, a;b]c "
                + "::error:: ##vso[x]%0D%0Anext",
            BuildServers.Annotations(BuildServer.AzurePipelines, [problem]).Single()
        );
        Assert.IsEmpty(BuildServers.Annotations(BuildServer.GitLab, [problem]));
        Assert.IsEmpty(BuildServers.Annotations(BuildServer.None, [problem]));
    }

    [TestMethod]
    public void GitHub_shows_ten_of_a_kind_so_errors_are_not_crowded_out()
    {
        var warning = new FoundProblem(Codes.NoBaseline.With("", "", ""), "a", 0, 0, "");
        var error = new FoundProblem(Codes.SizeBudgetBroken.With("", "", "", "", "", "", ""), "a", 0, 0, "");
        var lines = BuildServers.Annotations(BuildServer.GitHubActions, [.. Enumerable.Repeat(warning, 15), error]);
        Assert.HasCount(11, lines);
        Assert.StartsWith("::error file=a,title=MULTISTAGE4001::", lines[0]);
    }

    private static SizeReport Report()
    {
        var origin = new FileOrigin(OriginKind.Package, "<b>|`x`", "1");
        var sizes = new ImageSizes(
            "sha256:0",
            Platform.Parse("linux/amd64"),
            null,
            [new LayerSize("sha256:0", "RUN echo '</script>' | tee `a`", 1000 * s_names.Length, false)],
            true
        );
        var breakdown = new SizeBreakdown(
            "sha256:0",
            "/",
            [.. s_names.Select(name => new AppFile("/app/" + name, 1000, FileKind.Other, origin) { Layer = 0 })]
        );
        return new SizeReport("web:</title>", "runtime", new MeasuredImage(sizes) { Breakdown = breakdown }, []);
    }

    [GeneratedRegex("""<script type="application/json" id="data">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex Data();

    [GeneratedRegex(@"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")]
    private static partial Regex Direction();

    [GeneratedRegex("&#[0-9]+;")]
    private static partial Regex Reference();

    [GeneratedRegex(@"[\\`*_{}\[\]<>#|~&:@""$]|www\.")]
    private static partial Regex Unescaped();
}
