using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Picture;
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
        Assert.AreEqual(
            "docker.io/golang:1.23-bookworm Build scratch alpine:3.21",
            string.Join(' ', plan.Stages.Select(stage => stage.From))
        );
        Assert.AreEqual("True False False False", string.Join(' ', plan.Stages.Select(stage => stage.OnBuildPlatform)));
        Assert.AreEqual("False False True True", string.Join(' ', plan.Stages.Select(stage => stage.IsUnnamed)));
        Assert.AreEqual("Build Test nginx:latest", string.Join(' ', plan.Stages[2].Sources().Skip(1).Select(source => source.Name)));
        Assert.AreEqual("tools:2", string.Join(' ', plan.Stages[1].Sources().Skip(1).Select(source => source.Name)));
        CollectionAssert.AreEqual(
            new[] { "alpine:3.21", "nginx:latest", "docker.io/golang:1.23-bookworm", "tools:2" },
            plan.BaseImages(plan.Stages[3]).Select(image => image.Reference).ToArray()
        );
    }

    [TestMethod]
    public void Line_ends_of_Windows_and_a_byte_order_mark_change_nothing() =>
        Assert.AreEqual(
            string.Join(' ', Read(Tricky).Stages.Select(stage => stage.From)),
            string.Join(' ', Read("\uFEFF" + Tricky.ReplaceLineEndings("\r\n")).Stages.Select(stage => stage.From))
        );

    // Each value is what BuildKit makes of it.
    [TestMethod]
    [DataRow("${V#v}", "1.36-slim.2")]
    [DataRow("${V%-*}", "v1.36")]
    [DataRow("${V%.*}", "v1.36-slim")]
    [DataRow("${V%%.*}", "v1")]
    [DataRow("${V#*.}", "36-slim.2")]
    [DataRow("${V##*.}", "2")]
    [DataRow("${V#x}", "v1.36-slim.2")]
    [DataRow("${V/1/2}", "v2.36-slim.2")]
    [DataRow("${N//b/x}", "xusyxox")]
    [DataRow("${N/b?/x}", "xsybob")]
    [DataRow("${P//\\//-}", "a-b")]
    [DataRow("${P#a/}", "b")]
    [DataRow("${X:-${Y:-${N}}}", "busybob")]
    [DataRow("${N:+${V:+set}}", "set")]
    [DataRow("${X:+set}y", "y")]
    [DataRow("${E-d}y", "y")]
    [DataRow("${E:-d}", "d")]
    [DataRow("${E+set}", "set")]
    [DataRow("${N:?needed}", "busybob")]
    [DataRow("\"$N\"", "busybob")]
    [DataRow("'busybox'", "busybox")]
    [DataRow("\"${N}:\"'1'", "busybob:1")]
    [DataRow("b\\usybox", "busybox")]
    [DataRow("$N#1", "busybob#1")]
    [DataRow("${N}%x/y", "busybob%x/y")]
    [DataRow("${Q}", "a b")]
    [DataRow("${R}", "busybob-2")]
    [DataRow("x-$BUILDARCH-$TARGETARCH$TARGETVARIANT", "x-amd64-armv7")]
    [DataRow("${TARGETPLATFORM//\\//-}", "linux-arm-v7")]
    public void A_base_image_is_read_as_BuildKit_reads_it(string from, string expected)
    {
        const string Arguments = "ARG V=v1.36-slim.2 N=busybob\nARG P=\"a/b\" E= Q='a b'\nARG R=${N}-2 X\n";
        var platforms = new BuildPlatforms(Platform.TryParse("linux/amd64"), Platform.TryParse("linux/arm/v7"));
        Assert.AreEqual(
            expected,
            DockerfileReader
                .Read($"{Arguments}FROM {from}\n", "/x/Dockerfile", Items.Facts() with { Source = ImageSource.Dockerfile }, platforms)
                .Stages[0]
                .From
        );
    }

    // The daemon refuses some of these, with a message of its own; a later one may know them.
    [TestMethod]
    [DataRow("x-$TARGETARCH")]
    [DataRow("${X:-$BUILDPLATFORM}")]
    [DataRow("$A")]
    [DataRow("${X:?give-one}")]
    [DataRow("${B^^}")]
    [DataRow("${B")]
    [DataRow("${B:#b}")]
    [DataRow("\"$B")]
    public void A_base_image_that_only_the_daemon_knows_is_left_to_it(string from)
    {
        var plan = Read(
            $"ARG A=$TARGETARCH B=b X\nFROM {from} AS one\nFROM one\nCOPY --from=$B /a /b\nRUN --mount=from=$B,target=/c true\n"
        );
        Assert.AreEqual(from, plan.Stages[0].From);
        Assert.IsEmpty(plan.BaseImages(plan.Stages[1]));
    }

    [TestMethod]
    public void A_variable_that_is_not_used_need_not_be_known() =>
        Assert.AreEqual("b", Read("ARG B=b\nFROM ${B:-$TARGETARCH}\n").Stages[0].From);

    [TestMethod]
    public void Of_two_stages_with_one_name_each_keeps_its_base_image()
    {
        var plan = Read(
            "FROM alpine AS base\nRUN a\nFROM base AS tools\nFROM debian AS Base\nFROM base AS app\nCOPY --from=tools /a /\nCOPY "
                + "--from=0 /b /\nCOPY --from=base /c /\n"
        );

        Assert.AreEqual(
            "0:alpine tools:0 Base:debian app:Base",
            string.Join(' ', plan.Stages.Select(stage => $"{stage.Name}:{stage.From}"))
        );
        Assert.IsTrue(plan.Stages[0].IsUnnamed);
        Assert.AreEqual("debian", plan.RootImage(plan.Stages[3]));
        Assert.AreEqual("alpine", plan.RootImage(plan.Stages[1]));
        Assert.AreEqual("Base", plan.Find("base").Name);
        Assert.AreEqual("tools 0 Base", string.Join(' ', plan.Stages[3].Sources().Skip(1).Select(source => source.Name)));
    }

    [TestMethod]
    public void A_stage_may_be_called_as_an_image()
    {
        var plan = Read("FROM busybox AS tools\nFROM alpine AS alpine\nFROM alpine AS busybox\nCOPY --from=tools /a /\n");

        CollectionAssert.AreEquivalent(
            new[] { "busybox", "alpine" },
            plan.BaseImages(plan.Stages[2]).Select(image => image.Reference).ToArray()
        );
        Assert.AreEqual("alpine", plan.RootImage(plan.Stages[2]));
        var picture = StagePicture.Of(plan, plan.Stages[2]);
        CollectionAssert.AllItemsAreUnique(picture.Nodes.Select(node => node.Name).ToArray());
    }

    [TestMethod]
    [DataRow("RUN cat <<EOF\nFROM trap\nEOF\n")]
    [DataRow("RUN <<A cat /dev/fd/3 3<<-'B C'\nFROM trap\nA\n\tFROM trap\n\tB C\n")]
    [DataRow("RUN cat << EOF > /a\nFROM trap\nEOF\n")]
    [DataRow("ONBUILD COPY <<\"EOF\" /a\nFROM trap\nEOF\n")]
    [DataRow("RUN cat <<EOF;\nFROM trap\nEOF\nFROM trap\nEOF;\n")]
    [DataRow("RUN echo $((1<<EOF)) '<<EOF' \"<<EOF\" a<<EOF <<<EOF\n")]
    [DataRow("ENV A=<<EOF\n")]
    [DataRow("RUN a \\\n# b \\\n\n  FROM trap\n")]
    [DataRow("RUN a \\  \n FROM trap\n")]
    [DataRow("RUN a \\\\\n")]
    [DataRow("RUN a\u2028FROM trap\n")]
    public void What_is_no_instruction_is_passed_over(string instructions) =>
        Assert.AreEqual("a b", string.Join(' ', Read($"FROM a\n{instructions}FROM b\n").Stages.Select(stage => stage.From)));

    [TestMethod]
    [DataRow("# syntax=docker/dockerfile:1\n#check=skip=all\n# Escape = `\n", '`')]
    [DataRow("# escape=`\n", '`')]
    [DataRow("\n# escape=`\n", '\\')]
    [DataRow("# a comment\n# escape=`\n", '\\')]
    [DataRow("# unknown=1\n# escape=`\n", '\\')]
    [DataRow("#!/usr/bin/env x\n# escape=`\n", '\\')]
    public void The_first_line_that_is_no_directive_ends_them(string head, char escape) =>
        Assert.AreEqual("b", Read($"{head}FROM a\nRUN c {escape}\n  FROM trap\nFROM b\n").Stages[1].From);

    [TestMethod]
    public void A_build_argument_of_the_project_counts_in_FROM() =>
        Assert.AreEqual(
            "golang:1.24",
            Read("ARG GO=1.23\nFROM golang:$GO\n", Items.Item("ContainerBuildArg", "GO", ("Value", "1.24"))).Stages[0].From
        );

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
        ProjectItem[] items =
        [
            Items.Item("ContainerBuildArg", "A"),
            Items.Item("ContainerBuildArg", "B"),
            Items.Item("ContainerBuildArg", "HTTP_PROXY"),
        ];
        var warning = DockerfileReader.ArgumentWarnings("FROM x\nARG C=\"B B=2\" A=1\n", [.. items]).Single();
        Assert.AreEqual(Codes.BuildArgUnused.Code, warning.Descriptor.Code);
        Assert.AreSame(items[1], warning.Item);
    }

    [TestMethod]
    [DataRow("FEED_PASSWORD", "correct horse", true)]
    [DataRow("ORIGIN", "https://user:pw@example.com/x.git", true)]
    [DataRow("STORE", "Server=db;User Id=sa;Password=pw", true)]
    [DataRow("FEED_PASSWORD", "", false)]
    [DataRow("FLAVOR", "vanilla", false)]
    public void A_build_argument_that_holds_a_secret_is_warned_of_without_its_value(string name, string value, bool isSecret)
    {
        var item = Items.Item("ContainerBuildArg", name, ("Value", value));
        var warnings = DockerfileReader.ArgumentWarnings($"FROM x\nARG {name}\n", [item]);

        Assert.AreEqual(isSecret ? Codes.BuildArgIsSecret.Code : null, warnings.SingleOrDefault()?.Descriptor.Code);
        Assert.IsFalse(warnings.Any(warning => warning.Message.Contains(value, StringComparison.Ordinal)));
    }

    // The reader sees in the text that the writer writes what the planner planned.
    [TestMethod]
    public void A_generated_Dockerfile_is_read_back_as_its_plan()
    {
        foreach (var facts in new[] { Samples.Web, Samples.EightProjects, Samples.Aot })
        {
            var plan = Items.Plan(facts);
            var read = Read(DockerfileWriter.Write(plan, null));
            CollectionAssert.AreEqual(
                plan.Stages.Select(s => (s.Name, s.From, s.OnBuildPlatform)).ToArray(),
                read.Stages.Select(s => (s.Name, s.From, s.OnBuildPlatform)).ToArray()
            );
            CollectionAssert.AreEqual(
                plan.Stages.SelectMany(s => s.Sources()).ToArray(),
                read.Stages.SelectMany(s => s.Sources()).ToArray()
            );
        }
    }

    private static BuildPlan Read(string text, params ProjectItem[] items) =>
        DockerfileReader.Read(text, "/x/Dockerfile", Items.Facts(items) with { Source = ImageSource.Dockerfile });
}
