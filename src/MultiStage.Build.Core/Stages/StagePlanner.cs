using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Stages;

/// <summary>Plans what a project says of stages itself: adds its stages to the generated ones, puts its steps among theirs, and orders all
/// of them.</summary>
internal static class StagePlanner
{
    /// <param name="project">The project's name, for messages.</param>
    /// <param name="generated">The generated stages, the final one last; none where the project is not .NET.</param>
    /// <param name="facts">What the project says.</param>
    /// <param name="publishesOnHost">Whether a publish on this machine takes the place of the builder stage.</param>
    /// <exception cref="MultiStageException">What is wrong with an item, at its line.</exception>
    /// <returns>The stages, each after those it takes from; the last one is the final stage.</returns>
    public static ImmutableArray<Stage> Plan(
        string project,
        ImmutableArray<Stage> generated,
        StageFacts facts,
        PlanTarget target,
        bool publishesOnHost
    )
    {
        var names = new StageNames(generated, facts.Stages) { PublishesOnHost = publishesOnHost };
        if (names.All.IsEmpty)
        {
            throw Codes.NoStages.Error(project);
        }

        var stages = facts.Stages.Select(item => Declare(item, names, target)).ToImmutableArray();
        var all = WithSteps([.. generated.SkipLast(1), .. stages, .. generated.TakeLast(1)], names, facts.Steps, target);
        // In front of the steps, which may need them.
        all = OsPackageReader.Install(
            all,
            names,
            facts.Packages,
            generated.LastOrDefault()?.Steps.OfType<UserStep>().LastOrDefault()?.User ?? ""
        );
        return Describe(StageOrder.Sort(all, facts.Stages, names, generated.LastOrDefault()?.Name));
    }

    private static Stage Declare(ProjectItem item, StageNames names, PlanTarget target)
    {
        ItemRules.CheckStage(item);
        var baseImage = item["BaseImage"].Trim();
        if (baseImage.Length == 0)
        {
            throw Codes.StageBaseMissing.ErrorAt(item, item.Include);
        }

        var workdir = item["WorkingDirectory"].Trim();
        return new Stage(
            item.Include,
            names.Source(item, "BaseImage", baseImage, item.Include),
            "",
            workdir.Length == 0 ? [] : [new WorkdirStep(workdir)]
        )
        {
            // The classic builder runs nothing on another platform than its own.
            OnBuildPlatform = SwitchSetting.Parse("OnBuildPlatform", item["OnBuildPlatform"]) && target is PlanTarget.BuildKit,
        };
    }

    private static ImmutableArray<Stage> WithSteps(
        ImmutableArray<Stage> stages,
        StageNames names,
        ImmutableArray<ProjectItem> items,
        PlanTarget target
    )
    {
        var reader = new StepReader(names, target);
        var placed = new Dictionary<string, List<PlacedStep>>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (item["Stage"].Trim().Length == 0)
            {
                throw Codes.StepWithoutStage.ErrorAt(item, item.Include, names.List);
            }

            var stage = stages.First(stage => stage.Name == names.Stage(item, "Stage"));
            var step = reader.Read(item, stage.Name, StepAnchors.Of(stage.Steps));
            placed.TryAdd(stage.Name, []);
            placed[stage.Name].Add(step);
        }

        return
        [
            .. stages.Select(stage =>
                placed.TryGetValue(stage.Name, out var steps) ? stage with { Steps = StepAnchors.Weave(stage.Steps, steps) } : stage
            ),
        ];
    }

    // A stage of the project is explained by what it is there for, which is what a reader looks for and the items do not say.
    private static ImmutableArray<Stage> Describe(ImmutableArray<Stage> stages) =>
        [.. stages.Select(stage => stage.Purpose.Length > 0 ? stage : stage with { Purpose = PurposeOf(stage, stages) })];

    private static string PurposeOf(Stage stage, ImmutableArray<Stage> stages)
    {
        if (stage == stages[^1])
        {
            return "The final image. Of the earlier stages it has only what is copied here.";
        }

        var based = stages.Where(other => other.From == stage.Name).Select(other => other.Name).ToList();
        var taking = stages
            .Where(other => other.Sources().Skip(1).Any(source => source.Name == stage.Name))
            .Select(other => other.Name)
            .Except(based)
            .ToList();
        return (based, taking) switch
        {
            ([], []) => $"Built only on request: --target {stage.Name}.",
            (_, []) => $"The base of {And(based)}.",
            ([], _) => $"Builds what {And(taking)} {Copy(taking)}.",
            _ => $"The base of {And(based)}, from which {And(taking)} {Copy(taking)} too.",
        };
    }

    private static string Copy(List<string> names) => names.Count == 1 ? "copies" : "copy";

    private static string And(List<string> names) =>
        names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";
}
