using Microsoft.Build.Execution;

namespace MultiStage.Build.Tasks;

/// <summary>Finds the files that items name and that a publish does without: what a package carries, and what the compiler takes for
/// advice.</summary>
internal static class OptionalItems
{
    /// <summary>Finds them.</summary>
    /// <param name="project">The project's evaluation.</param>
    /// <returns>The files as the items name them; none that another item needs.</returns>
    public static IEnumerable<string> In(ProjectInstance project)
    {
        var isPacked = project.GetPropertyValue("GeneratePackageOnBuild").Equals("true", StringComparison.OrdinalIgnoreCase);
        return project
            .Items.Where(ProjectReader.NamesFile)
            .GroupBy(item => item.EvaluatedInclude, StringComparer.Ordinal)
            .Where(file => file.Key.Contains("..", StringComparison.Ordinal) || Path.IsPathRooted(file.Key))
            .Where(file => file.All(item => IsOptional(item, isPacked)))
            .Select(file => file.Key);
    }

    private static bool IsOptional(ProjectItemInstance item, bool isPacked) =>
        item.ItemType switch
        {
            "EditorConfigFiles" or "GlobalAnalyzerConfigFiles" or "PotentialEditorConfigFiles" => true,
            "None" => !isPacked
                && !ProjectReader.IsCopied(item, "CopyToOutputDirectory")
                && !ProjectReader.IsCopied(item, "CopyToPublishDirectory"),
            _ => false,
        };
}
