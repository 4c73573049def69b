namespace MultiStage.Build.Tests;

[TestClass]
public sealed class PipelineRunTests
{
    [TestMethod]
    public void A_run_alone_leaves_the_copies_for_people_and_nothing_else()
    {
        using var folder = new TempFolder();
        var run = PipelineRun.Begin(folder.Path);
        PipelineFile.WriteText(Path.Combine(run.Folder, "size.json"), "{}");

        Assert.AreEqual(folder.Path, run.ForPeople);
        Assert.IsFalse(run.Overlaps);
        run.Dispose();

        Assert.IsFalse(Directory.Exists(run.Folder));
    }

    [TestMethod]
    public void Runs_that_overlap_have_folders_of_their_own_which_outlive_them()
    {
        using var folder = new TempFolder();
        var first = PipelineRun.Begin(folder.Path);
        var second = PipelineRun.Begin(folder.Path);

        Assert.AreNotEqual(first.Folder, second.Folder);
        Assert.AreEqual(first.Folder, first.ForPeople);
        Assert.AreEqual(second.Folder, second.ForPeople);
        first.Dispose();
        second.Dispose();

        Assert.IsTrue(Directory.Exists(first.Folder));
        Assert.IsTrue(Directory.Exists(second.Folder));
        using var third = PipelineRun.Begin(folder.Path);
        Assert.IsFalse(third.Overlaps, "The others were over.");
    }

    [TestMethod]
    [DataRow(30, false, true)]
    [DataRow(90, false, false)]
    [DataRow(90, true, true)]
    [DataRow(25 * 60, true, false)]
    public void A_later_run_removes_what_is_old_and_keeps_what_may_still_be_read(int minutes, bool isRunning, bool stays)
    {
        using var folder = new TempFolder();
        var (old, other) = (PipelineRun.Begin(folder.Path), PipelineRun.Begin(folder.Path));
        other.Dispose();
        if (!isRunning)
        {
            old.Dispose();
        }

        Directory.SetLastWriteTimeUtc(old.Folder, DateTime.UtcNow.AddMinutes(-minutes));

        using var later = PipelineRun.Begin(folder.Path);

        Assert.AreEqual(stays, Directory.Exists(old.Folder));
        Assert.AreEqual(isRunning && stays, later.Overlaps);
    }

    [TestMethod]
    public void Of_runs_that_begin_at_the_same_moment_every_one_knows_that_it_is_not_alone()
    {
        using var folder = new TempFolder();
        var runs = new PipelineRun[16];

        Parallel.For(0, runs.Length, new ParallelOptions { MaxDegreeOfParallelism = runs.Length }, i =>
            runs[i] = PipelineRun.Begin(folder.Path)
        );

        Assert.HasCount(runs.Length, runs.Select(run => run.Folder).Distinct(StringComparer.Ordinal));
        Assert.IsTrue(runs.All(run => run.Overlaps));
    }
}
