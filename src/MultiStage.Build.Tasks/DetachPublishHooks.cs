using System.Collections;
using System.Reflection;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;

namespace MultiStage.Build.Tasks;

/// <summary>
/// Takes the targets that a project hooks on <c>Publish</c> off it, in the build that runs the task: they work on a publish folder, and
/// that is in the container, where they run.
/// </summary>
/// <remarks>
/// MSBuild decides which targets follow another one before any of them runs, and offers no way to change it. Where its objects are not
/// reached, as in a task host of its own, the hooks stay and run on this machine, too.
/// </remarks>
[MSBuildMultiThreadableTask]
public sealed class DetachPublishHooks : Microsoft.Build.Utilities.Task
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <inheritdoc />
    public override bool Execute()
    {
        var detached = ProjectOf(BuildEngine) is { } project && Remove(project, "BeforeTargets") && Remove(project, "AfterTargets");
        Log.LogMessage(
            MessageImportance.Low,
            detached ? "Targets before and after Publish run in the container" : "Targets before and after Publish run on this machine, too"
        );
        return true;
    }

    private static ProjectInstance? ProjectOf(IBuildEngine engine)
    {
        var entry = engine.GetType().GetField("_requestEntry", Any)?.GetValue(engine);
        var configuration = entry?.GetType().GetProperty("RequestConfiguration", Any)?.GetValue(entry);
        return configuration?.GetType().GetProperty("Project", Any)?.GetValue(configuration) as ProjectInstance;
    }

    private static bool Remove(ProjectInstance project, string which)
    {
        var hooks =
            typeof(ProjectInstance)
                .GetProperties(Any)
                .FirstOrDefault(property => property.Name.EndsWith($".{which}", StringComparison.Ordinal))
                ?.GetValue(project) as IDictionary;
        hooks?.Remove("Publish");
        return hooks is not null;
    }
}
