using System.Text.RegularExpressions;

namespace MultiStage.Build.Images;

/// <summary>
/// One of Microsoft's images for .NET, or a mirror's that keeps their names, as its name tells it. Source:
/// https://github.com/dotnet/dotnet-docker/blob/main/documentation/supported-tags.md
/// </summary>
/// <param name="Repository">What it is: <c>sdk</c>, <c>aspnet</c>, <c>runtime</c> or <c>runtime-deps</c>.</param>
/// <param name="Version">The version in its tag, such as <c>10.0</c>; empty where the tag has none.</param>
/// <param name="Distribution">The distribution in its tag, such as <c>noble</c> or <c>alpine3.22</c>; empty for the default one.</param>
internal sealed partial record DotNetImage(string Repository, string Version, string Distribution)
{
    /// <summary>Whether its C library is musl; glibc otherwise.</summary>
    public bool IsMusl => Distribution.StartsWith("alpine", StringComparison.Ordinal);

    /// <summary>Whether it has a shell and a package manager; chiseled and distroless images have neither.</summary>
    public bool HasShell { get; private init; } = true;

    /// <summary>Whether it has what compiling ahead of time needs beside the SDK.</summary>
    public bool HasToolchain { get; private init; }

    /// <summary>Whether the name has a digest, so that the image may be another one than its tag says.</summary>
    public bool IsByDigest { get; private init; }

    /// <summary>Recognises such an image.</summary>
    /// <returns>What its name tells; null where it is not one of them.</returns>
    public static DotNetImage? TryParse(string name)
    {
        if (
            ImageReference.TryParse(name) is not { } reference
            || OfRepository().Match(reference.Repository) is not { Success: true } repository
        )
        {
            return null;
        }

        var tag = reference.Tag ?? "";
        var parts = OfTag().Match(tag);
        return new DotNetImage(repository.Groups["name"].Value, parts.Groups["version"].Value, parts.Groups["distribution"].Value)
        {
            HasShell = !Bare().IsMatch(tag),
            HasToolchain = tag.Contains("-aot", StringComparison.Ordinal),
            IsByDigest = reference.Digest is not null,
        };
    }

    [GeneratedRegex("(^|/)dotnet/(nightly/)?(?<name>aspnet|runtime|runtime-deps|sdk)$", RegexOptions.CultureInvariant)]
    private static partial Regex OfRepository();

    [GeneratedRegex("chiseled|distroless", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    [GeneratedRegex(
        "^(?<version>[0-9.]+)((-preview|-rc|-alpha)[0-9.]*)?"
            + "(-(?!(aot|amd64|arm32v7|arm64v8)(-|$))(?<distribution>(cbl-mariner|[a-z]+)[0-9.]*))?",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex OfTag();
}
