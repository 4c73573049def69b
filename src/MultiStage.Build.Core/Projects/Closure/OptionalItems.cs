using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Finds the files that items name and that a publish does without: what a package carries, and what the compiler takes for
/// advice.</summary>
internal static class OptionalItems
{
    /// <summary>Finds them.</summary>
    /// <returns>The files as the items name them; none that another item needs.</returns>
    public static IEnumerable<string> In(IEvaluation project)
    {
        var isPacked = project.Property("GeneratePackageOnBuild").Equals("true", StringComparison.OrdinalIgnoreCase);
        return project
            .Items.Where(ProjectReader.NamesFile)
            .GroupBy(item => item.Include, StringComparer.Ordinal)
            .Where(file => file.Key.Contains("..", StringComparison.Ordinal) || Path.IsPathRooted(file.Key))
            .Where(file => file.All(item => IsOptional(item, isPacked)))
            .Select(file => file.Key);
    }

    private static bool IsOptional(IEvaluatedItem item, bool isPacked) =>
        item.Type switch
        {
            "EditorConfigFiles" or "GlobalAnalyzerConfigFiles" or "PotentialEditorConfigFiles" => true,
            "None" => !isPacked
                && !ProjectReader.IsCopied(item, "CopyToOutputDirectory")
                && !ProjectReader.IsCopied(item, "CopyToPublishDirectory"),
            _ => false,
        };
}
