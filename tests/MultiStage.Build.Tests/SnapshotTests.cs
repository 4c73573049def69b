namespace MultiStage.Build.Tests;

[TestClass]
public sealed class SnapshotTests
{
    [TestMethod]
    public void A_difference_shows_the_lines_that_differ_and_their_neighbours() =>
        Assert.AreEqual(
            "@@ line 5 @@\n 2\n 3\n 4\n-five\n+5\n+5½\n 6\n 7\n 8\n",
            Snapshot.Difference("1\n2\n3\n4\nfive\n6\n7\n8\n9", "1\n2\n3\n4\n5\n5½\n6\n7\n8\n9")
        );

    [TestMethod]
    public void A_difference_that_cannot_be_seen_is_made_visible() =>
        Assert.AreEqual("@@ line 1 @@\n-a\n+(BOM)a··␍\n \n", Snapshot.Difference("a\n", "\uFEFFa  \r\n"));

    [TestMethod]
    public void A_text_that_only_ends_differently_differs() => Assert.AreEqual("@@ line 2 @@\n a\n+\n", Snapshot.Difference("a", "a\n"));

    [TestMethod]
    public void A_missing_snapshot_fails_and_says_how_to_write_it()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            return;
        }

        var failure = Assert.ThrowsExactly<AssertFailedException>(() => Snapshot.Match("no such case", "file.txt", "text"));
        Assert.Contains("UPDATE_SNAPSHOTS=1", failure.Message);
    }
}
