using System.Collections;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Pipeline;

/// <summary>What of this process's environment reaches a build in the container.</summary>
internal static class HostVariables
{
    /// <summary>Reads in a closure's files which properties they read.</summary>
    public static PropertyReads Reads(EvaluatedClosure evaluated) =>
        PropertyReads.Of(evaluated.Projects.SelectMany(project => project.Imports.Append(project.Path)).Distinct(StringComparer.Ordinal));

    /// <summary>Decides which variables reach it.</summary>
    /// <param name="reads">What its files read.</param>
    /// <param name="context">The build context's absolute path.</param>
    /// <param name="globals">The names of the properties of the command line, which win.</param>
    /// <returns>The variables, and what is reported about those that do not.</returns>
    public static EnvironmentFacts Of(EvaluatedClosure evaluated, PropertyReads reads, string context, IEnumerable<string> globals)
    {
        var seen = evaluated.Projects.SelectMany(project => project.Variables).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new EnvironmentReads(reads, evaluated.Names, seen, context).Decide(
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")),
            globals.ToHashSet(StringComparer.OrdinalIgnoreCase)
        );
    }
}
