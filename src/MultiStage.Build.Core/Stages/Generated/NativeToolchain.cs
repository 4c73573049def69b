using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Stages.Generated;

/// <summary>
/// Installs what compiling ahead of time needs beside the SDK, where the SDK's image is one of Microsoft's without it. Of other images it
/// is not known what they have. Source: https://learn.microsoft.com/dotnet/core/deploying/native-aot/#prerequisites
/// </summary>
internal static class NativeToolchain
{
    private const string Why = "The compiler and linker that native AOT needs, which this SDK image does not have.";

    /// <summary>Plans the installation.</summary>
    /// <param name="sdkImage">The builder stage's base image.</param>
    /// <returns>The step; null where there is nothing to install.</returns>
    public static RunStep? For(string sdkImage) =>
        // An image by digest may be any of them.
        DotNetImage.TryParse(sdkImage)
            is { Repository: "sdk", HasToolchain: false, IsByDigest: false }
            ? new RunStep(Words(sdkImage)) { Why = Why }
            : null;

    private static ImmutableArray<string> Words(string sdkImage) =>
        ImageSystem.Of(sdkImage).Manager switch
        {
            PackageManager.Apk => ["apk add --no-cache", "build-base", "clang", "zlib-dev"],
            PackageManager.Tdnf => ["tdnf install -y", "build-essential", "clang", "zlib-devel", "&& tdnf clean all"],
            _ =>
            [
                "apt-get update",
                "&& apt-get install -y --no-install-recommends",
                "clang",
                "zlib1g-dev",
                "&& rm -rf /var/lib/apt/lists/*",
            ],
        };
}
