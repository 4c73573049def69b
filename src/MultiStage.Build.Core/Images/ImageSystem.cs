using System.Text.RegularExpressions;

namespace MultiStage.Build.Images;

/// <summary>What an image's name alone tells of the operating system in it.</summary>
/// <param name="IsKnown">Whether its package manager, or that there is none, is known.</param>
/// <param name="Manager">Its package manager; null where it has none or nothing is known.</param>
internal sealed partial record ImageSystem(bool IsKnown, PackageManager? Manager)
{
    /// <summary>Whether its C library is musl; null where the name does not tell.</summary>
    public bool? IsMusl { get; private init; }

    /// <summary>Whether it has a shell, as far as the name tells: almost every image has one.</summary>
    public bool HasShell { get; private init; } = true;

    /// <summary>Reads an image's name.</summary>
    /// <param name="image">The image; null for <c>scratch</c>.</param>
    /// <returns>What its name tells.</returns>
    public static ImageSystem Of(string? image)
    {
        if (image is null or ScratchImage.Name)
        {
            return new ImageSystem(true, null) { HasShell = false };
        }

        // A name that is not one of an image, such as a variable, has no tag.
        var reference = ImageReference.TryParse(image);
        var (repository, tag) = (reference?.Repository ?? image, reference?.Tag ?? "");
        var dotnet = DotNetImage.TryParse(image);
        return Managed(repository, tag, dotnet) with
        {
            IsMusl =
                Musl().IsMatch(repository) || Musl().IsMatch(tag) ? true
                : dotnet is null ? null
                : false,
            HasShell = !Shellless().IsMatch(repository) && !Shellless().IsMatch(tag),
        };
    }

    private static ImageSystem Managed(string repository, string tag, DotNetImage? dotnet) =>
        (repository, tag) switch
        {
            _ when Bare().IsMatch(repository) || BareTag().IsMatch(tag) => new(true, null),
            _ when AlpineTag().IsMatch(tag) || Alpine().IsMatch(repository) => new(true, PackageManager.Apk),
            _ when AzureTag().IsMatch(tag) || Azure().IsMatch(repository) => new(true, PackageManager.Tdnf),
            // Microsoft's images for .NET are made of Ubuntu from 10 on and of Debian before.
            _ when DebianTag().IsMatch(tag) || Debian().IsMatch(repository) || dotnet is not null => new(true, PackageManager.Apt),
            _ => new(false, null),
        };

    [GeneratedRegex("alpine", RegexOptions.CultureInvariant)]
    private static partial Regex Musl();

    [GeneratedRegex("chiseled|distroless", RegexOptions.CultureInvariant)]
    private static partial Regex Shellless();

    [GeneratedRegex("(^|/)(distroless|chainguard)/|(^|/)(busybox|hello-world)$", RegexOptions.CultureInvariant)]
    private static partial Regex Bare();

    [GeneratedRegex("chiseled|distroless|(^|-)busybox", RegexOptions.CultureInvariant)]
    private static partial Regex BareTag();

    [GeneratedRegex("(^|-)alpine", RegexOptions.CultureInvariant)]
    private static partial Regex AlpineTag();

    [GeneratedRegex("(^|/)(alpine|wolfi-base)$", RegexOptions.CultureInvariant)]
    private static partial Regex Alpine();

    [GeneratedRegex("azurelinux|mariner", RegexOptions.CultureInvariant)]
    private static partial Regex AzureTag();

    [GeneratedRegex("(^|/)(azurelinux|cbl-mariner)/", RegexOptions.CultureInvariant)]
    private static partial Regex Azure();

    [GeneratedRegex("(^|-)(bullseye|bookworm|trixie|forky|sid|focal|jammy|noble|resolute)(-|$)", RegexOptions.CultureInvariant)]
    private static partial Regex DebianTag();

    // Docker's official images that are Debian where their tag says nothing else.
    [GeneratedRegex(
        "(^|/)(debian|ubuntu|buildpack-deps|golang|node|python|ruby|rust|gcc|perl|php|openjdk|eclipse-temurin|maven|gradle"
            + "|nginx|httpd|tomcat|postgres|redis|mongo|mariadb)$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Debian();
}
