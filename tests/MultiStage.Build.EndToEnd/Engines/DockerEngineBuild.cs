using MultiStage.Build.Engines;

namespace MultiStage.Build.EndToEnd.Engines;

[TestClass]
public sealed class DockerEngineBuild
{
    public required TestContext TestContext { get; init; }

    private CancellationToken Token => TestContext.CancellationTokenSource.Token;

    [TestMethod]
    public async Task Builds_a_stage_and_tells_each_step()
    {
        using var folder = new TemporaryFolder().With("a.txt", "hello");
        await using var engine = await TestDaemon.ConnectAsync(Token);
        var log = new EventLog();
        var request = new BuildRequest(
            """
            FROM busybox AS builder
            ARG GREETING
            COPY a.txt /a.txt
            RUN echo "$GREETING" && echo problem >&2 && printf 'no line break'
            FROM builder AS unwanted
            RUN false
            """,
            new(folder.Path, IgnoreRules.None))
        {
            Target = "builder",
            NoCache = true,
            BuildArgs = System.Collections.Immutable.ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("GREETING", "good day"),
            Labels = System.Collections.Immutable.ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal).Add("com.example.a", "b"),
        };

        var id = await engine.BuildAsync(request, log, Token);

        Assert.StartsWith("sha256:", id);
        Assert.AreEqual(new ContextSent(1, 5), log.All<ContextSent>().Single());
        var run = log.All<StepCompleted>().Single(step => step.Name.Contains("] RUN", StringComparison.Ordinal));
        Assert.IsFalse(run.Cached);
        Assert.IsNull(run.Error);
        Assert.IsGreaterThan(TimeSpan.Zero, run.Duration);
        CollectionAssert.AreEquivalent(
            new[] { "good day", "problem", "no line break" },
            log.All<StepOutput>().Where(output => output.Step == run.Step).Select(output => output.Text).ToArray());

        var image = await engine.DescribeAsync(id, Token);
        Assert.IsNotNull(image);
        Assert.AreEqual(id, image.Id);
        Assert.AreEqual("linux/" + engine.Info.Architecture, image.Platform);
        Assert.AreEqual("b", image.Config.Labels["com.example.a"]);
        Assert.HasCount((await engine.DescribeAsync("busybox", Token))!.DiffIds.Length + 2, image.DiffIds);
        Assert.AreEqual(5, image.History[^2].Size);
        Assert.IsEmpty(log.All<BuildWarning>());
    }

    [TestMethod]
    public async Task A_failing_step_is_named_with_its_exit_code_and_the_line_that_says_most()
    {
        using var folder = new TemporaryFolder();
        await using var engine = await TestDaemon.ConnectAsync(Token);
        var log = new EventLog();
        var request = new BuildRequest(
            """
            FROM busybox
            RUN echo "/src/x.cs(1,2): error CS1002: ; expected" && echo "    1 Error(s)" && exit 3
            """,
            new(folder.Path, IgnoreRules.None));

        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => engine.BuildAsync(request, log, Token));

        Assert.AreSame(Diagnostics.BuildFailed, failure.Diagnostic.Descriptor);
        StringAssert.StartsWith(failure.Message, "The image build failed at [2/2] RUN echo", StringComparison.Ordinal);
        StringAssert.EndsWith(failure.Message, ": exit code 3: /src/x.cs(1,2): error CS1002: ; expected", StringComparison.Ordinal);
        Assert.AreEqual("    1 Error(s)", log.All<StepOutput>()[^1].Text);
    }

    [TestMethod]
    public async Task A_Dockerfile_that_cannot_be_read_fails_the_build()
    {
        using var folder = new TemporaryFolder();
        await using var engine = await TestDaemon.ConnectAsync(Token);
        var request = new BuildRequest("FROM busybox\nFETCH it\n", new(folder.Path, IgnoreRules.None));
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => engine.BuildAsync(request, new EventLog(), Token));
        Assert.AreEqual("The image build failed at the Dockerfile: dockerfile parse error on line 2: unknown instruction: FETCH", failure.Message);
    }

    [TestMethod]
    public async Task Cancelling_ends_the_step_on_the_daemon_too()
    {
        using var folder = new TemporaryFolder();
        await using var engine = await TestDaemon.ConnectAsync(Token);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var log = new EventLog { On = e => _ = e is StepOutput { Text: "begun" } ? cancel.CancelAsync() : Task.CompletedTask };
        var name = "canceltest" + Guid.NewGuid().ToString("N");
        var request = new BuildRequest(
            $"FROM busybox\nRUN --mount=type=cache,id={name},sharing=locked,target=/c echo begun && sleep 600\n", new(folder.Path, IgnoreRules.None));

        var watch = System.Diagnostics.Stopwatch.StartNew();
        await Assert.ThrowsAsync<OperationCanceledException>(() => engine.BuildAsync(request, log, cancel.Token));
        Assert.IsLessThan(TimeSpan.FromSeconds(30), watch.Elapsed);

        // The locked mount is free only once the first build has let go of it.
        var second = request with { Dockerfile = request.Dockerfile.Replace("echo begun && sleep 600", "echo free", StringComparison.Ordinal) };
        await engine.BuildAsync(second, new EventLog(), Token).WaitAsync(TimeSpan.FromSeconds(60), Token);
    }

    [TestMethod]
    public async Task A_tag_moves_to_the_image_it_is_given_to_and_an_unknown_image_is_null()
    {
        using var folder = new TemporaryFolder();
        await using var engine = await TestDaemon.ConnectAsync(Token);
        var name = $"multistage-test/{Guid.NewGuid():N}:1";
        Assert.IsNull(await engine.DescribeAsync(name, Token));
        var ids = new List<string>();
        foreach (var text in new[] { "1", "2" })
        {
            var request = new BuildRequest($"FROM scratch\nLABEL a={text}\n", new(folder.Path, IgnoreRules.None));
            ids.Add(await engine.BuildAsync(request, new EventLog(), Token));
            await engine.TagAsync(ids[^1], name, Token);
            Assert.AreEqual(ids[^1], (await engine.DescribeAsync(name, Token))!.Id);
        }

        Assert.AreNotEqual(ids[0], ids[1]);
        await TestDaemon.DockerAsync(["rmi", name], Token);
    }
}
