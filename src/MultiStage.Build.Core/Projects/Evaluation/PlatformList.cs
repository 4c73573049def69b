using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>
/// Reads which platforms an image is for, by the rules of the .NET SDK: <c>ContainerRuntimeIdentifiers</c> where no
/// <c>ContainerRuntimeIdentifier</c> chooses one, and <c>RuntimeIdentifiers</c> where nothing else chooses. Source:
/// <c>_ContainerEstablishRIDNess</c> in Microsoft.NET.Build.Containers.targets.
/// </summary>
public static class PlatformList
{
    /// <summary>Finds the platforms of an image for several.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.SeveralRuntimeIdentifiers"/>, <see cref="Codes.NotLinux"/>.</exception>
    /// <returns>The runtime identifiers, each once; none where the image is for one platform.</returns>
    public static ImmutableArray<string> Of(PublishSettings settings) =>
        Listed(settings) is { Length: > 1 } several ? Checked(several) : [];

    /// <summary>Finds the only platform of a list.</summary>
    /// <returns>The runtime identifier; empty where there is no list.</returns>
    public static string Only(PublishSettings settings) => Listed(settings) is [var one] ? one : "";

    /// <summary>Reads a list that is all that a project says of platforms.</summary>
    /// <param name="identifier"><c>ContainerRuntimeIdentifier</c>; empty where it chooses none.</param>
    /// <param name="identifiers"><c>ContainerRuntimeIdentifiers</c>.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.SeveralRuntimeIdentifiers"/>, <see cref="Codes.NotLinux"/>.</exception>
    /// <returns>The runtime identifiers; none where neither property is set.</returns>
    public static ImmutableArray<string> Of(string identifier, ImmutableArray<string> identifiers)
    {
        var settings = new PublishSettings { ContainerRuntimeIdentifier = identifier, ContainerRuntimeIdentifiers = identifiers };
        return identifier.Length > 0 ? [identifier]
            : Listed(settings) is [var one] ? [one]
            : Of(settings);
    }

    // Where an app needs a runtime identifier to be published, the SDK infers one and adds it to RuntimeIdentifiers.
    private static ImmutableArray<string> Listed(PublishSettings settings) =>
        [
            .. (
                settings.ContainerRuntimeIdentifier.Length > 0 ? []
                : !settings.ContainerRuntimeIdentifiers.IsEmpty ? settings.ContainerRuntimeIdentifiers
                : settings.PublishRuntimeIdentifier.Length > 0 || settings.UsesCurrent ? []
                : settings.RuntimeIdentifier.Length > 0 && !settings.UsesDefault ? []
                : settings.RuntimeIdentifiers
            ).Distinct(StringComparer.Ordinal),
        ];

    // One Dockerfile builds all of them, so they share the base image and with it the C library.
    private static ImmutableArray<string> Checked(ImmutableArray<string> several)
    {
        var parsed = several.Select(one => RuntimeIdentifier.TryParse(one) ?? throw Codes.NotLinux.Error(one)).ToList();
        var problem =
            parsed.Select(one => one.IsMusl).Distinct().Count() > 1
                ? "the images of one index share a base image, and these need two C libraries"
            : parsed.Select(one => one.Platform).Distinct().Count() < parsed.Count ? "two of them are for the same platform"
            : null;
        return problem is null
            ? several
            : throw Codes.SeveralRuntimeIdentifiers.ErrorAbout("ContainerRuntimeIdentifiers", string.Join(", ", several), problem);
    }
}
