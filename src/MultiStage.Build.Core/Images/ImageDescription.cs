using System.Collections.Immutable;

namespace MultiStage.Build.Images;

/// <summary>What a daemon or an archive says of an image, before anything is derived from it.</summary>
/// <param name="Id">The image id, <c>sha256:…</c>.</param>
/// <param name="Platform">The platform, such as <c>linux/amd64</c>.</param>
/// <param name="DiffIds">The digests of the unpacked layers, lowest first (<c>RootFS.Layers</c>).</param>
/// <param name="History">The build history, oldest first, with the entries that made no layer.</param>
internal sealed record ImageDescription(
    string Id,
    Platform Platform,
    ImmutableArray<string> DiffIds,
    ImmutableArray<HistoryEntry> History,
    ImageConfiguration Config
)
{
    // docker itself shows and takes ids of this length.
    private const int ShortIdLength = 12;

    /// <summary>Shortens an image id to what <c>docker</c> shows and takes.</summary>
    /// <param name="imageId">The id, <c>sha256:…</c>.</param>
    /// <returns>The first twelve digits of its digest.</returns>
    public static string ShortId(string imageId)
    {
        var digest = imageId[(imageId.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return digest.Length > ShortIdLength ? digest[..ShortIdLength] : digest;
    }
}

/// <summary>One entry of an image's build history.</summary>
/// <param name="CreatedBy">The instruction, as the builder recorded it.</param>
/// <param name="Size">
/// What the daemon says the layer takes, in bytes. On a graph-driver store this is the layer's unpacked bytes, at times without those of
/// symlink targets;
/// on the containerd store it is disk usage and must not be used as a size. Whoever looked at the image knows which of the two it is.
/// </param>
/// <param name="MadeLayer">
/// Whether the instruction made a layer; null where the daemon does not say (its history has no such flag, and a layer may be empty).
/// </param>
internal sealed record HistoryEntry(string CreatedBy, long Size, bool? MadeLayer = null);

/// <summary>How a health check is timed; what is null is Docker's default.</summary>
/// <param name="Interval">The time between two checks.</param>
/// <param name="Timeout">How long a check may take.</param>
/// <param name="StartPeriod">How long failures do not count.</param>
/// <param name="Retries">How many failures in a row make the container unhealthy.</param>
internal sealed record HealthTiming(TimeSpan? Interval = null, TimeSpan? Timeout = null, TimeSpan? StartPeriod = null, int? Retries = null);
