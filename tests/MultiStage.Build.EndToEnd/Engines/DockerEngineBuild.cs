using System.Diagnostics;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;

namespace MultiStage.Build.EndToEnd.Engines;

[TestClass]
public sealed class DockerEngineBuild : EngineTest
{
    [TestMethod]
    public async Task Builds_a_stage_and_tells_each_step()
    {
        await using var engine = await ConnectAsync();
        var log = new EventLog();
        var request = Request(
            """
            FROM busybox AS builder
            ARG GREETING
            COPY a.txt /a.txt
            RUN echo "$GREETING" && echo problem >&2 && printf 'no line break'
            FROM builder AS unwanted
            RUN false
            """,
            Folder("a.txt")
        );

        var id = await BuildAsync(
            engine,
            request with
            {
                Target = "builder",
                NoCache = true,
                BuildArgs = Nothing.Add("GREETING", "good day"),
                Labels = Nothing.Add("com.example.a", "b"),
            },
            log
        );

        Assert.AreEqual(new ContextSent(1, 5), log.All<ContextSent>().Single());
        var run = log.All<StepCompleted>().Single(step => step.Name.Contains("] RUN", StringComparison.Ordinal));
        Assert.IsFalse(run.Cached);
        Assert.IsNull(run.Error);
        Assert.IsGreaterThan(TimeSpan.Zero, run.Duration);
        CollectionAssert.AreEquivalent(
            new[] { "good day", "problem", "no line break" },
            log.All<StepOutput>().Where(output => output.Step == run.Step).Select(output => output.Text).ToArray()
        );
        Assert.IsEmpty(log.All<BuildWarning>());

        var image = await engine.DescribeAsync(id, Token);
        Assert.IsNotNull(image);
        Assert.AreEqual(id, image.Id);
        Assert.AreEqual(Platform.Of("linux", engine.Info.Architecture), image.Platform);
        Assert.AreEqual("b", image.Config.Labels["com.example.a"]);
        Assert.HasCount((await engine.DescribeAsync("busybox", Token))!.DiffIds.Length + 2, image.DiffIds);
        if (engine.HistorySizesAreExact)
        {
            Assert.AreEqual(5, image.History[^2].Size);
        }
    }

    [TestMethod]
    public async Task The_second_build_comes_from_the_cache_although_the_files_were_touched()
    {
        await using var engine = await ConnectAsync();
        var folder = Folder("a.txt");
        var request = Request($"FROM busybox\nENV UNIQUE={Guid.NewGuid():n}\nCOPY a.txt /\nRUN cat /a.txt\n", folder);
        var first = await BuildAsync(engine, request);

        File.SetLastWriteTimeUtc(Path.Combine(folder, "a.txt"), DateTime.UnixEpoch.AddYears(40));
        var log = new EventLog();
        Assert.AreEqual(first, await BuildAsync(engine, request, log));

        var steps = log.All<StepCompleted>()
            .Where(step =>
                step.Name.StartsWith("[2/3]", StringComparison.Ordinal) || step.Name.StartsWith("[3/3]", StringComparison.Ordinal)
            )
            .ToList();
        Assert.HasCount(2, steps);
        Assert.IsTrue(steps.TrueForAll(step => step.Cached));
    }

    [TestMethod]
    public async Task A_failing_step_is_named_with_its_exit_code_and_the_line_that_says_most()
    {
        await using var engine = await ConnectAsync();
        var log = new EventLog();
        var request = Request(
            """
            FROM busybox
            RUN echo "/src/x.cs(1,2): error CS1002: ; expected" && echo "    1 Error(s)" && exit 3
            """,
            Folder()
        );

        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => BuildAsync(engine, request, log));

        Assert.AreSame(Codes.BuildFailed, failure.Diagnostic.Descriptor);
        Assert.StartsWith("The image build failed at [2/2] RUN echo", failure.Message);
        Assert.EndsWith(": exit code 3: /src/x.cs(1,2): error CS1002: ; expected", failure.Message);
        Assert.AreEqual("    1 Error(s)", log.All<StepOutput>()[^1].Text);
    }

    [TestMethod]
    public async Task A_Dockerfile_that_cannot_be_read_fails_the_build()
    {
        await using var engine = await ConnectAsync();
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            BuildAsync(engine, Request("FROM busybox\nFETCH it\n", Folder()))
        );
        Assert.AreEqual(
            "The image build failed at the Dockerfile: dockerfile parse error on line 2: unknown instruction: FETCH",
            failure.Message
        );
    }

    [TestMethod]
    public async Task A_warning_of_the_builder_says_where()
    {
        await using var engine = await ConnectAsync();
        var log = new EventLog();
        await BuildAsync(engine, Request("FROM busybox as a\n", Folder()), log);
        Assert.AreEqual("FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 1)", log.All<BuildWarning>().Single().Text);
    }

    [TestMethod]
    public async Task Cancelling_ends_the_step_on_the_daemon_too()
    {
        await using var engine = await ConnectAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var cancelled = new Stopwatch();
        var log = new EventLog
        {
            On = happened =>
            {
                if (happened is not StepOutput { Text: "begun" })
                {
                    return;
                }

                cancelled.Start();
                cancel.Cancel();
            },
        };
        var cache = $"cancel-{Guid.NewGuid():n}";
        var request = Request(
            $"FROM busybox\nRUN --mount=type=cache,id={cache},sharing=locked,target=/c echo begun && sleep 600\n",
            Folder()
        );

        await Assert.ThrowsAsync<OperationCanceledException>(() => engine.BuildAsync(request, log, cancel.Token));
        Assert.IsLessThan(TimeSpan.FromSeconds(5), cancelled.Elapsed);

        // The locked mount is free only once the first build has let go of it.
        var second = request with
        {
            Dockerfile = request.Dockerfile.Replace("echo begun && sleep 600", "echo free", StringComparison.Ordinal),
        };
        await BuildAsync(engine, second).WaitAsync(TimeSpan.FromSeconds(60), Token);
        TestContext.WriteLine($"free {cancelled.Elapsed.TotalSeconds:0.0} s after the cancellation");
    }

    [TestMethod]
    public async Task Cancelling_while_the_context_is_sent_ends_at_once()
    {
        await using var engine = await ConnectAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        cancel.CancelAfter(TimeSpan.FromMilliseconds(200));
        var folder = Folder("small");
        await using (var large = File.Create(Path.Combine(folder, "large")))
        {
            large.SetLength(20L << 30);
        }

        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            engine.BuildAsync(Request("FROM busybox\n", folder), new EventLog(), cancel.Token)
        );
        Assert.IsLessThan(TimeSpan.FromSeconds(5), watch.Elapsed);
    }

    [TestMethod]
    public async Task A_tag_moves_to_the_image_it_is_given_to()
    {
        await using var engine = await ConnectAsync();
        var name = Workspace.Next().ImageName + ":1";
        Assert.IsNull(await engine.DescribeAsync(name, Token));
        foreach (var text in new[] { "1", "2" })
        {
            var id = await BuildAsync(engine, Request($"FROM scratch\nLABEL a={text} b={name}\n", Folder()));
            Assert.AreNotEqual(await Daemon.FindImageAsync(name), id);
            await engine.TagAsync(id, name, Token);
            Assert.AreEqual(id, await Daemon.FindImageAsync(name));
        }
    }

    [TestMethod]
    public async Task What_the_daemon_refuses_is_told_in_its_own_words()
    {
        await using var engine = await ConnectAsync();
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            engine.TagAsync("sha256:" + new string('0', 64), "a:b", Token)
        );
        Assert.AreSame(Codes.DaemonRefused, failure.Diagnostic.Descriptor);
        Assert.Contains("No such image", failure.Message);
    }
}
