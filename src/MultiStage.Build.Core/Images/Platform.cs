using System.Runtime.InteropServices;

namespace MultiStage.Build.Images;

/// <summary>
/// A platform that images are for, in the one form that is compared: <c>linux/arm64/v8</c> and <c>linux/aarch64</c> are <c>linux/arm64</c>.
/// The rules are
/// those of https://github.com/containerd/platforms.
/// </summary>
/// <param name="Os">The operating system, such as <c>linux</c>.</param>
/// <param name="Architecture">The architecture as Go names it, such as <c>amd64</c>.</param>
/// <param name="Variant">The variant, such as <c>v7</c>; empty where the architecture's usual one is meant.</param>
internal sealed record Platform(string Os, string Architecture, string Variant)
{
    /// <summary>What containers on this machine run on, such as <c>linux/amd64</c>.</summary>
    public static string OfThisMachine { get; } =
        Normalize(
            "linux/"
                + RuntimeInformation.OSArchitecture switch
                {
                    System.Runtime.InteropServices.Architecture.X64 => "amd64",
                    System.Runtime.InteropServices.Architecture.X86 => "386",
                    var other => other.ToString().ToLowerInvariant(),
                }
        );

    /// <summary>Reads a platform.</summary>
    /// <param name="text">The text, such as <c>linux/arm64/v8</c>.</param>
    /// <returns>The platform; null where the text does not name a system and an architecture.</returns>
    public static Platform? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant().Split('/') switch
        {
            [{ Length: > 0 } os, { Length: > 0 } architecture] => Normal(os, architecture, ""),
            [{ Length: > 0 } os, { Length: > 0 } architecture, var variant] => Normal(os, architecture, variant),
            _ => null,
        };
    }

    /// <summary>Writes a platform in the form that is compared.</summary>
    /// <param name="text">The platform, in any form.</param>
    /// <returns>That form; the text itself where it is not a platform.</returns>
    public static string Normalize(string text) => TryParse(text)?.ToString() ?? text;

    /// <inheritdoc/>
    public override string ToString() => Variant.Length == 0 ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";

    private static Platform Normal(string os, string architecture, string variant) =>
        (architecture, variant) switch
        {
            ("x86_64" or "x86-64" or "amd64", "" or "v1") => new(os, "amd64", ""),
            ("x86_64" or "x86-64", _) => new(os, "amd64", variant),
            ("i386", _) => new(os, "386", ""),
            ("aarch64" or "arm64", "" or "8" or "v8") => new(os, "arm64", ""),
            ("aarch64", _) => new(os, "arm64", variant),
            ("armhf", _) or ("arm" or "armv7l", "" or "7") => new(os, "arm", "v7"),
            ("armel", _) or ("arm" or "armv6l", "6") => new(os, "arm", "v6"),
            ("arm", "5" or "8") => new(os, "arm", "v" + variant),
            _ => new(os, architecture, variant),
        };
}
