using MultiStage.Build.Diagnostics;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Stages;

[TestClass]
public sealed class BuildPlanTests
{
    private static readonly BuildPlan s_plan = new("App.csproj",
    [
        new("builder", "sdk:10", "", []) { OnBuildPlatform = true },
        new("Tools", "scratch", "", [new CopyStep(["/x"], "/x", "tools:1"), new CopyStep(["/y"], "/y", "sdk:10")]),
        new("base", "runtime:10", "", []),
        new("runtime", "BASE", "", [new CopyStep(["."], "."), new CopyStep(["/publish"], "/app", "Builder")]),
        new("final", "runtime", "", [new CopyStep(["/x"], "/x", "tools"), new CopyStep(["/z"], "/z", "runtime:10")]),
    ])
    { Platform = "linux/arm64" };

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
            s_plan.BaseImages(s_plan.Find(target)).Select(image => $"{image.Reference}@{image.Platform ?? "own"}").ToList());

    [TestMethod]
    public void A_platform_is_cross_compiled_unless_the_code_is_native()
    {
        Assert.IsTrue(Builder(Samples.Web).OnBuildPlatform);
        Assert.IsTrue(Builder(Samples.Web with { Publish = Samples.Web.Publish with { RuntimeIdentifier = "linux-arm64" } }).OnBuildPlatform);
        Assert.IsFalse(Builder(Samples.Aot).OnBuildPlatform);

        static Stage Builder(MultiStage.Build.Projects.ProjectFacts facts) => BuildPlanner.Plan(facts, new PlanTarget.BuildKit()).Find("builder");
    }

    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/sdk:10.0", "apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*")]
    [DataRow("mcr.microsoft.com/dotnet/sdk", "apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*")]
    [DataRow("localhost:5000/dotnet/sdk:10.0.400-noble", "apt-get update && apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*")]
    [DataRow("mcr.microsoft.com/dotnet/nightly/sdk:10.0-alpine3.22", "apk add --no-cache build-base clang zlib-dev")]
    [DataRow("mcr.microsoft.com/dotnet/sdk:10.0-azurelinux3.0", "tdnf install -y build-essential clang zlib-devel && tdnf clean all")]
    [DataRow("mcr.microsoft.com/dotnet/sdk:10.0-noble-aot", null)]
    [DataRow("example.com/our-sdk:10.0", null)]
    [DataRow("mcr.microsoft.com/dotnet/sdk@sha256:0123", null)]
    public void Native_code_gets_its_toolchain_where_the_SDK_image_comes_without(string sdkImage, string? packages)
    {
        var facts = Samples.Aot with { Container = Samples.Aot.Container with { SdkImage = sdkImage } };
        var first = BuildPlanner.Plan(facts, new PlanTarget.BuildKit()).Find("builder").Steps.SkipWhile(step => step is EnvStep).First() as RunStep;
        Assert.AreEqual(packages, first is null ? null : string.Join(' ', first.Words));
        Assert.IsEmpty(Plan(Samples.Web with { Container = Samples.Web.Container with { SdkImage = sdkImage } }).Find("builder").Steps.OfType<RunStep>().Where(run => run.Words[0].StartsWith("ap", StringComparison.Ordinal)));

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
        Assert.AreEqual("linux/amd64", BuildPlanner.Plan(Samples.Aot, new PlanTarget.BuildKit()).Platform);
    }

    [TestMethod]
    public void A_path_that_cannot_be_bound_is_copied_before_the_restore()
    {
        var closure = Samples.Many.Closure;
        var projects = closure.Projects.Add(new("src/Lib ü/Lib.csproj", []));
        var facts = Samples.Many with { Closure = closure with { Projects = projects, RestoreInputs = closure.RestoreInputs.Add("src/Lib ü/Lib.csproj") } };
        var steps = BuildPlanner.Plan(facts, new PlanTarget.BuildKit()).Find("builder").Steps;
        var copy = steps.OfType<CopyStep>().First();
        Assert.AreEqual("src/Lib ü/Lib.csproj", Assert.ContainsSingle(copy.Sources));
        var restore = steps.OfType<RunStep>().First();
        Assert.IsLessThan(steps.IndexOf(restore), steps.IndexOf(copy));
        Assert.HasCount(153, restore.Bindings);
    }

    [TestMethod]
    public void What_a_bound_restore_read_is_copied_with_the_sources()
    {
        var copied = BuildPlanner.Plan(Samples.Many, new PlanTarget.BuildKit()).Find("builder").Steps.OfType<CopyStep>().SelectMany(copy => copy.Sources).ToList();
        CollectionAssert.IsSubsetOf(new[] { "Directory.Build.props", "global.json", ".config/", "src/" }, copied);
    }
}
