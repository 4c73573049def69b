using System.Text.RegularExpressions;
using Microsoft.Build.Exceptions;
using Microsoft.Build.Execution;

namespace MultiStage.Build.Tasks.Evaluation;

/// <summary>
/// What a restore reads of an evaluation: the value of every expression in the targets that it runs. Two evaluations with the same values
/// restore the same, whichever switches of the SDK or of the repository turn into packages.
/// </summary>
internal static partial class RestoreView
{
    /// <summary>How the value of an expression begins that cannot be evaluated.</summary>
    public const string Failed = "failed: ";

    /// <summary>Reads an evaluation.</summary>
    /// <returns>The values, by expression.</returns>
    public static Dictionary<string, string> Of(ProjectInstance project)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var expressions = RestoreTargets.Of(project).SelectMany(RestoreTargets.Expressions);
        foreach (var (text, isCondition) in expressions.Where(expression => !IsRandom().IsMatch(expression.Text)))
        {
            if (values.TryAdd(text, "") && Value(project, text, isCondition) is var value)
            {
                values[text] = value;
            }

            foreach (Match list in ItemList().Matches(text))
            {
                if (values.TryAdd(list.Value, ""))
                {
                    values[list.Value] = string.Join('\n', project.GetItems(list.Groups["type"].Value).Select(Item));
                }
            }
        }

        return values;
    }

    /// <summary>Writes values as lines.</summary>
    /// <param name="view">The values, by expression.</param>
    /// <returns>The lines, sorted.</returns>
    public static IEnumerable<string> Lines(IReadOnlyDictionary<string, string> view) =>
        view.Select(value => $"{value.Key} = {value.Value}").Order(StringComparer.Ordinal);

    /// <summary>The files and folders that values name: configuration, sources of packages, lock files.</summary>
    /// <param name="view">The values, by expression.</param>
    /// <returns>Those that are there, absolute.</returns>
    public static IEnumerable<string> Paths(IReadOnlyDictionary<string, string> view, string folder) =>
        view.Where(value =>
                value.Key.StartsWith("$(", StringComparison.Ordinal) && !value.Key.StartsWith("$(MSBuild", StringComparison.Ordinal)
            )
            .SelectMany(value =>
                value
                    .Value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Where(part => Path.IsPathFullyQualified(part) || RestoreProperty().IsMatch(value.Key))
            )
            .Select(part => Path.TrimEndingDirectorySeparator(Path.GetFullPath(part.Replace('\\', Path.DirectorySeparatorChar), folder)))
            .Where(Path.Exists)
            .Distinct(StringComparer.Ordinal);

    private static string Value(ProjectInstance project, string text, bool isCondition)
    {
        try
        {
            // Metadata has a value only while the target runs, for each item.
            return isCondition && !text.Contains("%(", StringComparison.Ordinal)
                ? project.EvaluateCondition(text).ToString()
                : project.ExpandString(text);
        }
        catch (InvalidProjectFileException exception)
        {
            return Failed + exception.BaseMessage;
        }
    }

    private static string Item(ProjectItemInstance item) =>
        string.Join(
            ' ',
            item.Metadata.Select(metadata => $"{metadata.Name}={metadata.EvaluatedValue}")
                .Order(StringComparer.Ordinal)
                .Prepend(item.EvaluatedInclude)
        );

    [GeneratedRegex(@"\[System\.Guid\]::NewGuid", RegexOptions.CultureInvariant)]
    private static partial Regex IsRandom();

    // Their values may be relative to the project.
    [GeneratedRegex(@"^\$\((Restore|NuGet)", RegexOptions.CultureInvariant)]
    private static partial Regex RestoreProperty();

    [GeneratedRegex(@"@\(\s*(?<type>[A-Za-z_][A-Za-z0-9_-]*)\s*\)", RegexOptions.CultureInvariant)]
    private static partial Regex ItemList();
}
