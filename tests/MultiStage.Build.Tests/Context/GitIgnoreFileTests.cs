using MultiStage.Build.Context;

namespace MultiStage.Build.Tests.Context;

[TestClass]
public sealed class GitIgnoreFileTests
{
    [TestMethod]
    [DataRow("name", "name sub/name sub/name/below", "names sub/a.name")]
    [DataRow("/name", "name name/below", "sub/name")]
    [DataRow("a/b", "a/b a/b/c", "sub/a/b b")]
    [DataRow("folder/", "folder/x sub/folder/x", "folder sub/folder")]
    [DataRow("*.log", "x.log sub/y.log", "x.logs")]
    [DataRow("[Bb]in/", "bin/x Bin/x sub/bin/x", "sbin/x")]
    [DataRow("[!a]x", "bx sub/bx", "ax")]
    [DataRow("a/**/b", "a/b a/x/b a/x/y/b", "b")]
    [DataRow("**/deep", "deep sub/deep", "deeper")]
    [DataRow("a/*", "a/b a/b/c", "b/a")]
    [DataRow("*\n!keep.txt", "x sub/x", "keep.txt sub/keep.txt")]
    [DataRow("# comment\n\n\\#name\n\\!other", "#name !other", "# comment name other")]
    [DataRow("trailing   \nkept\\ ", "trailing|kept ", "kept")]
    [DataRow("with blank/x", "with blank/x", "blank/x")]
    [DataRow("[unclosed\nname", "name", "[unclosed u")]
    public void Its_patterns_match_as_git_matches_them(string text, string ignored, string kept)
    {
        var rules = IgnoreRules.None.With(GitIgnoreFile.Patterns(text.ReplaceLineEndings("\r\n"), ""));
        foreach (
            var path in ignored.Split(
                ignored.Contains('|', StringComparison.Ordinal) || ignored.StartsWith("with", StringComparison.Ordinal) ? '|' : ' '
            )
        )
        {
            Assert.IsTrue(rules.IsExcluded(path), path);
        }

        foreach (var path in kept.Split(' '))
        {
            Assert.IsFalse(rules.IsExcluded(path), path);
        }
    }

    [TestMethod]
    public void A_file_in_a_folder_counts_below_it()
    {
        var rules = IgnoreRules.None.With(GitIgnoreFile.Patterns("/x\ny\n", "docs [1]"));
        Assert.IsTrue(rules.IsExcluded("docs [1]/x") && rules.IsExcluded("docs [1]/sub/y"));
        Assert.IsFalse(rules.IsExcluded("x") || rules.IsExcluded("y") || rules.IsExcluded("docs [1]/sub/x"));
    }

    [TestMethod]
    public void A_file_above_the_context_counts_in_it() =>
        CollectionAssert.AreEqual(
            new[] { "**/bin/**", "lib", "!keep/*.txt" },
            GitIgnoreFile.PatternsAbove("bin/\n/src/lib\n/docs/x\n!src/keep/*.txt\n", "src").ToArray()
        );
}
