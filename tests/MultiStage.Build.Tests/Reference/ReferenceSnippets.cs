using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Tests.Reference;

/// <summary>What readers copy out of the reference and README names what there is.</summary>
[TestClass]
public sealed partial class ReferenceSnippets
{
    // The .NET SDK's own, which the pages set on their way.
    private static readonly string[] s_others = ["Version", "PublishTrimmed", "PublishAot", "InvariantGlobalization", "TargetFramework"];

    public static IEnumerable<object[]> Pages =>
        new ReferenceDocument()
            .Pages.Append(new ReferencePage(RepositoryRoot.Combine("README.md")))
            .Select(page => new object[] { page.Name });

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void Commands_give_properties_and_call_targets_that_there_are(string page)
    {
        var commands = string.Join('\n', Snippets(page, "console", "sh", "yaml"));

        Assert.IsEmpty(
            Property()
                .Matches(commands)
                .Select(match => match.Groups[1].Value)
                .Where(name => !KnownNames.All.Contains(name) && !s_others.Contains(name))
        );
        Assert.IsEmpty(
            Target().Matches(commands).Select(match => match.Groups[1].Value).Except(PublicNames.Targets, StringComparer.Ordinal)
        );
    }

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void Elements_are_well_formed_and_set_what_there_is(string page)
    {
        foreach (var snippet in Snippets(page, "xml"))
        {
            XElement project;
            try
            {
                // A snippet may end where the reader's own project goes on.
                var isOpen =
                    snippet.Contains("<Project ", StringComparison.Ordinal) && !snippet.Contains("</Project>", StringComparison.Ordinal);
                project = XElement.Parse($"<Snippet>{snippet}{(isOpen ? "</Project>" : "")}</Snippet>");
            }
            catch (XmlException e)
            {
                Assert.Fail($"{page}: {e.Message}\n{snippet}");
                return;
            }

            Assert.IsEmpty(project.DescendantsAndSelf().Select(element => Vocabulary.Meant(element.Name.LocalName)).OfType<string>());
            Assert.IsEmpty(
                project
                    .Descendants()
                    .Select(element => element.Name.LocalName)
                    .Where(name => name.StartsWith("Container", StringComparison.Ordinal) && !KnownNames.All.Contains(name))
            );
        }
    }

    private static IEnumerable<string> Snippets(string page, params string[] languages) =>
        Snippet()
            .Matches(File.ReadAllText(RepositoryRoot.Combine(page)).ReplaceLineEndings("\n"))
            .Where(match => languages.Contains(match.Groups["language"].Value))
            .Select(match => match.Groups["text"].Value);

    [GeneratedRegex(
        @"^ *```(?<language>[a-z]+)\n(?<text>.*?)^ *```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant
    )]
    private static partial Regex Snippet();

    [GeneratedRegex(@"-p:([A-Za-z]+)=", RegexOptions.CultureInvariant)]
    private static partial Regex Property();

    [GeneratedRegex(@" -t:([A-Za-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Target();
}
