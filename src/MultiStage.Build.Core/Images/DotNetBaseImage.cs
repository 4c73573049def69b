using System.Globalization;

namespace MultiStage.Build.Images;

/// <summary>
/// What is known of Microsoft's .NET base images without looking at one: from .NET 8 on they hold a user with the number <c>APP_UID</c> and
/// listen on 8080; before, they listen on 80. Source: https://learn.microsoft.com/dotnet/core/compatibility/containers/8.0/aspnet-port
/// </summary>
/// <param name="User">The user to run as; empty for root.</param>
/// <param name="Listens">The variable by which the image's environment tells ASP.NET where to listen.</param>
internal sealed record DotNetBaseImage(string User, NameValue Listens)
{
    /// <summary>Recognises such an image, from Microsoft's registry or from a mirror that keeps its repository names.</summary>
    /// <param name="frameworkVersion">The version to assume where the tag names none.</param>
    /// <returns>What is known; null where the image is not one of them.</returns>
    public static DotNetBaseImage? TryParse(string reference, string frameworkVersion) =>
        DotNetImage.TryParse(reference) is { } image ? OfVersion(image.Version.Length > 0 ? image.Version : frameworkVersion) : null;

    /// <summary>What is expected of an image that an app without a runtime of its own runs on, whatever the image is called.</summary>
    /// <returns>What Microsoft's image has.</returns>
    public static DotNetBaseImage Expected(string frameworkVersion) => OfVersion(frameworkVersion);

    /// <summary>Whether an image is Microsoft's own, so that its name says everything.</summary>
    public static bool IsMicrosofts(string reference) => reference.StartsWith("mcr.microsoft.com/dotnet/", StringComparison.Ordinal);

    private static DotNetBaseImage OfVersion(string version) =>
        !int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major) || major >= 8
            ? new("$APP_UID", new("ASPNETCORE_HTTP_PORTS", "8080"))
            : new("", new("ASPNETCORE_URLS", "http://+:80"));
}
