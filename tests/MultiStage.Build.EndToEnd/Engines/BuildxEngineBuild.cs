using MultiStage.Build.Diagnostics;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Buildx;
using MultiStage.Build.Engines.Docker;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.EndToEnd.Engines;

[TestClass]
public sealed class BuildxEngineBuild : EngineTest
{
    [TestMethod]
    public async Task Builds_the_image_that_the_daemon_builds_and_tells_each_step()
    {
        await using var engine = await ConnectAsync();
        var buildx = await OpenAsync(engine);
        var log = new EventLog();
        var request = Request(
            $"""
            FROM busybox AS builder
            ARG GREETING
            COPY . /all
            RUN echo "$GREETING" && echo problem >&2 && : {Guid.NewGuid():n} && printf 'no line break'
            FROM builder AS unwanted
            RUN false
            """,
            Folder("a.txt")
        ) with
        {
            Target = "builder",
            BuildArgs = Nothing.Add("GREETING", "good, \"day\""),
            Labels = Nothing.Add("com.example.a", "b=\nc"),
        };

        var id = await BuildAsync(buildx, request, log);

        Assert.AreEqual(new ContextSent(1, 5), log.All<ContextSent>().Single());
        var run = log.All<StepCompleted>().Single(step => step.Name.Contains("] RUN", StringComparison.Ordinal));
        Assert.IsFalse(run.Cached);
        CollectionAssert.AreEquivalent(
            new[] { "good, \"day\"", "problem", "no line break" },
            log.All<StepOutput>().Where(output => output.Step == run.Step).Select(output => output.Text).ToArray()
        );
        Assert.AreEqual("b=\nc", (await engine.DescribeAsync(id, Token))!.Config.Labels["com.example.a"]);
        // Neither the Dockerfile that travels with the context nor an attestation is in it.
        Assert.AreEqual(await BuildAsync(engine, request), id);
        Assert.AreEqual("[]", await Daemon.DockerAsync("image", "inspect", "--format", "{{json .RepoTags}}", id));
    }

    [TestMethod]
    public async Task A_failing_step_is_the_same_error_as_with_the_daemon()
    {
        await using var engine = await ConnectAsync();
        var request = Request(
            """
            FROM busybox
            RUN <<EOF
            echo "/src/x.cs(1,2): error CS1002: ; expected"
            echo "    1 Error(s)"
            exit 3
            EOF
            """,
            Folder()
        );

        var expected = await Assert.ThrowsExactlyAsync<MultiStageException>(() => BuildAsync(engine, request));
        var buildx = await OpenAsync(engine);
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => BuildAsync(buildx, request));

        Assert.AreSame(Codes.BuildFailed, failure.Diagnostic.Descriptor);
        Assert.AreEqual(expected.Message, failure.Message);
    }

    [TestMethod]
    public async Task A_Dockerfile_that_cannot_be_read_and_a_base_image_that_cannot_be_had_are_the_errors_of_the_daemon()
    {
        await using var engine = await ConnectAsync();
        var buildx = await OpenAsync(engine);

        var unread = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            BuildAsync(buildx, Request("FROM busybox\nFETCH it\n", Folder()))
        );
        Assert.AreEqual(
            "The image build failed at the Dockerfile: dockerfile parse error on line 2: unknown instruction: FETCH",
            unread.Message
        );

        var missing = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            BuildAsync(buildx, Request($"FROM {Registry.Open.Address}/nothing:here\n", Folder()))
        );
        Assert.AreSame(Codes.BaseImageUnavailable, missing.Diagnostic.Descriptor);
        Assert.Contains($"'{Registry.Open.Address}/nothing:here'", missing.Message);
    }

    [TestMethod]
    public async Task Cancelling_ends_the_step_that_runs()
    {
        await using var engine = await ConnectAsync();
        var buildx = await OpenAsync(engine);
        using var cancel = new CancellationTokenSource();
        var seconds = $"{Random.Shared.Next(100_000, 999_999)}";
        var log = new EventLog
        {
            On = value =>
            {
                if (value is StepOutput)
                {
                    cancel.Cancel();
                }
            },
        };

        await Assert.ThrowsAsync<OperationCanceledException>(() =>
            buildx.BuildAsync(Request($"FROM busybox\nRUN echo waiting; sleep {seconds}\n", Folder()), log, cancel.Token)
        );

        for (var attempt = 0; await RunsAsync(seconds); attempt++)
        {
            Assert.IsLessThan(30, attempt, "The step runs on.");
            await Task.Delay(1000, Token);
        }
    }

    [TestMethod]
    public async Task A_build_that_says_nothing_for_too_long_ends_with_one_error_and_the_same_again_succeeds()
    {
        await using var engine = await ConnectAsync();
        var buildx = await OpenAsync(engine, new EngineOptions { BuildSilenceLimit = TimeSpan.FromSeconds(3) });
        var request = Request("FROM busybox\nRUN sleep 8 && echo slept > /slept\n", Folder()) with { NoCache = true };

        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() => BuildAsync(buildx, request));

        Assert.AreSame(Codes.DaemonSilent, failure.Diagnostic.Descriptor);
        Assert.AreEqual(
            "The Docker daemon was asked to build the image, and it said nothing for 3 s (ContainerBuildSilenceLimit).",
            failure.Message
        );
        await BuildAsync(await OpenAsync(engine), request);
    }

    [TestMethod]
    public async Task A_builder_that_is_not_there_is_one_error_that_names_it()
    {
        await using var engine = await ConnectAsync();
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            BuildxBuilder.OpenAsync("no-such-builder", engine.Reader, engine, false, new EngineOptions(), Token)
        );
        Assert.AreSame(Codes.BuilderUnusable, failure.Diagnostic.Descriptor);
        Assert.Contains("'no-such-builder'", failure.Message);
    }

    private async Task<IImageBuilder> OpenAsync(DockerEngine engine, EngineOptions? options = null) =>
        await BuildxBuilder.OpenAsync("", engine.Reader, engine, false, options ?? new EngineOptions(), Token);

    private static async Task<bool> RunsAsync(string seconds) =>
        (
            await Daemon.DockerAsync(
                "run",
                "--rm",
                "--pid=host",
                "busybox",
                "sh",
                "-c",
                "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\000' ' '; true"
            )
        ).Contains($"sleep {seconds}", StringComparison.Ordinal);
}
