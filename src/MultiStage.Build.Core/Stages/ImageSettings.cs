using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;

namespace MultiStage.Build.Stages;

/// <summary>
/// What properties and items say of the image of a project of stages alone, as the last steps of its final stage: the stages above are the
/// project's own, and none of their steps sees a difference.
/// </summary>
internal static class ImageSettings
{
    /// <summary>Puts the steps at the end of the final stage.</summary>
    /// <param name="stages">The stages, the final one last.</param>
    /// <param name="facts">What was read from the project.</param>
    public static ImmutableArray<Stage> AddTo(ImmutableArray<Stage> stages, ProjectFacts facts)
    {
        var steps = Steps(facts).ToImmutableArray();
        return steps.IsEmpty ? stages : [.. stages.SkipLast(1), stages[^1] with { Steps = stages[^1].Steps.AddRange(steps) }];
    }

    /// <summary>Warns of steps that the last ones make useless: of two of these instructions Docker takes the last.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <returns>The warnings, each at the step.</returns>
    public static IEnumerable<Diagnostic> Overridden(BuildPlan plan, ProjectFacts facts)
    {
        if (facts.Source is not ImageSource.Items)
        {
            return [];
        }

        var (final, container) = (plan.Stages[^1].Name, facts.Container);
        (string Metadata, bool IsSet, string By)[] settings =
        [
            ("Entrypoint", container.Entrypoint.Length > 0, "ContainerEntrypoint or ContainerAppCommand"),
            ("Cmd", container.Command.Length > 0, "ContainerDefaultArgs, ContainerEntrypointArgs or ContainerAppCommand"),
            ("Healthcheck", facts.Healthcheck is not null, "ContainerHealthcheckCommand"),
        ];
        return facts
            .Stages.Steps.Where(step => step["Stage"].Trim().Equals(final, StringComparison.OrdinalIgnoreCase))
            .SelectMany(step =>
                settings.Where(setting => setting.IsSet && step[setting.Metadata].Length > 0).Select(setting => (step, setting))
            )
            .Select(found =>
                Codes.StepOverridden.With(found.step.Include, found.setting.Metadata, found.setting.By) with
                {
                    About = found.step.Type,
                    Item = found.step,
                }
            );
    }

    private static IEnumerable<Step> Steps(ProjectFacts facts)
    {
        var container = facts.Container;
        IEnumerable<Step?> steps =
        [
            .. container.Environment.Select(variable => new EnvStep(variable)),
            .. container.Ports.Select(port => new ExposeStep(port)),
            container.WorkingDirectory.Length > 0 ? new WorkdirStep(container.WorkingDirectory) : null,
            container.User.Length > 0 ? new UserStep(container.User) : null,
            facts.Healthcheck is { } check ? HealthcheckStep.Of(check) : null,
            container.Entrypoint.Length > 0 ? new EntrypointStep(container.Entrypoint) : null,
            container.Command.Length > 0 ? new CommandStep(container.Command) : null,
        ];
        return steps.OfType<Step>();
    }
}
