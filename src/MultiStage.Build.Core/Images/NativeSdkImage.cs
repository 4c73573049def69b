namespace MultiStage.Build.Images;

/// <summary>
/// Chooses the variant of the SDK image in which an app is compiled ahead of time. The compiler links against the C library that it finds,
/// so the builder has to be of the base image's distribution. Source: https://github.com/dotnet/dotnet-docker/blob/main/README.sdk.md
/// </summary>
internal static class NativeSdkImage
{
    /// <summary>Chooses the variant.</summary>
    /// <param name="sdkVersion">The version in the image's tag, such as <c>10.0</c>.</param>
    /// <param name="baseImage">The image that the app will run on.</param>
    /// <param name="isMusl">Whether the app runs on musl.</param>
    /// <param name="platform">The platform it is built for; null for the daemon's own.</param>
    /// <returns>The end of the tag, such as <c>-noble-aot</c>; empty for the plain image, into which the toolchain has to be
    /// installed.</returns>
    public static string Variant(string sdkVersion, string baseImage, bool isMusl, Platform? platform)
    {
        var distribution = DotNetImage.TryParse(baseImage)?.Distribution ?? "";
        var family = isMusl
            ? distribution.StartsWith("alpine", StringComparison.Ordinal)
                ? $"-{distribution}"
                : "-alpine"
            : distribution.StartsWith("azurelinux", StringComparison.Ordinal) || distribution is "noble" or "resolute"
                ? $"-{distribution}"
                // That of the default images: later versions have another one, and name their toolchain's image without it as well.
                : sdkVersion.StartsWith("10.", StringComparison.Ordinal)
                    ? "-noble"
                    : "";
        // Images with the toolchain are made for these two alone.
        return platform is null or { Os: "linux", Architecture: "amd64" or "arm64", Variant: "" } ? $"{family}-aot" : family;
    }
}
