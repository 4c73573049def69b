using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MultiStage.Build.Tests.Targets;

/// <summary>MSBuild takes every snippet of a project file in the README and the reference.</summary>
[TestClass]
public sealed partial class SnippetsAreEvaluated
{
    private static readonly string[] s_groups = ["PropertyGroup", "ItemGroup", "Target", "Import", "UsingTask"];

    [TestMethod]
    public void MSBuild_evaluates_each_snippet()
    {
        using var project = new TargetProject();
        var snippets = Directory
            .EnumerateFiles(RepositoryRoot.Combine("sdk"), "*.md", SearchOption.AllDirectories)
            .Append(RepositoryRoot.Combine("README.md"))
            .SelectMany(file =>
                Snippet().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")).Select(match => match.Groups["text"].Value)
            )
            .Select(Elements)
            .Where(elements => elements.All(element => element.Name.LocalName != "configuration"))
            .ToList();
        Assert.IsGreaterThan(20, snippets.Count);
        foreach (var (i, elements) in snippets.Index())
        {
            project.Write($"src/App/snippet{i}.props", new XElement("Project", elements.Select(InGroup)).ToString());
        }

        project.Write(
            "src/App/App.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              {string.Concat(snippets.Select((_, i) => $"<Import Project=\"snippet{i}.props\" />"))}
            </Project>
            """
        );

        Assert.AreEqual("net10.0", project.Run("-getProperty:TargetFramework").Succeeded().Output.Trim());
    }

    // A snippet shows a project, a part of one, or a line of a group.
    private static IReadOnlyList<XElement> Elements(string snippet)
    {
        var isOpen = snippet.Contains("<Project ", StringComparison.Ordinal) && !snippet.Contains("</Project>", StringComparison.Ordinal);
        return
        [
            .. XElement
                .Parse($"<Snippet>{snippet}{(isOpen ? "</Project>" : "")}</Snippet>")
                .Elements()
                .SelectMany(element => element.Name.LocalName == "Project" ? element.Elements() : [element])
                .Where(element => element.Name.LocalName != "Sdk"),
        ];
    }

    private static XElement InGroup(XElement element) =>
        s_groups.Contains(element.Name.LocalName) ? element
        : element.Attribute("Include") is null && element.Attribute("Update") is null ? new XElement("PropertyGroup", element)
        : new XElement("ItemGroup", element);

    [GeneratedRegex(@"^ *```xml\n(?<text>.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Snippet();
}
