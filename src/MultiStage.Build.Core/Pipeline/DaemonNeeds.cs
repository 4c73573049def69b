using MultiStage.Build.Budgets;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline;

/// <summary>What the .NET SDK cannot do: a step would have to run, or a daemon be asked.</summary>
internal static class DaemonNeeds
{
    /// <summary>Finds it.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <param name="target">The value of <c>ContainerTarget</c>.</param>
    /// <param name="verify">Whether the image is run before it is delivered.</param>
    /// <param name="baselineImage">The image that is the baseline; null for a file.</param>
    /// <returns>Each, as the project names it; none where the SDK makes the same image.</returns>
    public static IEnumerable<string> Of(
        ProjectFacts facts,
        BuildPlan plan,
        BudgetSettings budgets,
        string target,
        bool verify,
        string? baselineImage
    )
    {
        var items = facts.Stages;
        var single = new (bool IsSet, string Name)[]
        {
            (facts.Source is ImageSource.Dockerfile, "ContainerDockerfile"),
            (facts.Container.BaseImage == ScratchImage.Name, "ContainerBaseImage 'scratch'"),
            (facts.Source is ImageSource.Project && target.Length > 0 && plan.Find(target) != plan.Stages[^1], "ContainerTarget"),
            (facts.Healthcheck is not null, "the health check"),
            (!facts.Tests.IsEmpty, "ContainerTestProjects"),
            (items.Provenance.Length > 0, "ContainerProvenance"),
            (items.Sbom.Length > 0, "ContainerSbom"),
            (verify, "ContainerVerify"),
            (baselineImage is not null, "ContainerSizeBaselineImage"),
        };
        return items
            .Stages.Concat(items.Steps)
            .Concat(items.Packages)
            .Concat(items.BuildArgs)
            .Concat(items.Secrets)
            .Concat(items.CacheFrom)
            .Concat(items.CacheTo)
            .Select(item => $"{item.Type} '{item.Include}'")
            .Concat(
                budgets
                    .Stages.Where(stage => plan.Find(stage, BudgetKinds.Stage.Setting) != plan.Stages[^1])
                    .Select(stage => $"{BudgetKinds.Stage.Setting} '{stage}'")
            )
            .Concat(single.Where(one => one.IsSet).Select(one => one.Name));
    }
}
