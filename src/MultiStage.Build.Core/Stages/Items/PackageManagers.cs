using System.Text.RegularExpressions;

namespace MultiStage.Build.Stages.Items;

/// <summary>A distribution's package manager, as its commands name it.</summary>
public enum PackageManager
{
    /// <summary>Debian, Ubuntu and what is made of them.</summary>
    Apt,

    /// <summary>Alpine and Wolfi.</summary>
    Apk,

    /// <summary>Azure Linux and Mariner.</summary>
    Tdnf,
}

/// <summary>What is known of the package managers in images by the images' names alone.</summary>
internal static partial class PackageManagers
{
    /// <summary>Finds the package manager of an image.</summary>
    /// <param name="image">The image; null for <c>scratch</c>.</param>
    /// <returns>The package manager; <c>null</c> where the image has none; not known where nothing can be said.</returns>
    public static (bool IsKnown, PackageManager? Manager) Of(string? image)
    {
        if (image is null)
        {
            return (true, null);
        }

        var (repository, tag) = Split(image);
        return (repository, tag) switch
        {
            _ when Bare().IsMatch(repository) || BareTag().IsMatch(tag) => (true, null),
            _ when AlpineTag().IsMatch(tag) || Alpine().IsMatch(repository) => (true, PackageManager.Apk),
            _ when AzureTag().IsMatch(tag) || Azure().IsMatch(repository) => (true, PackageManager.Tdnf),
            // Microsoft's images for .NET are made of Ubuntu from 10 on and of Debian before.
            _ when DebianTag().IsMatch(tag) || Debian().IsMatch(repository) || DotNet().IsMatch(repository) => (true, PackageManager.Apt),
            _ => (false, null),
        };
    }

    private static (string Repository, string Tag) Split(string image)
    {
        var name = image.Split('@')[0];
        var colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? (name[..colon], name[(colon + 1)..]) : (name, "");
    }

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
        "(^|/)(debian|ubuntu|buildpack-deps|golang|node|python|ruby|rust|gcc|perl|php|openjdk|eclipse-temurin|maven|gradle|nginx|httpd|tomcat|postgres|redis|mongo|mariadb)$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Debian();

    [GeneratedRegex("(^|/)dotnet/(nightly/)?(aspnet|runtime|runtime-deps|sdk)$", RegexOptions.CultureInvariant)]
    private static partial Regex DotNet();
}
