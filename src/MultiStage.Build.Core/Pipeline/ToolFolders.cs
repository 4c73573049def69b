using System.Collections.Immutable;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Pipeline;

/// <summary>The SDK, and where this machine keeps its files and those of packages.</summary>
/// <param name="Folders">Folders whose files are in the container too.</param>
/// <param name="SdkVersion"><c>NETCoreSdkVersion</c>.</param>
public sealed record ToolFolders(ImmutableArray<string> Folders, string SdkFolder, string SdkVersion)
{
    internal CachedClosure Closure(
        IClosureEvaluator evaluator,
        string path,
        string project,
        IReadOnlyDictionary<string, string> properties
    ) => new(evaluator, path, project, properties, HostFolders.Of(Folders, project), SdkVersion, SdkFolder);
}
