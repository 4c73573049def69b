using Microsoft.Build.Execution;
using MultiStage.Build.Context;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks.Evaluation;

/// <summary>A project as it was evaluated on this machine.</summary>
/// <param name="Project">What a closure is made of.</param>
/// <param name="View">What a restore reads of it.</param>
internal sealed record EvaluatedNode(ProjectInstance Instance, EvaluatedProject Project, IReadOnlyDictionary<string, string> View)
{
    /// <summary>The imports that no context holds: what restore wrote.</summary>
    public IEnumerable<string> Unsent =>
        Project.Imports.Where(import => Project.OutputFolders.Any(folder => ContextPath.Contains(folder, import)));

    /// <summary>Reads an evaluation.</summary>
    /// <param name="host">Where this machine keeps SDKs and packages.</param>
    /// <param name="app">The file-based app that is published; null for a project.</param>
    public static EvaluatedNode Read(ProjectInstance instance, HostFolders host, FileQueries queries, FileBasedApp? app)
    {
        var view = RestoreView.Of(instance);
        var hooks = new RestoreHooks(instance, host);
        var read = ProjectReader.Read(new MSBuildEvaluation(instance), host, queries, app);
        var project = read with
        {
            Named = [.. read.Named, .. new TargetReads(instance, host).Paths],
            RestoreView = FileHash.OfText(RestoreView.Lines(view)),
            RestorePaths = [.. RestoreView.Paths(view, instance.Directory).Union(hooks.Files, StringComparer.Ordinal)],
            UnknownInRestore = hooks.Unknown,
        };
        return new(instance, project, view);
    }
}
