using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Stages;

/// <summary>What a publish on this machine changes in a plan: the builder stage is gone, and the rest is what it was.</summary>
[TestClass]
public sealed class HostPublishPlans
{
    [TestMethod]
    public void The_runtime_stage_is_what_it_was_but_for_where_the_app_comes_from()
    {
        var (host, container) = (Plan(Samples.OnHost).Stages, Plan(Samples.Web).Stages);

        Assert.HasCount(1, host);
        Assert.AreEqual("COPY obj/container/packages/, COPY obj/container/app/", Copies(host[^1]));
        Assert.AreEqual("COPY /packages/ from builder, COPY /publish/ from builder", Copies(container[^1]));
        Assert.AreEqual(
            string.Join('\n', container[^1].Steps.Where(step => step is not CopyStep).Select(PipelineText)),
            string.Join('\n', host[^1].Steps.Where(step => step is not CopyStep).Select(PipelineText))
        );
    }

    [TestMethod]
    public void Tests_begin_with_the_SDKs_image_and_still_gate_the_app()
    {
        var facts = Samples.OnHost with { Tests = Samples.Checked.Tests, RequiresTests = true };

        var plan = Plan(facts);

        Assert.AreEqual("test-results test runtime", string.Join(' ', plan.Stages.Select(stage => stage.Name)));
        Assert.AreEqual(facts.Container.SdkImage, plan.Find("test-results").From);
        Assert.AreEqual("COPY obj/container/packages/, COPY obj/container/app/", Copies(plan.Find("test")));
        Assert.AreEqual("COPY /packages/ from test, COPY /publish/ from test", Copies(plan.Stages[^1]));
    }

    [TestMethod]
    public void What_a_static_app_takes_of_the_SDKs_image_comes_from_there()
    {
        var copies = Copies(Plan(Samples.Scratch with { PublishedFolder = "obj/container" }).Stages[^1]);

        Assert.Contains("COPY /usr/share/zoneinfo/ from mcr.microsoft.com/dotnet/sdk:10.0-alpine-aot", copies);
    }

    [TestMethod]
    public void What_the_publish_of_a_builder_is_given_is_given_to_no_build()
    {
        var plan = Plan(Samples.Stamped with { PublishedFolder = "obj/container" });

        Assert.IsEmpty(plan.BuildArgs);
        Assert.IsNotEmpty(plan.Labels);
    }

    [TestMethod]
    public void What_needs_the_builder_stage_is_an_error_that_says_why()
    {
        ImmutableArray<ProjectItem> items =
        [
            Items.Step("Builder", ("Run", "npm ci")),
            Items.Step("runtime", ("Copy", "/src/a"), ("From", "builder"), ("Destination", "/a")),
            Items.Step("runtime", ("Run", "--mount=type=bind,from=builder,target=/b ls /b")),
            Items.Package("git", ("Stage", "builder")),
            Items.Stage("tools", ("BaseImage", "builder")),
        ];

        foreach (var item in items)
        {
            var problem = Failure.Of(Codes.HostHasNoBuilder, () => Plan(Items.Add(Samples.OnHost, item)));
            Assert.Contains(item.Type, problem.Message);
            Assert.AreSame(item, problem.Item);
        }

        Assert.Contains("ContainerTarget", Failure.Of(Codes.HostHasNoBuilder, () => Plan(Samples.OnHost).Find("BUILDER")).Message);
        var budget = Failure.Of(Codes.HostHasNoBuilder, () => Plan(Samples.OnHost).Find("builder", BudgetKinds.Stage.Setting));
        Assert.Contains("ContainerStageBudget", budget.Message);
    }

    [TestMethod]
    public void Another_stage_that_is_not_there_is_not_blamed_on_this_machine() =>
        Failure.Of(Codes.UnknownStage, () => Plan(Samples.OnHost).Find("bilder"));

    private static BuildPlan Plan(ProjectFacts facts) => BuildPlanner.Plan(facts, new PlanTarget.BuildKit());

    private static string PipelineText(Step step) => System.Text.Json.JsonSerializer.Serialize(step);

    private static string Copies(Stage stage) =>
        string.Join(
            ", ",
            stage.Steps.OfType<CopyStep>().Select(copy => $"COPY {copy.Sources[0]}{(copy.From is { } from ? $" from {from}" : "")}")
        );
}
