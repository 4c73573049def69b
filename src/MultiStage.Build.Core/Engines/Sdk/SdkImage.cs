namespace MultiStage.Build.Engines.Sdk;

/// <summary>An image that the .NET SDK has written into an archive.</summary>
/// <param name="Archive">The archive's absolute path, in the layout of <c>docker save</c> or of the OCI.</param>
/// <param name="Manifest">Its manifest, as JSON.</param>
/// <param name="ManifestMediaType">The manifest's media type.</param>
/// <param name="ManifestDigest">The manifest's digest.</param>
/// <param name="Configuration">Its configuration, as JSON.</param>
internal sealed record SdkImage(string Archive, string Manifest, string ManifestMediaType, string ManifestDigest, string Configuration);
