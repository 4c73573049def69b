using System.Collections.Immutable;
using MultiStage.Build.Context;

namespace MultiStage.Build.Projects.Closure;

/// <param name="OutputFolders">The folders that its builds write into, such as <c>src/Web/bin</c> and <c>src/Web/obj</c>.</param>
internal sealed record ClosureProject(string Path, ImmutableArray<string> OutputFolders)
{
    /// <summary>The folder the project file lies in; empty for the context's own.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Folder => ContextPath.Parent(Path);
}
