using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MultiStage.Build.Images;

namespace MultiStage.Build.Variants;

/// <summary>What was found out about a project's variants. Written to <c>explore.json</c>.</summary>
/// <param name="Platform">The platform that all were built for, such as <c>linux/amd64</c>.</param>
/// <param name="Today">The image without any variant.</param>
/// <param name="Variants">The variants, smallest working one first.</param>
internal sealed record Exploration(string Project, Platform? Platform, VariantResult Today, ImmutableArray<VariantResult> Variants)
{
    /// <summary>What the numbers mean.</summary>
    public required string Definition { get; init; }

    /// <summary>The project's file name, for the lines that change it.</summary>
    public required string ProjectFile { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The smallest variant that works and is smaller than today's image; null where there is none.</summary>
    [JsonIgnore]
    public VariantResult? Best =>
        Variants.FirstOrDefault(variant => variant.Outcome is VariantOutcome.Works && variant.TotalBytes < Today.TotalBytes);

    /// <summary>Finds what is known of the same image.</summary>
    /// <param name="result">A result with its size.</param>
    /// <returns>The variant of the same name, properties and size; null where there is none.</returns>
    public VariantResult? Find(VariantResult result) =>
        Variants
            .Append(Today)
            .FirstOrDefault(known =>
                known.Name == result.Name && known.TotalBytes == result.TotalBytes && known.Properties.SequenceEqual(result.Properties)
            );

    /// <summary>Sorts variants: those that work, then those that fail, each by size; then those without an image.</summary>
    /// <param name="variants">The variants, in the order in which they were tried.</param>
    public static ImmutableArray<VariantResult> Rank(IEnumerable<VariantResult> variants) =>
        [.. variants.OrderBy(variant => variant.Outcome).ThenBy(variant => variant.TotalBytes ?? long.MaxValue)];
}
