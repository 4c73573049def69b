using CsCheck;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests.Context;

[TestClass]
public sealed class IgnoreRulesTests
{
    [TestMethod]
    public void A_backslash_separates_folders_on_Windows_and_escapes_elsewhere()
    {
        Assert.IsTrue(IgnoreRules.Parse("src\\.git", HostSystem.Windows).IsExcluded("src/.git"));
        Assert.IsFalse(IgnoreRules.Parse("src\\.git", HostSystem.Linux).IsExcluded("src/.git"));
        Assert.IsTrue(IgnoreRules.Parse("src\\.git", HostSystem.Linux).IsExcluded("src.git"));
        Assert.IsTrue(IgnoreRules.Parse("\\*", HostSystem.Linux).IsExcluded("*"));
    }

    [TestMethod]
    [DataRow("**", "dir/file")]
    [DataRow("**/", "file", DisplayName = "a slash at the end says nothing")]
    [DataRow("**/**", "dir/file")]
    [DataRow("dir/**", "dir/dir2/file")]
    [DataRow("**/dir", "dir")]
    [DataRow("**/dir", "dir/file", DisplayName = "what is in an excluded folder is excluded")]
    [DataRow("**/dir2/*", "dir/dir2/file")]
    [DataRow("**/dir2/**", "dir/dir2/dir3/file")]
    [DataRow("**file", "dir/xfile", DisplayName = "two stars without a slash are a suffix")]
    [DataRow("**/file*txt", "dir/dir/file.txt")]
    [DataRow("**/**/*.txt", "file.txt")]
    [DataRow("a**/*.txt", "a/dir/dir/file.txt")]
    [DataRow("a**/b", "ab", DisplayName = "the slash after two stars may stand for nothing")]
    [DataRow("a/*.txt**", "a/file.txt")]
    [DataRow("a[b-d]e", "ace")]
    [DataRow("a[^b-d]e", "aze")]
    [DataRow("[a-ζ]*", "α")]
    [DataRow("a?b", "a☺b")]
    [DataRow("a?b", "a😀b", DisplayName = "a question mark is one character, whatever it takes in UTF-16")]
    [DataRow("[\\]a]", "]")]
    [DataRow("[x\\-]", "-")]
    [DataRow("a.|)$(}+{bc", "a.|)$(}+{bc")]
    [DataRow("a.b*", "a.bc")]
    [DataRow("/a", "a/b")]
    [DataRow("./a/../b//", "b")]
    [DataRow("  a  ", "a")]
    [DataRow(" #a", "#a", DisplayName = "only a hash in the first column makes a comment")]
    [DataRow("\uFEFFa", "a", DisplayName = "a byte order mark is no part of the first pattern")]
    [DataRow("a\r\nb\r\n", "a")]
    [DataRow("*\n!a\na/b", "a/b/c")]
    [DataRow("a\n!a/b\na", "a/b/c")]
    [DataRow("!!a\n!!a\n*\n!!b", "!a")]
    public void Excludes(string rules, string path) => Assert.IsTrue(IgnoreRules.Parse(rules).IsExcluded(path));

    [TestMethod]
    [DataRow("", "a")]
    [DataRow("\n \n# all\n", "all")]
    [DataRow("a/*.txt", "a/dir/file.txt")]
    [DataRow("**/**/*.txt2", "dir/dir/file.txt")]
    [DataRow("a[b-d]e", "aae")]
    [DataRow("abc.def", "abcZdef")]
    [DataRow("a?b", "a/b")]
    [DataRow("a*b", "a/b")]
    [DataRow("abc/**", "abc")]
    [DataRow("**/.foo", "bar.foo")]
    [DataRow("*", ".")]
    [DataRow("..", "a")]
    [DataRow("../a", "a")]
    [DataRow("/", "a")]
    [DataRow("bin", "Bin", DisplayName = "case counts")]
    [DataRow("obj", "src/obj", DisplayName = "a name is looked for at the root alone")]
    [DataRow("*\n!a", "a/b/c")]
    [DataRow("*\n! a", "a")]
    [DataRow("docs\n!docs/README.md", "docs/README.md")]
    [DataRow("docs/\n!docs/*.md", "docs/README.md")]
    [DataRow("**\n!dist/*.whl", "dist/proxy.py-2.4.0rc3.dev36+g08acad9-py3-none-any.whl")]
    [DataRow("**\n!/a/../util/web", "util/web/foo")]
    public void Includes(string rules, string path) => Assert.IsFalse(IgnoreRules.Parse(rules).IsExcluded(path));

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow("a\\*b", "a*b", true)]
    [DataRow("a\\*b", "axb", false)]
    [DataRow("a\\\\", "a\\", true)]
    [DataRow("\\!a", "!a", true)]
    [DataRow("\\#a", "#a", true)]
    public void A_backslash_takes_the_next_character_as_it_is(string rules, string path, bool excluded) =>
        Assert.AreEqual(excluded, IgnoreRules.Parse(rules).IsExcluded(path));

    [TestMethod]
    [DataRow("!")]
    [DataRow("[")]
    [DataRow("[]a]")]
    [DataRow("[-]")]
    [DataRow("[x-]")]
    [DataRow("[a-b-c]")]
    [DataRow("[^")]
    [DataRow("a[b")]
    [DataRow("[z-a]")]
    public void A_line_that_Docker_refuses_is_an_error_that_names_it(string line)
    {
        var exception = Assert.ThrowsExactly<MultiStageException>(() => IgnoreRules.Parse("a\n" + line));
        Assert.AreSame(Codes.IgnorePatternMalformed, exception.Diagnostic.Descriptor);
        Assert.Contains($"'{line}'", exception.Message);
    }

    [TestMethod]
    [DataRow("*\n!src", "src", true)]
    [DataRow("*\n!src/app", "src", true)]
    [DataRow("*\n!src/app", "src/app", true)]
    [DataRow("*\n!src/app", "src/lib", false)]
    [DataRow("*\n!src/**", "docs", false)]
    [DataRow("*\n!s*", "docs", false)]
    [DataRow("*\n!**/*.cs", "docs", true)]
    [DataRow("!src/app\n*", "src", false, DisplayName = "a negation before the pattern that excludes changes nothing")]
    public void An_excluded_folder_is_looked_into_only_where_something_in_it_may_be_included(string rules, string directory, bool expected)
    {
        var parsed = IgnoreRules.Parse(rules);
        Assert.AreEqual(
            expected,
            !parsed.IsExcluded(directory) || parsed.MayIncludeBeneath(directory, parsed.LastMatch(directory, IgnoreRules.NoMatch))
        );
    }

    // Patterns and paths of few letters, so that most of them meet.
    private static readonly Gen<string> Pattern =
        from negated in Gen.Bool
        from parts in Gen.OneOf("a", "b", "ab", "*", "**", "a*", "?b", "[ab]", "*b", "**b", "..", ".").Array[1, 4]
        select (negated ? "!" : "") + string.Join('/', parts);

    private static readonly Gen<string> RelativePath = Gen.OneOf("a", "b", "ab", "bb", "c")
        .Array[1, 5]
        .Select(parts => string.Join('/', parts));

    [TestMethod]
    public void A_walk_that_passes_over_folders_finds_what_each_path_alone_says() =>
        Gen.Select(Pattern.Array[1, 6], RelativePath)
            .Sample(
                (lines, path) =>
                {
                    var rules = IgnoreRules.Parse(string.Join('\n', lines));
                    Assert.AreEqual(!rules.IsExcluded(path), WalkReaches(rules, path), $"{string.Join(" | ", lines)} on {path}");
                }
            );

    [TestMethod]
    public void The_last_line_that_matches_a_path_or_a_folder_above_it_decides() =>
        Gen.Select(Pattern.Array[1, 6], RelativePath)
            .Sample(
                (lines, path) =>
                {
                    var decisive = lines.LastOrDefault(line => IgnoreRules.Parse(line.TrimStart('!')).IsExcluded(path));
                    var expected = decisive is not null && !decisive.StartsWith('!');
                    Assert.AreEqual(
                        expected,
                        IgnoreRules.Parse(string.Join('\n', lines)).IsExcluded(path),
                        $"{string.Join(" | ", lines)} on {path}"
                    );
                }
            );

    private static bool WalkReaches(IgnoreRules rules, string path)
    {
        var last = IgnoreRules.NoMatch;
        var parts = path.Split('/');
        for (var depth = 1; depth < parts.Length; depth++)
        {
            var directory = string.Join('/', parts[..depth]);
            last = rules.LastMatch(directory, last);
            if (rules.IsExcluded(last) && !rules.MayIncludeBeneath(directory, last))
            {
                return false;
            }
        }

        return !rules.IsExcluded(rules.LastMatch(path, last));
    }
}
