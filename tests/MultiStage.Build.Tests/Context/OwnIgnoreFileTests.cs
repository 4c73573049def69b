using MultiStage.Build.Context;

namespace MultiStage.Build.Tests.Context;

[TestClass]
public sealed class OwnIgnoreFileTests
{
    private static readonly string[] Files =
    [
        "other/secret.txt",
        "src/Web/Program.cs",
        "src/Web/notes.md",
        "src/Web/data/a.json",
        "src/Web/data/keep.json",
        "src/Web/logs/x.log",
        "src/Web/logs/deep/y.log",
        "src/Web/odd[1].txt",
    ];

    private static readonly IgnoreRules Generated = IgnoreRules.Parse("**\n!src/Web\n");

    [TestMethod]
    public void Patterns_that_only_exclude_are_taken_as_they_are() =>
        CollectionAssert.AreEqual(
            new[] { "**/logs", "*.md" },
            OwnIgnoreFile.Exclusions("/nowhere", Generated, "\uFEFF# a comment\r\n**/logs  \r\n\r\n*.md\r\n")
        );

    [TestMethod]
    public void An_exception_narrows_its_own_exclusion_and_widens_nothing()
    {
        using var folder = Tree();
        CollectionAssert.AreEqual(
            new[] { "src/Web/data/a.json", "src/Web/logs" },
            OwnIgnoreFile.Exclusions(folder.Path, Generated, "src/Web/data/*\n!src/Web/data/keep.json\n**/logs\n!other\n")
        );
    }

    [TestMethod]
    public void A_list_of_what_goes_in_excludes_the_rest()
    {
        using var folder = Tree();
        CollectionAssert.AreEqual(
            new[] { "src/Web/data", "src/Web/logs", "src/Web/notes.md", "src/Web/odd[[]1].txt" },
            OwnIgnoreFile.Exclusions(folder.Path, Generated, "*\n!src/Web/*.cs\n")
        );
    }

    [TestMethod]
    [DataRow("*\n!src/Web/*.cs\n!src/Web/data/keep.json\n")]
    [DataRow("**/*.json\n!**/keep.json\n")]
    [DataRow("src\n!src/Web/logs/deep\n")]
    public void What_is_sent_is_what_both_let_in(string own)
    {
        using var folder = Tree();
        var both = IgnoreRules.Parse("**\n!src/Web\n" + string.Join('\n', OwnIgnoreFile.Exclusions(folder.Path, Generated, own)));
        var ownRules = IgnoreRules.Parse(own);
        CollectionAssert.AreEqual(
            Files.Where(file => !Generated.IsExcluded(file) && !ownRules.IsExcluded(file)).ToArray(),
            Files.Where(file => !both.IsExcluded(file)).ToArray()
        );
    }

    private static TempFolder Tree()
    {
        var folder = new TempFolder();
        foreach (var file in Files)
        {
            folder.Write(file, "");
        }

        return folder;
    }
}
