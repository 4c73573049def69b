using CsCheck;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Stages;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Dockerfiles.Injection;

/// <summary>Every value that reaches a Dockerfile, in each of its places: it stands there as it is, or is refused with a code.</summary>
[TestClass]
public sealed class NoValueBreaksOut
{
    // With the known ones, more than 100,000 values in all places together.
    private const int RandomValues = 2_600;

    private static IEnumerable<object[]> Places => Fields.All.Select(place => new object[] { place });

    [TestMethod]
    [DynamicData(nameof(Places))]
    public void Of_its_place(object place)
    {
        var field = (Field)place;
        var (plain, plan) = Written(field, field.Plain)!.Value;
        Assert.AreEqual(field.Expected(field.Plain), field.Read(plain, plan));
        var shape = Shape(plain);
        foreach (var value in HostileText.Known)
        {
            Check(field, shape, value);
        }

        HostileText.Random.Sample(value => Check(field, shape, value), iter: RandomValues, threads: 1);
    }

    [TestMethod]
    [DataRow("a\nb", "a line break")]
    [DataRow("a\r", "a line break")]
    [DataRow("a\u2028", "a line break")]
    [DataRow("a\0", "the control character U+0000")]
    [DataRow("\u001b[31m", "the control character U+001B")]
    public void The_refusal_names_the_place_and_the_character_and_not_the_value(string value, string holds)
    {
        var facts = Fields.All.Single(field => field.Name == "a variable's value").Set(value);
        var diagnostic = Failure.Of(Codes.ValueNotRepresentable, () => BuildPlanner.Plan(facts, new PlanTarget.BuildKit()));
        Assert.AreEqual(
            $"ContainerEnvironmentVariable 'A' holds {holds}, which no Dockerfile instruction can hold there.",
            diagnostic.Message
        );
        Assert.AreEqual("ContainerEnvironmentVariable", diagnostic.About);
    }

    [TestMethod]
    [DataRow("a b", "1", "", "ContainerRepository")]
    [DataRow("App", "1", "", "ContainerRepository")]
    [DataRow("app", "1\n", "", "ContainerImageTags")]
    [DataRow("app", "-x", "", "ContainerImageTags")]
    [DataRow("app", "1", "-dev test", "ContainerTargetTagSuffix")]
    public void A_name_that_no_image_can_have_is_refused_before_the_build(string repository, string tag, string suffix, string about)
    {
        var facts = Items.Facts(Items.Stage("test", ("BaseImage", "a:1")), Items.Stage("final", ("BaseImage", "b:1")));
        var container = facts.Container with { Repository = repository, Tags = [tag] };
        var plan = Items.Plan(facts);
        Assert.AreEqual(about, Failure.Of(Codes.ValueNotUnderstood, () => ImageNames.Of(container, plan, plan.Stages[0], suffix)).About);
    }

    private static void Check(Field field, string shape, string value)
    {
        if (field.Expected(value).Trim().Length == 0)
        {
            // What is empty is not set.
            return;
        }

        if (Written(field, value) is not { } written)
        {
            Assert.IsFalse(field.Accepts(value), $"{field} refuses {Shown(value)}");
            return;
        }

        Assert.AreEqual(shape, Shape(written.Instructions), $"{field} is {Shown(value)}");
        Assert.AreEqual(field.Expected(value), field.Read(written.Instructions, written.Plan), $"{field} is {Shown(value)}");
    }

    private static (List<ReadInstruction> Instructions, BuildPlan Plan)? Written(Field field, string value)
    {
        string text;
        BuildPlan plan;
        try
        {
            plan = BuildPlanner.Plan(field.Set(value), new PlanTarget.BuildKit());
            text = DockerfileWriter.Write(plan, "Dockerfile");
        }
        catch (MultiStageException)
        {
            return null;
        }

        return (SecondReader.Read(text), plan);
    }

    private static string Shape(List<ReadInstruction> instructions) => string.Join(' ', instructions.Select(i => i.Keyword));

    private static string Shown(string value) => System.Text.Json.JsonSerializer.Serialize(value.Length > 200 ? value[..200] : value);
}
