using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>The environment variables that reach the build in the container, as build arguments: there they are variables again.</summary>
internal sealed record EnvironmentFacts
{
    /// <summary>The values by name; empty where this machine does not set the variable.</summary>
    public ImmutableSortedDictionary<string, string> Values
    {
        get;
        init => field = value.WithComparers(StringComparer.Ordinal);
    } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The names that the restore gets, too, because it may depend on them; sorted. The others leave its layer as it is.</summary>
    public ImmutableArray<string> ForRestore { get; init; } = [];

    /// <summary>Whether a version may follow from one of them.</summary>
    public bool StampsVersion { get; init; }

    /// <summary>What is reported about variables that do not reach the container.</summary>
    [JsonIgnore]
    public ImmutableArray<Diagnostic> Warnings { get; init; } = [];
}
