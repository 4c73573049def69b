using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Stages;

[TestClass]
public sealed class ForeignStepsTests
{
    private static readonly Platform s_amd64 = Platform.Parse("linux/amd64");

    private static readonly Platform s_arm64 = Platform.Parse("linux/arm64");

    [TestMethod]
    public void A_builder_compiles_for_every_platform_on_its_own() => Assert.IsNull(Find(Plan(Samples.Web)));

    [TestMethod]
    public void Native_code_is_compiled_on_the_platform_that_runs_it()
    {
        var step = Find(Plan(Samples.Web with { Publish = Samples.Web.Publish with { IsAot = true } }));
        Assert.AreEqual("builder", step!.Stage.Name);
        Assert.AreEqual(s_arm64, step.Platform);
        Assert.IsNull(Find(Plan(Samples.Web with { Publish = Samples.Web.Publish with { IsAot = true } }), s_amd64, s_arm64));
    }

    [TestMethod]
    [DataRow("FROM busybox AS runtime\nRUN adduser app\n", "runtime", "adduser app")]
    [DataRow("FROM busybox AS tools\nRUN touch /a\nFROM scratch\nCOPY --from=tools /a /\n", "tools", "touch /a")]
    [DataRow("FROM busybox AS base\nFROM base\nRUN --mount=type=cache,target=/c true\n", "1", "true")]
    public void A_step_in_a_stage_of_the_image_s_platform_is_found(string dockerfile, string stage, string what)
    {
        var step = Find(Read(dockerfile));
        Assert.AreEqual((stage, what), (step!.Stage.Name, step.What.Trim()));
    }

    [TestMethod]
    [DataRow("FROM --platform=$BUILDPLATFORM busybox AS tools\nRUN touch /a\nFROM scratch\nCOPY --from=tools /a /\n")]
    [DataRow("FROM --platform=$BUILDPLATFORM busybox AS base\nFROM base AS tools\nRUN touch /a\nFROM scratch\nCOPY --from=tools /a /\n")]
    [DataRow("FROM busybox AS unused\nRUN touch /a\nFROM scratch\nCOPY . /\n")]
    public void What_runs_on_the_builder_s_platform_or_not_at_all_needs_no_emulation(string dockerfile) =>
        Assert.IsNull(Find(Read(dockerfile)));

    private static ForeignStep? Find(BuildPlan plan, params Platform[] native) =>
        ForeignSteps.Find(plan with { Platforms = [s_amd64, s_arm64] }, plan.Stages[^1], native.Length == 0 ? [s_amd64] : native);

    private static BuildPlan Plan(ProjectFacts facts) => BuildPlanner.Plan(facts, new PlanTarget.BuildKit());

    private static BuildPlan Read(string dockerfile) =>
        DockerfileReader.Read(dockerfile, "/Dockerfile", Samples.Web with { Source = ImageSource.Dockerfile });
}
