using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Measurement;

/// <summary>
/// What an image takes, in <em>unpacked bytes</em>: the sum over its layers of the bytes of regular files and of symlink targets. Hard
/// links, folders,
/// devices and whiteouts count 0. It does not depend on the daemon's image store, as the size in <c>docker inspect</c> does.
/// </summary>
/// <param name="ImageId">The image id, <c>sha256:…</c>.</param>
/// <param name="Platform">The platform, such as <c>linux/amd64</c>.</param>
/// <param name="Base">The image it was built on; null where there is none (<c>FROM scratch</c>) or none was named.</param>
/// <param name="Layers">Its layers, lowest first; those of the base image come before those of the app.</param>
/// <param name="Exact">
/// Whether every number is right to the byte. Otherwise symlink targets may be missing, in a Debian image about 0.01 %; no number is ever
/// too large.
/// </param>
internal sealed record ImageSizes(string ImageId, Platform Platform, ImageBase? Base, ImmutableArray<LayerSize> Layers, bool Exact)
{
    /// <summary>The name of the definition of size that the numbers follow. Numbers of different definitions must not be
    /// compared.</summary>
    public const string Definition = "unpacked-bytes/1";

    /// <summary>The whole image, in bytes.</summary>
    public long Total => Layers.Sum(layer => layer.Bytes);

    /// <summary>What the app adds to its base image, in bytes; all of it where there is no base image, null where the base image could not
    /// be measured.</summary>
    public long? AppBytes => Base is null ? Total : Total - Base.Bytes;

    /// <summary>The layers that are not the base image's, lowest first.</summary>
    public IEnumerable<LayerSize> AppLayers => Layers.Where(layer => !layer.IsBase);
}

/// <summary>The part of an image that came from its base image: the layers that both have in common, from the lowest up.</summary>
/// <param name="Reference">The base image, as the Dockerfile's <c>FROM</c> names it.</param>
/// <param name="Bytes">What the common layers take, in bytes; null where the base image was not there to be compared with.</param>
/// <param name="LayerCount">How many layers are common; null where <paramref name="Bytes"/> is.</param>
internal sealed record ImageBase(string Reference, long? Bytes, int? LayerCount);

/// <param name="DiffId">The digest of the unpacked layer; null where the image's history does not tell which of the layers this is.</param>
/// <param name="CreatedBy">The instruction that made it, as a Dockerfile would have it, on one line; empty where none is recorded.</param>
/// <param name="Bytes">What it takes, in bytes.</param>
/// <param name="IsBase">Whether it came with the base image.</param>
internal sealed record LayerSize(string? DiffId, string CreatedBy, long Bytes, bool IsBase);
