using System.Collections.Immutable;

namespace MultiStage.Build.Engines.Archives;

/// <summary>An image, or an index of images, in an archive on this machine.</summary>
/// <param name="Archive">The archive's absolute path, in the layout of <c>docker save</c> or of the OCI.</param>
/// <param name="Manifest">Its manifest or its index, as JSON.</param>
/// <param name="ManifestMediaType">The manifest's media type.</param>
/// <param name="Configuration">Its configuration, as JSON; empty for an index.</param>
internal sealed record ImageArchive(string Archive, string Manifest, string ManifestMediaType, string ManifestDigest, string Configuration)
{
    /// <summary>The digests of the base image's unpacked layers, lowest first; none where the image itself has to tell.</summary>
    public ImmutableArray<string> BaseDiffIds { get; init; } = [];
}
