using System.Xml.Linq;
using MultiStage.Build.Tests.Reference;

namespace MultiStage.Build.Tests.Targets;

/// <summary>A terminal shows the name of the target that runs, and how long it has been running: so the name says what happens.</summary>
[TestClass]
public sealed class PhaseNames
{
    // In the container there is no terminal, and the others only refuse.
    private static readonly string[] s_unseen = ["Builder", "Compile", "Prerequisites"];
    private static readonly string[] s_quick =
    [
        "_DetachMultiStageHooks",
        "_CleanMultiStage",
        "_CheckMultiStageImageFiles",
        "_SummariseMultiStageSolution",
    ];

    private static readonly IReadOnlyList<XElement> s_targets =
    [
        .. Directory
            .EnumerateFiles(RepositoryRoot.Combine("sdk", "build"), "*.targets")
            .Where(file => !s_unseen.Any(name => file.EndsWith($".{name}.targets", StringComparison.Ordinal)))
            .SelectMany(file => XDocument.Load(file).Descendants("Target")),
    ];

    [TestMethod]
    public void A_target_that_runs_a_task_has_a_name_for_people()
    {
        var working = s_targets.Where(target =>
            target.Elements().Any(element => element.Name.LocalName is not ("PropertyGroup" or "ItemGroup" or "Error" or "Warning"))
        );

        Assert.IsEmpty(working.Select(Name).Where(name => name.StartsWith('_')).Except(s_quick, StringComparer.Ordinal));
    }

    [TestMethod]
    [DataRow("BeginMultiStageRun", "BeginRun")]
    [DataRow("ReadMultiStageBudgets", "ReadSizeBudgets")]
    [DataRow("ChooseMultiStagePublish", "ChoosePublish")]
    [DataRow("ReadMultiStageProject", "CollectProjectFacts")]
    [DataRow("ReadMultiStageStages", "CollectStageFacts")]
    [DataRow("ReadMultiStageVariant", "CollectVariantFacts")]
    [DataRow("ChooseMultiStageEngine", "ChooseEngine")]
    [DataRow("RunMultiStageTests", "RunTests")]
    [DataRow("PullMultiStageBaseImages", "PullBaseImages")]
    [DataRow("BuildMultiStageImageWithSdk", "PrepareSdkPublish")]
    [DataRow("BuildMultiStageImage", "BuildImage")]
    [DataRow("MeasureMultiStageImage", "MeasureImage")]
    [DataRow("MeasureMultiStageForeignImage", "MeasureForeignImage")]
    [DataRow("VerifyMultiStageImage", "VerifyImage")]
    [DataRow("PushMultiStageImage", "PushImage")]
    public void What_takes_long_is_a_target_of_its_own(string target, string task)
    {
        var tasks = s_targets.Where(element => Name(element) == target).Elements().Select(element => element.Name.LocalName);

        Assert.Contains(task, tasks);
    }

    [TestMethod]
    public void The_reference_says_what_each_phase_does() =>
        Assert.IsEmpty(ReferenceDocument.Phases.Except(s_targets.Select(Name), StringComparer.Ordinal));

    private static string Name(XElement target) => target.Attribute("Name")!.Value;
}
