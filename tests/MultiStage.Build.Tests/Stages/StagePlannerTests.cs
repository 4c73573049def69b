using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Stages;

[TestClass]
public sealed class StagePlannerTests
{
    [TestMethod]
    public void A_project_of_stages_alone_is_the_Dockerfile_that_a_person_would_write() =>
        Snapshot.Match(
            "dockerfile-stages-only",
            "Dockerfile",
            DockerfileWriter.Write(
                Items.Plan(
                    Items.Facts(
                        Items.Stage("builder", ("BaseImage", "golang:1.23"), ("WorkingDirectory", "/src")),
                        Items.Stage("final", ("BaseImage", "alpine:3.21"), ("WorkingDirectory", "/app")),
                        Items.Stage("dev", ("BaseImage", "builder"), ("After", "builder")),
                        Items.Stage("release", ("BaseImage", "final")),
                        Items.Step("builder", ("Copy", "go.mod go.su[m]"), ("Destination", "./")),
                        Items.Step("builder", ("Run", "--mount=type=cache,target=/go/pkg/mod go mod download")),
                        Items.Step("builder", ("Copy", "."), ("Destination", ".")),
                        Items.Step("builder", ("Run", "\n      CGO_ENABLED=0 go build \\\n        -o /out/server .\n    ")),
                        Items.Step(
                            "builder",
                            (
                                "Run",
                                "\n      if [ \"$(id -u)\" = 0 ]; then\n        echo \"it's \\\"root\\\"; 100 %\"\n      fi\n      go "
                                    + "vet ./...\n    "
                            )
                        ),
                        Items.Step("dev", ("Env", "GOFLAGS=-race")),
                        Items.Step("dev", ("Cmd", "[\"go\", \"run\", \".\"]")),
                        Items.Step(
                            "final",
                            ("Copy", "/out/server"),
                            ("From", "0"),
                            ("Destination", "/app/server"),
                            ("Chown", "1000:1000"),
                            ("Chmod", "0755")
                        ),
                        Items.Step(
                            "final",
                            ("Copy", "/etc/nginx/nginx.conf"),
                            ("From", "nginx:latest"),
                            ("Destination", "/etc/nginx.conf")
                        ),
                        Items.Step("final", ("Copy", "[\"a file\", \"b\"]"), ("Destination", "/data/")),
                        Items.Step("final", ("Env", "PORT=8080\n  GREETING=\"hello there\"")),
                        Items.Step("final", ("Label", "com.example.team=web")),
                        Items.Step("final", ("Expose", "8080")),
                        Items.Step("final", ("User", "1000:1000")),
                        Items.Step("final", ("Healthcheck", "--interval=5s CMD [\"/app/probe\"]")),
                        Items.Step("final", ("Entrypoint", "[\"/app/server\"]"))
                    )
                ),
                "Dockerfile"
            )
        );

    [TestMethod]
    public void Steps_and_packages_join_the_generated_stages_of_a_NET_project() =>
        Snapshot.Match(
            "dockerfile-steps",
            "Dockerfile",
            DockerfileWriter.Write(
                Items.Plan(
                    Items.Add(
                        Samples.Web,
                        Items.Stage("assets", ("BaseImage", "node:22"), ("WorkingDirectory", "/assets")),
                        Items.Step("assets", ("Copy", "package.json"), ("Destination", "./")),
                        Items.Step("assets", ("Run", "npm ci && npm run build")),
                        Items.Step("builder", ("Run", "install-a-tool")),
                        Items.Step("builder", ("Run", "generate code"), ("Before", "publish")),
                        Items.Step("builder", ("Run", "dotnet tool restore"), ("After", "restore")),
                        Items.Step("builder", ("Run", "check what was published"), ("After", "Publish")),
                        Items.Step("runtime", ("Copy", "/assets/dist/"), ("From", "assets"), ("Destination", "wwwroot/")),
                        Items.Step("runtime", ("Run", "chmod -R a-w /app"), ("After", "app")),
                        Items.Step("runtime", ("Run", "dotnet /app/Web.dll --warm-up"), ("After", "user")),
                        Items.Package("tzdata"),
                        Items.Package("curl", ("Version", "8.5.0-2")),
                        Items.Package("clang", ("Stage", "builder"))
                    )
                ),
                "Dockerfile"
            )
        );

    [TestMethod]
    public void Every_stage_comes_behind_those_it_takes_from_and_otherwise_in_file_order()
    {
        var plan = Items.Plan(
            Items.Facts(
                Items.Stage("c", ("BaseImage", "b")),
                Items.Stage("x", ("BaseImage", "scratch")),
                Items.Stage("b", ("BaseImage", "a")),
                Items.Stage("a", ("BaseImage", "busybox:latest")),
                Items.Stage("last", ("BaseImage", "busybox:latest")),
                Items.Step("last", ("Copy", "/x"), ("From", "C"), ("Destination", "/x")),
                Items.Step("x", ("Run", "--mount=type=bind,from=a,target=/a ls /a"))
            )
        );

        Assert.AreEqual("a b c x last", string.Join(' ', plan.Stages.Select(stage => stage.Name)));
        Assert.AreEqual("c", plan.Stages[^1].Steps.OfType<CopyStep>().Single().From);
        Assert.AreEqual("busybox:latest", string.Join(' ', plan.BaseImages(plan.Find("x")).Select(image => image.Reference)));
    }

    [TestMethod]
    public void The_generated_final_stage_stays_the_last_unless_something_waits_for_it()
    {
        string Order(params ProjectItem[] items) =>
            string.Join(' ', Items.Plan(Items.Add(Samples.Web, items)).Stages.Select(stage => stage.Name));

        Assert.AreEqual("builder tools runtime", Order(Items.Stage("tools", ("BaseImage", "builder"))));
        Assert.AreEqual(
            "builder tools runtime debug",
            Order(Items.Stage("debug", ("BaseImage", "runtime")), Items.Stage("tools", ("BaseImage", "builder")))
        );
        Assert.AreEqual("builder runtime x", Order(Items.Stage("x", ("BaseImage", "scratch"), ("After", "runtime"))));
    }

    [TestMethod]
    public void Numbers_count_stages_as_the_file_has_them()
    {
        var plan = Items.Plan(
            Items.Add(
                Samples.Web,
                Items.Stage("assets", ("BaseImage", "0")),
                Items.Step("runtime", ("Copy", "/a"), ("From", "1"), ("Destination", "/a"))
            )
        );

        Assert.AreEqual("builder", plan.Find("assets").From);
        Assert.AreEqual("assets", plan.Find("1").Name);
        Assert.Contains("assets", plan.Find("runtime").Sources().Select(source => source.Name).ToList());
    }

    [TestMethod]
    public void A_stage_that_a_mount_shows_is_written_by_its_name()
    {
        var plan = Items.Plan(
            Items.Add(
                Samples.Web,
                Items.Stage("assets", ("BaseImage", "scratch")),
                Items.Step("builder", ("Run", "--mount=type=bind,from=assets,target=/a ls"))
            )
        );

        Assert.AreEqual("assets builder runtime", string.Join(' ', plan.Stages.Select(stage => stage.Name)));
        Assert.Contains("RUN --mount=type=bind,from=assets,target=/a ls\n", DockerfileWriter.Write(plan, null));
    }

    [TestMethod]
    public void A_runtime_of_an_unknown_image_installs_packages_as_root_and_goes_back_to_the_user()
    {
        var facts = Items.Add(
            Samples.Web with
            {
                Container = Samples.Web.Container with { BaseImage = "example.com/base:1", User = "app" },
            },
            Items.Package("curl", ("Manager", "apk"))
        );

        var text = DockerfileWriter.Write(Items.Plan(facts), null);

        Assert.Contains("USER root\nRUN apk add --no-cache \\\n        curl\n", text);
        Assert.IsLessThan(text.LastIndexOf("USER app", StringComparison.Ordinal), text.IndexOf("USER root", StringComparison.Ordinal));
    }

    [TestMethod]
    public void The_classic_builder_gets_lines_that_go_on_and_refuses_what_it_does_not_know()
    {
        BuildPlan Classic(params (string, string)[] step) =>
            BuildPlanner.Plan(Items.Add(Samples.Web, Items.Step("builder", step)), new PlanTarget.Classic("amd64"));

        Assert.Contains("RUN a && \\\n    b\n", DockerfileWriter.Write(Classic(("Run", "\n  a && \\\n    b\n")), null));
        foreach (var step in new[] { ("Run", "a\nb"), ("Run", "--mount=type=cache,target=/x ls"), ("Copy", "--link a") })
        {
            var diagnostic = Failure.Of(Codes.NeedsBuildKit, () =>
                Classic(step, step.Item1 == "Copy" ? ("Destination", "b") : ("Before", ""))
            );
            Assert.AreEqual("ContainerStep", diagnostic.Item?.Type);
        }
    }

    [TestMethod]
    public void Build_arguments_of_the_project_are_given_to_the_build() =>
        Assert.AreEqual(
            "a;b",
            Items.Plan(Items.Add(Samples.Web, Items.Item("ContainerBuildArg", "FLAVOR", ("Value", "a;b")))).BuildArgs["FLAVOR"]
        );
}
