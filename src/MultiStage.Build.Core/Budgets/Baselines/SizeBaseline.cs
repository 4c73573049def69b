using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets.Baselines;

/// <summary>What is kept of an image's size to compare later ones with. All sizes are in bytes, by the definition that it names.</summary>
/// <param name="Definition">The definition of size that its numbers follow; see <see cref="ImageSizes.Definition"/>.</param>
/// <param name="Platform">The platform, such as <c>linux/amd64</c>.</param>
/// <param name="Base">The base image; null where there was none.</param>
/// <param name="Layers">The layers that are not the base image's, lowest first.</param>
internal sealed record SizeBaseline(
    string Definition,
    Platform Platform,
    BaselineBase? Base,
    long TotalBytes,
    ImmutableArray<BaselineLayer> Layers
)
{
    /// <summary>The smallest file that a baseline file has a line for: of an app of 100 MB there are then at most 1,500.</summary>
    public const long SmallestFile = 64 * 1024;

    /// <summary>
    /// The app's bytes by what they come from: <c>package Serilog/4.2.0</c>, <c>project Shop.Orders</c>, <c>app Shop.Web</c>. Versions are
    /// those of packages alone, as an app's own may change with every commit. Empty where the image was not broken down.
    /// </summary>
    public ImmutableSortedDictionary<string, long> Origins { get; init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>The app's files by their paths in the image. Empty where the image was not broken down.</summary>
    public ImmutableSortedDictionary<string, long> Files { get; init; } =
        ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal);

    /// <summary>The smallest file that <see cref="Files"/> is sure to have; 0 where it has all of them.</summary>
    public long FilesFrom { get; init; }

    /// <summary>Why nothing can be compared with it, one clause; null where something may.</summary>
    public string? NotComparableBecause { get; init; }

    /// <summary>What the app adds to its base image; null where the base image was not measured.</summary>
    public long? AppBytes => Base is null ? TotalBytes : TotalBytes - Base.Bytes;

    /// <summary>Whether the image was broken down into packages and files.</summary>
    public bool IsBrokenDown => Files.Count > 0 || Origins.Count > 0;

    /// <summary>Names a base image's content by its layers, as the OCI image specification's <c>ChainID</c> does: the same in every image
    /// store.</summary>
    /// <param name="diffIds">The digests of its unpacked layers, lowest first.</param>
    /// <returns>The digest; null where there is no layer, or one of the digests is not known.</returns>
    public static string? ChainId(IReadOnlyList<string?> diffIds)
    {
        if (diffIds.Count == 0 || diffIds.Contains(null))
        {
            return null;
        }

        return diffIds.Aggregate(
            (below, layer) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes($"{below} {layer}")))
        );
    }
}

/// <summary>The base image that a baseline's image was built on.</summary>
/// <param name="Reference">Its name, as <c>FROM</c> has it.</param>
/// <param name="Digest">The name of its content; see <see cref="SizeBaseline.ChainId"/>. Null where it is not known.</param>
/// <param name="Bytes">What it takes, in bytes; null where it was not measured.</param>
internal sealed record BaselineBase(string Reference, string? Digest, long? Bytes);

/// <summary>A layer of a baseline's image.</summary>
/// <param name="CreatedBy">The instruction that made it; empty where none is recorded.</param>
/// <param name="Bytes">What it takes, in bytes.</param>
internal sealed record BaselineLayer(string CreatedBy, long Bytes);
