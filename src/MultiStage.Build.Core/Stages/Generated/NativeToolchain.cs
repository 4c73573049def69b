using System.Text.RegularExpressions;

namespace MultiStage.Build.Stages.Generated;

/// <summary>
/// Installs what compiling ahead of time needs beside the SDK, where the SDK's image is one of Microsoft's without it. Of other images it is not
/// known what they have. Source: https://learn.microsoft.com/dotnet/core/deploying/native-aot/#prerequisites
/// </summary>
internal static partial class NativeToolchain
{
    private const string Why = "The compiler and linker that native AOT needs; this SDK image comes without.";

    /// <summary>Plans the installation.</summary>
    /// <param name="sdkImage">The builder stage's base image.</param>
    /// <returns>The step; null where there is nothing to install.</returns>
    public static RunStep? For(string sdkImage)
    {
        var tag = SdkTag().Match(sdkImage);
        return !tag.Success || tag.Value.Contains("-aot", StringComparison.Ordinal) ? null : new RunStep(Words(tag.Value)) { Why = Why };
    }

    private static System.Collections.Immutable.ImmutableArray<string> Words(string tag) => tag switch
    {
        _ when tag.Contains("-alpine", StringComparison.Ordinal) => ["apk add --no-cache", "build-base", "clang", "zlib-dev"],
        _ when tag.Contains("-azurelinux", StringComparison.Ordinal) || tag.Contains("-cbl-mariner", StringComparison.Ordinal) =>
            ["tdnf install -y", "build-essential", "clang", "zlib-devel", "&& tdnf clean all"],
        _ => ["apt-get update", "&& apt-get install -y --no-install-recommends", "clang", "zlib1g-dev", "&& rm -rf /var/lib/apt/lists/*"],
    };

    // An image by digest alone may be any of them.
    [GeneratedRegex("(?<=(^|/)dotnet/(nightly/)?sdk)(:[^@/]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex SdkTag();
}
