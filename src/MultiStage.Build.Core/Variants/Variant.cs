using System.Collections.Immutable;

namespace MultiStage.Build.Variants;

/// <summary>One way to build a project's image: its name, and the properties that make it differ from today's.</summary>
/// <param name="Name">The name, as <c>ContainerVariant</c> gives it.</param>
/// <param name="Properties">The properties, sorted by name.</param>
internal sealed record Variant(string Name, ImmutableSortedDictionary<string, string> Properties)
{
    /// <summary>What the image that is built today is called.</summary>
    public const string Today = "today";

    /// <summary>The variant that changes nothing.</summary>
    public static Variant Unchanged { get; } = new(Today, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>Makes a variant of properties in any order.</summary>
    public static Variant Of(string name, IEnumerable<(string Name, string Value)> properties) =>
        new(name, properties.ToImmutableSortedDictionary(p => p.Name, p => p.Value, StringComparer.OrdinalIgnoreCase));

    /// <summary>The properties as a command line writes them.</summary>
    /// <returns>Such as <c>ContainerFamily=noble-chiseled; InvariantGlobalization=true</c>.</returns>
    public override string ToString() => string.Join("; ", Properties.Select(p => $"{p.Key}={p.Value}"));
}
