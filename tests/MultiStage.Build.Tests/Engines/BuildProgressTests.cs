using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Tests.Engines;

[TestClass]
public sealed class BuildProgressTests
{
    [TestMethod]
    public void A_large_context_is_told_to_everybody()
    {
        var progress = new BuildProgress(TimeProvider.System);
        Assert.AreEqual(new ProgressLine("  context: 3 files, 0.1 MB", IsDetail: true), progress.Add(new ContextSent(3, 100_000)).Single());
        Assert.AreEqual(
            new ProgressLine("  context: 9 files, 250.0 MB; the ignore file may miss a folder", IsDetail: false),
            progress.Add(new ContextSent(9, 250_000_000)).Single()
        );
    }

    [TestMethod]
    public void A_base_image_that_is_fetched_is_told_once_it_is_there()
    {
        var progress = new BuildProgress(TimeProvider.System);
        Assert.IsEmpty(progress.Add(new StepCompleted("1", "[a 1/2] FROM b", false, TimeSpan.Zero, null)));
        Assert.IsTrue(progress.Add(new StepStarted("1", "[a 1/2] FROM b")).Single().IsDetail);
        Assert.AreEqual(
            "  [a 1/2] FROM b" + new string(' ', 53) + "2 min 03 s",
            progress.Add(new StepCompleted("1", "[a 1/2] FROM b", false, TimeSpan.FromSeconds(123), null))[^1].Text
        );
    }

    [TestMethod]
    public void Names_are_shown_on_one_line_without_what_only_the_builder_needs()
    {
        var name = StepName.Parse("[builder  3/12] RUN --mount=type=cache,target=/a   --network=none dotnet\tbuild --no-restore");
        Assert.AreEqual("[builder 3/12] RUN dotnet build --no-restore", name.Text);
        Assert.AreEqual("[builder 1-3/12]", name.TagFrom(1));
        Assert.AreEqual("[a 2/2] COPY --from=b /c /d", StepName.Parse("[a 2/2] COPY --link --from=b --chown=1 /c /d").Text);
    }

    [TestMethod]
    public void Every_line_of_the_summary_fits_a_terminal()
    {
        var progress = new BuildProgress(TimeProvider.System);
        var line = progress
            .Add(new StepCompleted("1", "[a 1/1] RUN " + new string('x', 500), false, TimeSpan.FromSeconds(1), null))
            .Single();
        Assert.AreEqual(79, line.Text.Length);
        Assert.EndsWith("x...  1.0 s", line.Text);
    }

    [TestMethod]
    public void Output_of_a_step_that_nobody_announced_is_shown_all_the_same() =>
        Assert.AreEqual("    text", new BuildProgress(TimeProvider.System).Add(new StepOutput("?", "text")).Single().Text);
}
