namespace MultiStage.Build.Images;

/// <summary>One of .NET's runtime identifiers for Linux, such as <c>linux-musl-x64</c>.</summary>
/// <param name="Architecture">The architecture as .NET names it, such as <c>x64</c>.</param>
/// <param name="IsMusl">Whether its C library is musl.</param>
internal sealed record RuntimeIdentifier(string Architecture, bool IsMusl)
{
    private const string Linux = "linux-";
    private const string Musl = "linux-musl-";

    // Architectures that .NET and Docker name differently.
    private static readonly (string DotNet, string Docker)[] s_names = [("x64", "amd64"), ("x86", "386")];

    private static readonly string[] s_sameNames = ["arm", "arm64", "s390x", "ppc64le", "riscv64"];

    /// <summary>The platform of images for it, such as <c>linux/amd64</c>.</summary>
    public Platform Platform => Platform.Of("linux", s_names.FirstOrDefault(name => name.DotNet == Architecture).Docker ?? Architecture);

    /// <summary>Reads a runtime identifier.</summary>
    /// <returns>The runtime identifier; null where it is not one for Linux.</returns>
    public static RuntimeIdentifier? TryParse(string text) =>
        text.StartsWith(Linux, StringComparison.Ordinal)
            ? new(text[(text.LastIndexOf('-') + 1)..], text.StartsWith(Musl, StringComparison.Ordinal))
            : null;

    /// <summary>The runtime identifier of an image.</summary>
    /// <param name="platform">The image's platform, such as <c>linux/amd64</c>.</param>
    /// <param name="isMusl">Whether its C library is musl.</param>
    /// <returns>The runtime identifier; null where .NET has none.</returns>
    public static RuntimeIdentifier? Of(Platform platform, bool isMusl) =>
        platform is { Os: "linux", Architecture: var docker }
        && (s_names.FirstOrDefault(name => name.Docker == docker).DotNet ?? s_sameNames.FirstOrDefault(name => name == docker))
            is { } architecture
            ? new(architecture, isMusl)
            : null;

    /// <inheritdoc/>
    public override string ToString() => (IsMusl ? Musl : Linux) + Architecture;
}
