using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Stages;

[TestClass]
public sealed class BuildPlanTests
{
    private static readonly BuildPlan s_plan = new(
        "App.csproj",
        [
            new("builder", "sdk:10", "", []) { OnBuildPlatform = true },
            new("Tools", "scratch", "", [new CopyStep(["/x"], "/x", "tools:1"), new CopyStep(["/y"], "/y", "sdk:10")]),
            new("base", "runtime:10", "", []),
            new("runtime", "BASE", "", [new CopyStep(["."], "."), new CopyStep(["/publish"], "/app", "Builder")]),
            new("final", "runtime", "", [new CopyStep(["/x"], "/x", "tools"), new CopyStep(["/z"], "/z", "runtime:10")]),
        ]
    )
    {
        Platform = Platform.Parse("linux/arm64"),
    };

    [TestMethod]
    public void No_target_is_the_final_stage() => Assert.AreEqual("final", s_plan.Find("").Name);

    [TestMethod]
    public void A_target_is_found_in_any_casing() => Assert.AreEqual("Tools", s_plan.Find("tOOLS").Name);

    [TestMethod]
    public void An_unknown_target_is_an_error_that_lists_the_stages()
    {
        var diagnostic = Failure.Of(Codes.UnknownStage, () => s_plan.Find("test"));
        Assert.AreEqual("There is no stage 'test'. The stages are: builder, Tools, base, runtime, final.", diagnostic.Message);
        Assert.AreEqual("ContainerTarget", diagnostic.About);
    }

    [TestMethod]
    [DataRow("builder", "sdk:10@own")]
    [DataRow("base", "runtime:10@linux/arm64")]
    [DataRow("tools", "tools:1@linux/arm64 sdk:10@linux/arm64")]
    [DataRow("runtime", "runtime:10@linux/arm64 sdk:10@own")]
    [DataRow("", "runtime:10@linux/arm64 tools:1@linux/arm64 sdk:10@linux/arm64 sdk:10@own")]
    public void A_stage_needs_the_images_of_all_it_takes_from_each_for_its_platform(string target, string expected) =>
        CollectionAssert.AreEquivalent(
            expected.Split(' '),
            s_plan.BaseImages(s_plan.Find(target)).Select(image => $"{image.Reference}@{image.Platform?.ToString() ?? "own"}").ToList()
        );

    [TestMethod]
    public void A_platform_is_cross_compiled_unless_the_code_is_native()
    {
        Assert.IsTrue(Builder(Samples.Web).OnBuildPlatform);
        Assert.IsTrue(
            Builder(Samples.Web with { Publish = Samples.Web.Publish with { RuntimeIdentifier = "linux-arm64" } }).OnBuildPlatform
        );
        Assert.IsFalse(Builder(Samples.Aot).OnBuildPlatform);

        static Stage Builder(MultiStage.Build.Projects.ProjectFacts facts) =>
            BuildPlanner.Plan(facts, new PlanTarget.BuildKit()).Find("builder");
    }

    [TestMethod]
    [DataRow(
        "mcr.microsoft.com/dotnet/sdk:10.0",
        "apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*"
    )]
    [DataRow(
        "mcr.microsoft.com/dotnet/sdk",
        "apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*"
    )]
    [DataRow(
        "localhost:5000/dotnet/sdk:10.0.400-noble",
        "apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*"
    )]
    [DataRow("mcr.microsoft.com/dotnet/nightly/sdk:10.0-alpine3.22", "apk add --no-cache build-base clang zlib-dev")]
    [DataRow("mcr.microsoft.com/dotnet/sdk:10.0-azurelinux3.0", "tdnf install -y build-essential clang zlib-devel && tdnf clean all")]
    [DataRow("mcr.microsoft.com/dotnet/sdk:10.0-noble-aot", null)]
    [DataRow("example.com/our-sdk:10.0", null)]
    [DataRow("mcr.microsoft.com/dotnet/sdk@sha256:0123", null)]
    public void Native_code_gets_its_toolchain_where_the_SDK_image_comes_without(string sdkImage, string? packages)
    {
        var facts = Samples.Aot with { Container = Samples.Aot.Container with { SdkImage = sdkImage } };
        var first =
            BuildPlanner.Plan(facts, new PlanTarget.BuildKit()).Find("builder").Steps.SkipWhile(step => step is EnvStep).First() as RunStep;
        Assert.AreEqual(packages, first is null ? null : string.Join(' ', first.Words));
        Assert.IsEmpty(
            Plan(Samples.Web with { Container = Samples.Web.Container with { SdkImage = sdkImage } })
                .Find("builder")
                .Steps.OfType<RunStep>()
                .Where(run => run.Words[0].StartsWith("ap", StringComparison.Ordinal))
        );

        static BuildPlan Plan(MultiStage.Build.Projects.ProjectFacts facts) => BuildPlanner.Plan(facts, new PlanTarget.BuildKit());
    }

    [TestMethod]
    public void What_the_Dockerfile_does_not_carry_is_given_to_the_build()
    {
        var plan = BuildPlanner.Plan(Samples.Stamped, new PlanTarget.BuildKit());
        Assert.AreEqual("1.2.3%3B built%2C 100%25 %22fresh%22", plan.BuildArgs["InformationalVersion"]);
        Assert.AreEqual("0123abc", plan.BuildArgs["SourceRevisionId"]);
        Assert.AreEqual("1.2.3", plan.Labels["org.opencontainers.image.version"]);
        Assert.AreEqual("line 1\nline 2", BuildPlanner.Plan(Samples.Nasty, new PlanTarget.BuildKit()).Labels["motd"]);
        Assert.AreEqual(Platform.Parse("linux/amd64"), BuildPlanner.Plan(Samples.Aot, new PlanTarget.BuildKit()).Platform);
    }

    [TestMethod]
    public void Files_of_a_restore_in_many_folders_are_gathered_in_a_stage_of_their_own()
    {
        var closure = Samples.Many.Closure;
        var odd = closure with
        {
            RestoreInputs = [.. closure.RestoreInputs, "src/Directory.Build.props", "eng/it's [odd]/own settings.xml"],
        };
        var plan = BuildPlanner.Plan(Samples.Many with { Closure = odd }, new PlanTarget.BuildKit());
        var gather = (RunStep)Assert.ContainsSingle(plan.Find("restore-inputs").Steps);
        Assert.AreEqual("/context", gather.ContextFolder);
        Assert.AreEqual(
            @"cd /context && find . \( -name '*.csproj' -o -name '*.props' -o -path './.config/dotnet-tools.json' -o -path './eng/it'\''s \[odd]/own settings.xml' -o -path './global.json' \) -exec cp --parents -t /mnt {} +",
            string.Join(' ', gather.Words)
        );
        var steps = plan.Find("builder").Steps;
        var copy = steps.OfType<CopyStep>().First();
        Assert.AreEqual("/mnt/ /src/ restore-inputs", $"{copy.Sources[0]} {copy.Destination} {copy.From}");
        Assert.IsLessThan(steps.IndexOf(steps.OfType<RunStep>().First()), steps.IndexOf(copy));
    }

    [TestMethod]
    [DataRow(16, false)]
    [DataRow(17, true)]
    public void A_few_folders_are_copied_one_by_one(int folders, bool isGathered)
    {
        var inputs = Samples.Many.Closure.RestoreInputs.Where(file => file.StartsWith("src/Lib", StringComparison.Ordinal)).Take(folders);
        var facts = Samples.Many with { Closure = Samples.Many.Closure with { RestoreInputs = [.. inputs] } };
        var plan = BuildPlanner.Plan(facts, new PlanTarget.BuildKit());
        Assert.AreEqual(isGathered, plan.Stages.Any(stage => stage.Name == "restore-inputs"));
    }

    [TestMethod]
    public void The_restore_of_many_tests_has_a_stage_of_its_own()
    {
        var test = Samples.Checked.Tests[0];
        var tests = Samples.Checked with { Tests = [test with { Closure = Samples.Many.Closure }] };
        var plan = BuildPlanner.Plan(tests, new PlanTarget.BuildKit());
        Assert.IsNull(plan.Stages.FirstOrDefault(stage => stage.Name == "restore-inputs"));
        Assert.AreEqual("test-results-restore-inputs", plan.Find("test-results").Steps.OfType<CopyStep>().First().From);
    }
}
