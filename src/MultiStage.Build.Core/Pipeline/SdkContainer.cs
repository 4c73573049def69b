using MultiStage.Build.Engines.Archives;

namespace MultiStage.Build.Pipeline;

/// <summary>An image as the SDK returns it: its <c>GeneratedContainer</c>.</summary>
/// <param name="Manifest">Its manifest, to the letter.</param>
public sealed record SdkContainer(string Manifest, string ManifestMediaType, string ManifestDigest, string Configuration)
{
    internal ImageArchive In(string archive) => new(archive, Manifest, ManifestMediaType, ManifestDigest, Configuration);
}
