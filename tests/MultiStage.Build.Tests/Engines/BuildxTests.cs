using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Buildx;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;

namespace MultiStage.Build.Tests.Engines;

[TestClass]
public sealed class BuildxTests
{
    [TestMethod]
    public void The_daemon_builds_what_it_can_and_buildx_what_only_it_can()
    {
        Assert.AreEqual(new EngineChoice(EngineKind.Docker, ""), EngineChoice.Of(""));
        Assert.AreEqual(new EngineChoice(EngineKind.Docker, "ContainerBuildEngine"), EngineChoice.Of("Docker"));
        Assert.AreEqual(new EngineChoice(EngineKind.Buildx, "ContainerBuildEngine"), EngineChoice.Of("buildx"));
        Assert.AreEqual(new EngineChoice(EngineKind.Buildx, "of a secret"), EngineChoice.Of("auto", needs: "of a secret"));
        Assert.AreEqual(
            new EngineChoice(EngineKind.Buildx, "ContainerBuilder names the builder 'farm'") { Builder = "farm" },
            EngineChoice.Of("auto", "farm")
        );
    }

    [TestMethod]
    public void The_daemon_alone_is_refused_where_only_buildx_can_build()
    {
        var failure = Assert.ThrowsExactly<MultiStageException>(() => EngineChoice.Of("docker", needs: "line 3 mounts a secret"));
        Assert.AreSame(Codes.EngineCannot, failure.Diagnostic.Descriptor);
        Assert.Contains("line 3 mounts a secret", failure.Message);
        Assert.AreSame(
            Codes.ValueNotUnderstood,
            Assert.ThrowsExactly<MultiStageException>(() => EngineChoice.Of("podman")).Diagnostic.Descriptor
        );
    }

    [TestMethod]
    public void Each_node_lists_what_it_runs_without_emulation_first()
    {
        var farm = BuilderAbout.Read(
            """
            Name:   farm
            Driver: docker-container

            Nodes:
            Name:             one
            Status:           running
            BuildKit version: v0.17.0
            Platforms:        linux/amd64, linux/amd64/v2, linux/arm64, linux/386
            Name:             two
            BuildKit version: v0.16.0
            Platforms:        linux/arm64*, linux/arm/v7
            """
        );
        Assert.IsFalse(farm.IsDaemon);
        Assert.AreEqual("v0.17.0", farm.BuildKit);
        Assert.AreEqual("linux/amd64 linux/arm64", string.Join(' ', farm.NativePlatforms));
        Assert.IsTrue(BuilderAbout.Read("Name: default\nDriver: docker\n").IsDaemon);
    }

    [TestMethod]
    public void Several_platforms_are_one_build_into_an_archive()
    {
        var output = new IndexOutput([Platform.Parse("linux/amd64"), Platform.Parse("linux/arm64")], ["a:1", "a:2"], "/run/image.tar");
        var request = new BuildRequest("FROM scratch", new BuildContext("/", IgnoreRules.None)) { Index = output };
        var words = string.Join(' ', new BuildxArguments(request).Build("", "Dockerfile", "/meta"));
        Assert.Contains("--platform linux/amd64,linux/arm64", words);
        Assert.Contains("--output type=oci,dest=/run/image.tar,\"name=a:1,a:2\"", words);
        Assert.DoesNotContain("--load", words);
        Assert.Contains("--provenance=false --sbom=false", words);
        var extras = request with { Provenance = "mode=max", Sbom = "true", CacheFrom = ["type=gha"], CacheTo = ["type=gha,mode=max"] };
        words = string.Join(' ', new BuildxArguments(extras).Build("", "Dockerfile", "/meta"));
        Assert.Contains("--provenance=mode=max --sbom=true", words);
        Assert.Contains("--cache-from type=gha --cache-to type=gha,mode=max", words);
        // A stage that is built to be measured has nothing to say of itself.
        words = string.Join(' ', new BuildxArguments(extras with { Index = null }).Build("", "Dockerfile", "/meta"));
        Assert.Contains("--provenance=false --sbom=false", words);
    }

    [TestMethod]
    public void Messages_and_lines_for_people_are_told_apart()
    {
        var events = new List<BuildEvent>();
        var output = new BuildxOutput(new Collector(events), ".multistage.Dockerfile");
        string[] lines =
        [
            """{"vertexes":[{"digest":"1","name":"[2/2] RUN --exclude=.multistage.Dockerfile x","started":"2026-01-01T00:00:00Z"}]}""",
            """{"logs":[{"vertex":"1","stream":1,"data":"aGkK","timestamp":"2026-01-01T00:00:00Z"}]}""",
            """{"warnings":[{"vertex":"1","level":1,"short":"QQpC"}]}""",
            """
                {"vertexes":[{"digest":"1","name":"[2/2] RUN x","started":"2026-01-01T00:00:00Z","completed":"2026-01-01T00:00:02Z",
                "error":"process \"/bin/sh -c x\" did not complete successfully: exit code: 3"}]}
                """.ReplaceLineEndings(""),
            "{ this is no message",
            """{"vertexes":{}}""",
            "   3 | >>> RUN x",
            "ERROR: failed to build: failed to solve: process \"/bin/sh -c x\" did not complete successfully: exit code: 3",
        ];
        foreach (var line in lines)
        {
            output.Add(line);
        }

        Assert.AreEqual("[2/2] RUN x", events.OfType<StepStarted>().Single().Name);
        Assert.AreEqual("hi", events.OfType<StepOutput>().Single().Text);
        Assert.AreEqual("A B", events.OfType<BuildWarning>().Single().Text);
        Assert.AreEqual(TimeSpan.FromSeconds(2), events.OfType<StepCompleted>().Single().Duration);
        Assert.AreEqual("The image build failed at [2/2] RUN x: exit code 3: hi", output.Failure(1).Message);
    }

    [TestMethod]
    public void Whatever_else_the_command_says_is_the_error()
    {
        var output = new BuildxOutput(new Collector([]), "x");
        output.Add("ERROR: failed to build: Cannot connect to the Docker daemon");
        Assert.EndsWith("at the Dockerfile: Cannot connect to the Docker daemon", output.Failure(1).Message);
        Assert.EndsWith("docker buildx ended with exit code 7", new BuildxOutput(new Collector([]), "x").Failure(7).Message);
    }

    [TestMethod]
    public void The_command_gets_words_and_no_secret()
    {
        var request = new BuildRequest("FROM scratch", new BuildContext("/", IgnoreRules.None))
        {
            Target = "builder",
            Platform = Platform.Parse("linux/arm64"),
            NoCache = true,
            Secrets = [new("file") { File = "/a, \"b\"" }, new("variable") { Variable = "TOKEN" }, new("made") { Value = "hidden" }],
            SshAgents = ["default"],
        };
        var arguments = new BuildxArguments(request);

        Assert.AreEqual(
            """"
            build --builder farm --progress=rawjson --load --provenance=false --sbom=false --metadata-file m --file d --target builder
            --platform linux/arm64 --no-cache --secret id=file,"src=/a, ""b""" --secret id=variable,env=TOKEN
            --secret id=made,env=MULTISTAGE_SECRET_2 --ssh default -
            """".ReplaceLineEndings(" "),
            string.Join(' ', arguments.Build("farm", "d", "m"))
        );
        Assert.AreEqual(KeyValuePair.Create("MULTISTAGE_SECRET_2", "hidden"), arguments.Environment.Single());
        Assert.DoesNotContain("hidden", request.ToString());
    }

    [TestMethod]
    public void A_label_that_no_argument_can_carry_is_refused()
    {
        var request = new BuildRequest("FROM scratch", new BuildContext("/", IgnoreRules.None));
        var failure = Assert.ThrowsExactly<MultiStageException>(() =>
            new BuildxArguments(request with { Labels = request.Labels.Add("a=b", "c") }).Build("", "d", "m")
        );
        Assert.AreSame(Codes.EngineCannot, failure.Diagnostic.Descriptor);
    }

    private sealed class Collector(List<BuildEvent> events) : IProgress<BuildEvent>
    {
        public void Report(BuildEvent value) => events.Add(value);
    }
}
