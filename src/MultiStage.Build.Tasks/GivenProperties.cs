using System.Collections;
using Microsoft.Build.Evaluation;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>What a publish is given beside its files: the properties of its command line, and this process's environment.</summary>
internal static class GivenProperties
{
    /// <summary>Decides what of it reaches the container.</summary>
    /// <param name="evaluated">The closure's evaluations.</param>
    /// <param name="globals">The properties of the command line.</param>
    /// <param name="context">The build context's absolute path.</param>
    /// <returns>What is forwarded, and what is told of the rest.</returns>
    public static ForwardedProperties Forward(EvaluatedClosure evaluated, IReadOnlyDictionary<string, string> globals, string context)
    {
        var reads = PropertyReads.Of(
            evaluated.Projects.SelectMany(project => project.Imports.Append(project.Path)).Distinct(StringComparer.Ordinal)
        );
        var seen = evaluated.Projects.SelectMany(project => project.Variables).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var variables = new EnvironmentReads(reads, evaluated.Names, seen, context).Decide(
            Environment
                .GetEnvironmentVariables()
                .Cast<DictionaryEntry>()
                .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? "")),
            globals.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase)
        );
        var forwarded = GlobalProperties.Forward(
            globals.Select(p => KeyValuePair.Create(p.Key, ProjectCollection.Unescape(p.Value))),
            context,
            reads.Contains
        );
        return forwarded with { Environment = variables, Diagnostics = forwarded.Diagnostics.AddRange(variables.Warnings) };
    }
}
