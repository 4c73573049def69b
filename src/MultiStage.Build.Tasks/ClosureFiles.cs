using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Tasks;

/// <summary>Files of a closure whose text decides something.</summary>
internal static class ClosureFiles
{
    /// <summary>The <c>global.json</c> that chooses the SDK: inside the container <c>dotnet</c> starts in the context's root, so only the
    /// one there counts.</summary>
    /// <param name="closure">The closure.</param>
    /// <returns>Its text; null where there is none.</returns>
    public static string? GlobalJson(ClosureFacts closure) =>
        closure.RestoreInputs.Contains("global.json") ? File.ReadAllText(Path.Combine(closure.Context, "global.json")) : null;
}
