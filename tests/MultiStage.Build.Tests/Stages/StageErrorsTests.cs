using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;

namespace MultiStage.Build.Tests.Stages;

/// <summary>Each mistake in the items that describe stages is one error about one item, which says what to write instead.</summary>
[TestClass]
public sealed class StageErrorsTests
{
    private static readonly ProjectItem s_builder = Items.Stage("builder", ("BaseImage", "golang:1.23"));

    [TestMethod]
    [DataRow("1st")]
    [DataRow("a b")]
    [DataRow("scratch")]
    public void A_name_that_no_stage_can_have(string name) =>
        AssertFails(Codes.StageNameUnusable, Items.Facts(Items.Stage(name, ("BaseImage", "scratch"))), name, "Write a letter");

    [TestMethod]
    public void Two_stages_of_one_name() =>
        AssertFails(Codes.StageTwice, Items.Facts(s_builder, Items.Stage("Builder", ("BaseImage", "scratch"))), "'Builder'", "rename one");

    [TestMethod]
    public void A_stage_of_a_generated_ones_name() =>
        AssertFails(Codes.StageTwice, Items.Add(Samples.Web, s_builder), "with ContainerStep items");

    [TestMethod]
    public void A_circle_of_base_images() =>
        AssertFails(
            Codes.StageCycle,
            Items.Facts(Items.Stage("a", ("BaseImage", "b")), Items.Stage("b", ("BaseImage", "c")), Items.Stage("c", ("BaseImage", "a"))),
            "a → b → c → a"
        );

    [TestMethod]
    public void A_circle_through_a_copy() =>
        AssertFails(
            Codes.StageCycle,
            Items.Facts(
                s_builder,
                Items.Stage("b", ("BaseImage", "builder")),
                Items.Step("builder", ("Copy", "/x"), ("From", "b"), ("Destination", "/x"))
            ),
            "builder → b → builder"
        );

    [TestMethod]
    public void A_stage_that_copies_from_itself() =>
        AssertFails(
            Codes.StageCycle,
            Items.Facts(s_builder, Items.Step("builder", ("Copy", "/x"), ("From", "builder"), ("Destination", "/x"))),
            "builder → builder"
        );

    [TestMethod]
    public void A_circle_with_a_generated_stage() =>
        AssertFails(
            Codes.StageCycle,
            Items.Add(
                Samples.Web,
                Items.Stage("x", ("BaseImage", "runtime")),
                Items.Step("builder", ("Copy", "/x"), ("From", "x"), ("Destination", "/x"))
            ),
            "builder"
        );

    [TestMethod]
    public void A_stage_without_a_base_image() =>
        AssertFails(Codes.StageBaseMissing, Items.Facts(Items.Stage("a")), "'a'", "BaseImage=\"<image>\"");

    [TestMethod]
    [DataRow("Copy", "biulder")]
    [DataRow("Copy", "buildr")]
    [DataRow("BaseImage", "biulder")]
    [DataRow("After", "nowhere")]
    [DataRow("Stage", "nowhere")]
    [DataRow("Mount", "biulder")]
    [DataRow("Package", "nowhere")]
    public void A_stage_that_is_not_there(string where, string name) =>
        AssertFails(
            Codes.StageNotFound,
            Items.Facts(
                s_builder,
                Items.Stage("z", ("BaseImage", where == "BaseImage" ? name : "scratch"), ("After", where == "After" ? name : "")),
                where switch
                {
                    "Copy" => Items.Step("z", ("Copy", "/x"), ("From", name), ("Destination", "/x")),
                    "Stage" => Items.Step(name, ("Run", "true")),
                    "Mount" => Items.Step("z", ("Run", $"--mount=type=bind,from={name},target=/x true")),
                    "Package" => Items.Package("curl", ("Stage", name)),
                    _ => Items.Step("z", ("Run", "true")),
                }
            ),
            $"\"{name}\"",
            "builder, z"
        );

    [TestMethod]
    public void An_image_with_a_tag_is_no_misspelt_stage() =>
        Assert.AreEqual("biulder:1", Items.Plan(Items.Facts(s_builder, Items.Stage("z", ("BaseImage", "biulder:1")))).Stages[^1].From);

    [TestMethod]
    [DataRow("1")]
    [DataRow("7")]
    [DataRow("99999999999")]
    public void A_number_out_of_range(string number) =>
        AssertFails(
            Codes.StageNumberOutOfRange,
            Items.Facts(
                s_builder,
                Items.Stage("z", ("BaseImage", "scratch")),
                Items.Step("z", ("Copy", "/x"), ("From", number), ("Destination", "/x"))
            ),
            $"From=\"{number}\"",
            "0 (builder)"
        );

    [TestMethod]
    public void A_step_for_no_stage() =>
        AssertFails(
            Codes.StepWithoutStage,
            Items.Facts(s_builder, Items.Item("ContainerStep", "step", ("Run", "true"))),
            "one of: builder"
        );

    [TestMethod]
    public void A_step_without_an_instruction() =>
        AssertFails(
            Codes.StepInstructions,
            Items.Facts(s_builder, Items.Step("builder", ("Run", ""))),
            "has no instruction",
            "Run, Copy, Env"
        );

    [TestMethod]
    public void A_step_with_two_instructions() =>
        AssertFails(
            Codes.StepInstructions,
            Items.Facts(s_builder, Items.Step("builder", ("Run", "true"), ("Env", "A=1"))),
            "has Run and Env"
        );

    [TestMethod]
    [DataRow("Rnu", "did you mean 'Run'?")]
    [DataRow("Command", "means nothing here. It takes: Run, Copy")]
    public void Metadata_that_no_step_takes(string name, string says) =>
        AssertFails(Codes.MetadataUnknown, Items.Facts(s_builder, Items.Step("builder", (name, "true"))), $"'{name}'", says);

    [TestMethod]
    public void Metadata_that_belong_to_another_instruction() =>
        AssertFails(
            Codes.MetadataUnknown,
            Items.Facts(s_builder, Items.Step("builder", ("Run", "true"), ("Chown", "app"))),
            "'Chown'",
            "It takes: Run, Stage, Before, After"
        );

    [TestMethod]
    public void Metadata_that_no_stage_and_no_package_takes()
    {
        AssertFails(
            Codes.MetadataUnknown,
            Items.Facts(Items.Stage("a", ("From", "golang:1.23"))),
            "'From'",
            "BaseImage, WorkingDirectory, OnBuildPlatform, After"
        );
        AssertFails(Codes.MetadataUnknown, Items.Facts(s_builder, Items.Package("curl", ("Vresion", "1"))), "did you mean 'Version'?");
    }

    [TestMethod]
    [DataRow("Before", "publsh")]
    [DataRow("After", "app")]
    public void A_position_that_the_stage_does_not_have(string metadata, string anchor) =>
        AssertFails(
            Codes.StepPosition,
            Items.Add(Samples.Web, Items.Step("builder", ("Run", "true"), (metadata, anchor))),
            $"{metadata}=\"{anchor}\"",
            "restore or publish"
        );

    [TestMethod]
    public void A_position_in_a_stage_without_generated_steps() =>
        AssertFails(
            Codes.StepPosition,
            Items.Facts(s_builder, Items.Step("builder", ("Run", "true"), ("Before", "publish"))),
            "its steps are in file order"
        );

    [TestMethod]
    public void A_copy_to_nowhere_or_of_nothing()
    {
        AssertFails(Codes.CopyIncomplete, Items.Facts(s_builder, Items.Step("builder", ("Copy", "a"))), "has no Destination");
        AssertFails(
            Codes.CopyIncomplete,
            Items.Facts(s_builder, Items.Step("builder", ("Copy", "--link"), ("Destination", "b"))),
            "has no source"
        );
    }

    [TestMethod]
    public void Nothing_to_build() =>
        Assert.Contains("'greeter.proj' has no stage.", Failure.Of(Codes.NoStages, () => Items.Plan(Items.Facts())).Message);

    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled")]
    [DataRow("gcr.io/distroless/static:nonroot")]
    [DataRow("busybox:latest")]
    [DataRow("scratch")]
    public void Packages_where_nothing_can_install_them(string image) =>
        AssertFails(
            Codes.NoPackageManager,
            Items.Facts(Items.Stage("a", ("BaseImage", image)), Items.Package("curl")),
            $"'{image}'",
            "'a'"
        );

    [TestMethod]
    public void Packages_of_an_image_that_is_not_known() =>
        AssertFails(
            Codes.PackageManagerUnknown,
            Items.Facts(Items.Stage("a", ("BaseImage", "example.com/base:1")), Items.Package("curl")),
            "'example.com/base:1'",
            "Manager=\"apt\""
        );

    [TestMethod]
    [DataRow("curl; rm -rf /", "", "the name of one package")]
    [DataRow("curl", "dnf", "apt, apk or tdnf")]
    [DataRow("curl", "1", "apt, apk or tdnf")]
    public void A_package_that_is_more_than_a_name_or_a_manager_that_is_none(string package, string manager, string says) =>
        AssertFails(
            Codes.ValueNotUnderstood,
            Items.Facts(Items.Stage("a", ("BaseImage", "debian:12")), Items.Package(package, ("Manager", manager))),
            says
        );

    private static void AssertFails(DiagnosticDescriptor descriptor, ProjectFacts facts, params string[] says)
    {
        var diagnostic = Failure.Of(descriptor, () => Items.Plan(facts));
        Assert.IsNotNull(diagnostic.Item, "The error is about no item.");
        foreach (var text in says)
        {
            Assert.Contains(text, diagnostic.Message);
        }
    }
}
