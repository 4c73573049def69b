using Microsoft.Build.Execution;

namespace MultiStage.Build.Tasks.Evaluation;

/// <summary>Finds what the targets read that a restore runs: NuGet's own, the SDK's, and those that a repository hooks into them.</summary>
internal static class RestoreTargets
{
    /// <summary>Finds the targets.</summary>
    /// <returns>The targets, each once.</returns>
    public static IEnumerable<ProjectTargetInstance> Of(ProjectInstance project)
    {
        var hooks = project
            .Targets.Values.SelectMany(target =>
                Names(project, target.BeforeTargets)
                    .Concat(Names(project, target.AfterTargets))
                    .Select(name => (Name: name, Target: target))
            )
            .ToLookup(hook => hook.Name, hook => hook.Target.Name, StringComparer.OrdinalIgnoreCase);
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var pending = new Queue<string>(["Restore"]);
        while (pending.TryDequeue(out var name))
        {
            if (!project.Targets.TryGetValue(name, out var target) || !found.Add(name))
            {
                continue;
            }

            yield return target;
            foreach (
                var next in Names(project, target.DependsOnTargets)
                    .Concat(hooks[name])
                    .Concat(target.Tasks.SelectMany(task => Called(project, task)))
            )
            {
                pending.Enqueue(next);
            }
        }
    }

    /// <summary>Lists the expressions of a target: first conditions, then other values.</summary>
    /// <returns>The expressions, in the target's order.</returns>
    public static IEnumerable<(string Text, bool IsCondition)> Expressions(ProjectTargetInstance target) =>
        Parts(target).Where(part => part.Text.AsSpan().ContainsAny('$', '@') || (part.IsCondition && part.Text.Length > 0));

    private static IEnumerable<(string Text, bool IsCondition)> Parts(ProjectTargetInstance target)
    {
        yield return (target.Condition, true);
        foreach (var child in target.Children)
        {
            yield return (child.Condition, true);
            foreach (
                var part in child switch
                {
                    ProjectTaskInstance task => task.Parameters.Values.Select(value => (value, false)),
                    ProjectPropertyGroupTaskInstance group => group.Properties.SelectMany(property =>
                        new[] { (property.Condition, true), (property.Value, false) }
                    ),
                    ProjectItemGroupTaskInstance group => group.Items.SelectMany(item =>
                        item.Metadata.SelectMany(metadata => new[] { (metadata.Condition, true), (metadata.Value, false) })
                            .Concat([(item.Condition, true), (item.Include, false), (item.Exclude, false), (item.Remove, false)])
                    ),
                    _ => [],
                }
            )
            {
                yield return part;
            }
        }
    }

    private static string[] Called(ProjectInstance project, ProjectTaskInstance task) =>
        task.Name is "MSBuild" or "CallTarget"
            ? Names(project, task.Parameters.TryGetValue("Targets", out var targets) ? targets : "")
            : [];

    private static string[] Names(ProjectInstance project, string list) =>
        list.Length == 0
            ? []
            : project.ExpandString(list).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
