namespace MultiStage.Build.Images;

/// <summary>Which runtime identifiers' files a platform can load.</summary>
/// <param name="Rid">The platform's own portable identifier, such as <c>linux-x64</c>; null where it is not one of .NET's.</param>
/// <param name="IsMusl">Whether the image's C library is musl and not glibc; null where its base image does not tell.</param>
internal readonly record struct RuntimePlatform(string? Rid, bool? IsMusl)
{
    private static readonly string[] s_otherSystems =
    [
        "win",
        "osx",
        "ios",
        "tvos",
        "maccatalyst",
        "android",
        "browser",
        "wasi",
        "freebsd",
        "illumos",
        "solaris",
        "haiku",
        "tizen",
    ];

    private static readonly string[] s_architectures =
    [
        "x64",
        "x86",
        "arm64",
        "arm",
        "armv6",
        "armel",
        "s390x",
        "ppc64le",
        "riscv64",
        "loongarch64",
        "mips64",
    ];

    /// <summary>Finds it for an image.</summary>
    /// <param name="platform">The image's platform, such as <c>linux/amd64</c>.</param>
    /// <param name="baseReference">Its base image; null where there is none.</param>
    public static RuntimePlatform Of(Platform platform, string? baseReference)
    {
        var isMusl = baseReference is null ? null : ImageSystem.Of(baseReference).IsMusl;
        return new RuntimePlatform(RuntimeIdentifier.Of(platform, isMusl == true)?.ToString(), isMusl);
    }

    /// <summary>Whether a file for a runtime identifier may be of use here. What is not known is: a hint has to be true.</summary>
    /// <param name="rid">The file's runtime identifier.</param>
    /// <returns>Whether it may.</returns>
    public bool CanUse(string rid)
    {
        var parts = rid.Split('-', '.');
        if (s_otherSystems.Contains(parts[0].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9'), StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        var architecture = parts[^1];
        if (s_architectures.Contains(architecture, StringComparer.Ordinal) && !Rid!.EndsWith("-" + architecture, StringComparison.Ordinal))
        {
            return false;
        }
        // On musl, packages without files of its own fall back to those of linux-x64, which some are built to allow.
        return !(IsMusl == false && (parts.Contains("musl") || parts[0] == "alpine"));
    }
}
