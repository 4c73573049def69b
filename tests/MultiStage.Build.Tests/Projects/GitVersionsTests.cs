using System.Collections.Immutable;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class GitVersionsTests
{
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary.Create<string, string>(
        StringComparer.OrdinalIgnoreCase
    );

    [TestMethod]
    [DataRow("", "", "", "SourceRevisionId=")]
    [DataRow("abc", "", "", "SourceRevisionId=abc")]
    [DataRow("abc", "https://example.com/r", "1.2.3-alpha.0.4", "MinVerVersionOverride=1.2.3-alpha.0.4 SourceRevisionId=abc")]
    public void What_is_asked_for_has_a_name_with_or_without_a_commit(string revision, string url, string minVer, string expected) =>
        Assert.AreEqual(expected, Text(GitVersions.Read(new(revision, url, "", minVer, [], StampsRevision: true), None, _ => false)));

    [TestMethod]
    public void What_is_not_asked_for_is_not_there() =>
        Assert.AreEqual(
            "PrivateRepositoryUrl=https://example.com/r",
            Text(GitVersions.Read(new("abc", "https://example.com/r", "main", "", [], PublishesRepositoryUrl: true), None, _ => false))
        );

    [TestMethod]
    public void The_command_line_wins() =>
        Assert.AreEqual(
            "",
            Text(GitVersions.Read(new("abc", "", "", "", [], StampsRevision: true), None.Add("sourceRevisionId", "mine"), name => name == "SourceRevisionId"))
        );

    [TestMethod]
    public void What_the_project_reads_itself_is_there() =>
        Assert.AreEqual(
            "SourceBranchName=refs/heads/main SourceRevisionId=abc",
            Text(
                GitVersions.Read(
                    new("abc", "https://example.com/r", "refs/heads/main", "", []),
                    None,
                    name => name is "SourceRevisionId" or "SourceBranchName"
                )
            )
        );

    [TestMethod]
    public void The_versions_of_Nerdbank_come_as_one()
    {
        var versions = GitVersions.Read(new("", "", "", "", [new("Version", "1.2.3-g01"), new("PrereleaseVersion", "")]), None, _ => false);
        Assert.AreEqual("NerdbankVersions=Version|1.2.3-g01;PrereleaseVersion|", Text(versions));
        Assert.IsTrue(versions.NeedsNerdbank);
    }

    private static string Text(GitVersions versions) =>
        string.Join(' ', versions.Values.Select(version => $"{version.Key}={version.Value}"));
}
