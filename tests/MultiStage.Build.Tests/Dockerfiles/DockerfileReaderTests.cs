using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Dockerfiles;

[TestClass]
public sealed class DockerfileReaderTests
{
    private const string Tricky = """
        # syntax=docker/dockerfile:1
        # escape=`
        # FROM comment
        ARG GO=1.23 OS="bookworm"
        ARG REGISTRY
        from --platform=$BUILDPLATFORM ${REGISTRY:-docker.io/}golang:${GO}-$OS as Build
        RUN <<EOF
        FROM heredoc
        EOF
        RUN echo a `
          # a comment within

          && echo FROM x `
          FROM continued
        ONBUILD RUN echo FROM onbuild
        COPY <<-'END' /x
        	FROM tabbed
        	END
        FROM build AS Test
        RUN --mount=type=bind,from=tools:2,target=/t --mount=type=cache,target=/c go test
        FROM scratch
        COPY --from=BUILD --chown=1:1 /a /b /out/
        COPY --from=1 /c /out/
        COPY --from=nginx:latest /etc/nginx/nginx.conf /
        FROM alpine:3.21
        COPY --from=2 /out/ /

        """;

    [TestMethod]
    public void Stages_bases_and_what_is_taken_are_read_as_BuildKit_reads_them()
    {
        var plan = Read(Tricky);

        Assert.AreEqual("Build Test 2 3", string.Join(' ', plan.Stages.Select(stage => stage.Name)));
        Assert.AreEqual("docker.io/golang:1.23-bookworm Build scratch alpine:3.21", string.Join(' ', plan.Stages.Select(stage => stage.From)));
        Assert.AreEqual("True False False False", string.Join(' ', plan.Stages.Select(stage => stage.OnBuildPlatform)));
        Assert.AreEqual("False False True True", string.Join(' ', plan.Stages.Select(stage => stage.IsUnnamed)));
        Assert.AreEqual("Build Test nginx:latest", string.Join(' ', plan.Stages[2].Sources().Skip(1).Select(source => source.Name)));
        Assert.AreEqual("tools:2", string.Join(' ', plan.Stages[1].Sources().Skip(1).Select(source => source.Name)));
        CollectionAssert.AreEqual(
            new[] { "alpine:3.21", "nginx:latest", "docker.io/golang:1.23-bookworm", "tools:2" }, plan.BaseImages(plan.Stages[3]).Select(image => image.Reference).ToArray());
    }

    [TestMethod]
    public void Line_ends_of_Windows_and_a_byte_order_mark_change_nothing() =>
        Assert.AreEqual(
            string.Join(' ', Read(Tricky).Stages.Select(stage => stage.From)), string.Join(' ', Read("\uFEFF" + Tricky.ReplaceLineEndings("\r\n")).Stages.Select(stage => stage.From)));

    [TestMethod]
    public void A_build_argument_of_the_project_counts_in_FROM() =>
        Assert.AreEqual("golang:1.24", Read("ARG GO=1.23\nFROM golang:$GO\n", Items.Item("ContainerBuildArg", "GO", ("Value", "1.24"))).Stages[0].From);

    [TestMethod]
    [DataRow("", "Build")]
    [DataRow("0", "Build")]
    [DataRow("TEST", "Test")]
    public void A_target_is_a_name_or_a_number(string target, string expected) =>
        Assert.AreEqual(target.Length == 0 ? "3" : expected, Read(Tricky).Find(target).Name);

    [TestMethod]
    [DataRow("3x")]
    [DataRow("4")]
    [DataRow("tset")]
    public void A_wrong_target_is_an_error_that_lists_the_stages(string target) =>
        Assert.Contains("Build, Test, 2, 3", Failure.Of(Codes.UnknownStage, () => Read(Tricky).Find(target)).Message);

    [TestMethod]
    [DataRow("", 1, "no FROM")]
    [DataRow("# x\nRUN a\nFROM b", 2, "'RUN' comes before")]
    [DataRow("FROM a b c", 1, "FROM takes")]
    [DataRow("FROM $NOTHING", 1, "'$NOTHING' stands for nothing")]
    [DataRow("FROM a AS x\nFROM b\nCOPY --from=1 / /", 3, "--from=1 names no stage: the ones before this are 0 (x)")]
    public void What_makes_no_sense_is_an_error_at_its_line(string text, int line, string says)
    {
        var diagnostic = Failure.Of(Codes.DockerfileNotUnderstood, () => Read(text));
        Assert.Contains(says, diagnostic.Message);
        Assert.AreEqual(new SourceLocation("/x/Dockerfile", line, 1), diagnostic.Location);
    }

    [TestMethod]
    public void An_unnamed_stage_is_built_from_the_text_up_to_it()
    {
        Assert.EndsWith("COPY --from=nginx:latest /etc/nginx/nginx.conf /\n", DockerfileReader.UpTo(Tricky, 2));
        Assert.AreEqual(Tricky, DockerfileReader.UpTo(Tricky, 3));
    }

    [TestMethod]
    [DataRow("FROM a\nRUN b\nCOPY --from=x --chown=1 a b\nHEALTHCHECK --interval=5s CMD c", null)]
    [DataRow("FROM a\nRUN --mount=type=cache,target=/x b", 2)]
    [DataRow("FROM a\nRUN <<EOF\nx\nEOF", 2)]
    [DataRow("FROM a\n\nCOPY --link a b", 3)]
    public void What_needs_BuildKit_is_found(string text, int? line) => Assert.AreEqual(line, DockerfileReader.NeedsBuildKit(text)?.Line);

    [TestMethod]
    public void A_build_argument_that_nothing_declares_is_warned_of()
    {
        ProjectItem[] items = [Items.Item("ContainerBuildArg", "A"), Items.Item("ContainerBuildArg", "B"), Items.Item("ContainerBuildArg", "HTTP_PROXY")];
        var warning = DockerfileReader.UnusedArguments("FROM x\nARG A=1 C\n", [.. items]).Single();
        Assert.AreEqual(Codes.BuildArgUnused.Code, warning.Descriptor.Code);
        Assert.AreSame(items[1], warning.Item);
    }

    // The reader sees in the text that the writer writes what the planner planned.
    [TestMethod]
    public void A_generated_Dockerfile_is_read_back_as_its_plan()
    {
        foreach (var facts in new[] { Samples.Web, Samples.EightProjects, Samples.Aot })
        {
            var plan = Items.Plan(facts);
            var read = Read(DockerfileWriter.Write(plan, null));
            CollectionAssert.AreEqual(plan.Stages.Select(s => (s.Name, s.From, s.OnBuildPlatform)).ToArray(), read.Stages.Select(s => (s.Name, s.From, s.OnBuildPlatform)).ToArray());
            CollectionAssert.AreEqual(plan.Stages.SelectMany(s => s.Sources()).ToArray(), read.Stages.SelectMany(s => s.Sources()).ToArray());
        }
    }

    private static BuildPlan Read(string text, params ProjectItem[] items) => DockerfileReader.Read(text, "/x/Dockerfile", Items.Facts(items) with { Source = ImageSource.Dockerfile });
}
