using System.Globalization;
using MultiStage.Build.Context;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Dockerfiles;

[TestClass]
public sealed class DockerfileSnapshotTests
{
    [TestMethod]
    public void A_web_app_that_is_alone_in_its_repository() => Match("web", Samples.Web);

    [TestMethod]
    public void Eight_projects_with_central_packages_a_local_feed_and_linked_files() => Match("eight-projects", Samples.EightProjects);

    [TestMethod]
    public void An_app_that_is_compiled_ahead_of_time() => Match("aot", Samples.Aot);

    [TestMethod]
    public void A_static_app_on_an_empty_image() => Match("scratch", Samples.Scratch);

    [TestMethod]
    public void An_app_on_Alpine_with_one_framework_of_several() => Match("alpine", Samples.Alpine);

    [TestMethod]
    public void An_app_that_this_machine_publishes() =>
        Match(
            "host",
            Samples.OnHost with
            {
                Tests = Samples.Checked.Tests,
                RequiresTests = true,
                Context = new() { Scope = MultiStage.Build.Projects.Sources.InputScope.Closure },
            }
        );

    [TestMethod]
    public void A_version_from_Git_comes_with_the_build_and_is_not_written_down()
    {
        var text = Match("git", Samples.FromGit);
        Assert.DoesNotContain("0123abc", text);
        Assert.DoesNotContain("1.2.3", text);
        var plan = BuildPlanner.Plan(Samples.FromGit, new PlanTarget.BuildKit());
        Assert.AreEqual(
            "NerdbankVersions=Version|1.2.3;CloudBuildNumber| SourceRevisionId=0123abc",
            string.Join(' ', plan.BuildArgs.Select(arg => $"{arg.Key}={arg.Value}"))
        );
    }

    [TestMethod]
    public void Lock_files_without_a_runtime_are_checked_before_it_is_added() => Match("locked", Samples.Locked);

    [TestMethod]
    public void An_app_that_carries_its_runtime_and_locks_it_is_restored_as_the_project_says() =>
        Match("locked-self-contained", Samples.LockedSelfContained);

    [TestMethod]
    public void A_health_check_over_HTTP_and_tests_as_a_stage() => Match("checked", Samples.Checked);

    [TestMethod]
    public void A_stamped_version_reaches_publish_alone() => Match("stamped", Samples.Stamped);

    [TestMethod]
    public void Paths_and_values_that_are_hard_to_write() => Match("nasty", Samples.Nasty);

    [TestMethod]
    public void A_hundred_and_fifty_projects_are_gathered_by_patterns()
    {
        var text = Match("many-projects", Samples.Many);
        Assert.IsLessThan(40, Layers(text));
        Assert.IsLessThan(50, text.Split('\n').Length);
    }

    [TestMethod]
    public void The_classic_builder_gets_nothing_that_it_does_not_know()
    {
        var text = Match("classic", Samples.EightProjects, new PlanTarget.Classic("amd64"));
        Assert.DoesNotContain("--link", text);
        Assert.DoesNotContain("--mount", text);
        Assert.DoesNotContain("--platform", text);
        Assert.DoesNotContain("TARGETARCH", text);
    }

    [TestMethod]
    public void The_classic_builder_takes_a_hundred_and_fifty_projects_too()
    {
        var text = Match("classic-many-projects", Samples.Many, new PlanTarget.Classic("arm64"));
        Assert.IsLessThan(40, Layers(text));
        Assert.DoesNotContain("--mount", text);
    }

    [TestMethod]
    [DataRow("tr-TR")]
    [DataRow("ar-SA")]
    [DataRow("sv-SE")]
    public void The_text_is_the_same_in_every_culture_and_after_a_round_through_the_facts_file(string culture)
    {
        using var folder = new TempFolder();
        var previous = CultureInfo.CurrentCulture;
        try
        {
            foreach (var facts in new[] { Samples.Web, Samples.EightProjects, Samples.Stamped, Samples.Nasty, Samples.Many })
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                var expected = Write(facts, new PlanTarget.BuildKit());
                CultureInfo.CurrentCulture = new CultureInfo(culture);
                PipelineFile.Write(folder["facts.json"], facts);
                Assert.AreEqual(expected, Write(PipelineFile.Read<ProjectFacts>(folder["facts.json"], ""), new PlanTarget.BuildKit()));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = previous;
        }
    }

    [TestMethod]
    public void The_folder_of_the_checkout_is_in_no_text()
    {
        var elsewhere = Samples.EightProjects with { Closure = Samples.EightProjects.Closure with { Context = "/another/checkout" } };
        Assert.AreEqual(Write(Samples.EightProjects, new PlanTarget.BuildKit()), Write(elsewhere, new PlanTarget.BuildKit()));
        Assert.DoesNotContain("/not/in/any/text", Write(Samples.EightProjects, new PlanTarget.BuildKit()));
    }

    [TestMethod]
    public void A_Dockerfile_outside_the_context_has_no_build_command_in_its_header() =>
        Assert.DoesNotContain("docker build", DockerfileWriter.Write(BuildPlanner.Plan(Samples.Web, new PlanTarget.BuildKit()), null));

    private static string Match(string name, ProjectFacts facts, PlanTarget? target = null)
    {
        var text = Write(facts, target ?? new PlanTarget.BuildKit());
        Snapshot.Match($"dockerfile-{name}", "Dockerfile", text);
        if (target is null)
        {
            Snapshot.Match($"dockerfile-{name}", "Dockerfile.dockerignore", DockerignoreWriter.Write(facts, []));
        }

        return text;
    }

    private static string Write(ProjectFacts facts, PlanTarget target) =>
        DockerfileWriter.Write(BuildPlanner.Plan(facts, target), $"{ContextPath.Parent(facts.Closure.Project)}/Dockerfile".TrimStart('/'));

    // Those that add a layer to the filesystem.
    private static int Layers(string dockerfile) =>
        dockerfile.Split('\n').Count(line => line.Split(' ')[0] is "COPY" or "RUN" or "WORKDIR" or "ADD");
}
