using System.Collections.Immutable;

namespace MultiStage.Build.Diagnostics;

/// <summary>An item of a project, as MSBuild evaluated it.</summary>
/// <param name="Type">Its type, such as <c>ContainerStep</c>.</param>
/// <param name="File">The absolute path of the file that defines it; null where that is not known.</param>
public sealed record ProjectItem(string Type, string Include, string? File = null)
{
    /// <summary>Its own metadata, by name in any casing; MSBuild's well-known ones are not among them.</summary>
    public ImmutableSortedDictionary<string, string> Metadata
    {
        get;
        init => field = value.WithComparers(StringComparer.OrdinalIgnoreCase);
    } = ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A metadata's value.</summary>
    /// <returns>The value as it is written; empty where it is not set.</returns>
    public string this[string metadata] => Metadata.GetValueOrDefault(metadata, "");
}
