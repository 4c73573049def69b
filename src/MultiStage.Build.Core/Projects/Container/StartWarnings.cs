using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Projects.Container;

/// <summary>Finds what would keep a published app from starting on its base image.</summary>
internal static class StartWarnings
{
    /// <summary>Looks at how the app is published and at what it will run on.</summary>
    /// <param name="publish">How the app is published.</param>
    /// <param name="settings">The project's container settings.</param>
    /// <returns>Warnings, at most one of each kind.</returns>
    public static IEnumerable<Diagnostic> For(PublishFacts publish, ContainerSettings settings)
    {
        var isScratch = settings.BaseImage == ScratchImage.Name;
        if (isScratch && !settings.Native.IsStatic)
        {
            yield return Codes.NothingToStartWith.With(publish.SelfContained ? "C library" : ".NET runtime") with
            {
                About = "ContainerBaseImage",
            };
        }

        if (
            publish.SelfContained
            && !isScratch
            && publish.RuntimeIdentifier is { } identifier
            && ImageSystem.Of(settings.BaseImage).IsMusl is { } musl
            && musl != (RuntimeIdentifier.TryParse(identifier)?.IsMusl ?? false)
        )
        {
            yield return Codes.OtherCLibrary.With(identifier, musl ? "glibc" : "musl", settings.BaseImage, musl ? "musl" : "glibc");
        }

        if (
            publish.IsAot
            && settings.SdkImage.Length == 0
            && DotNetImage.TryParse(settings.BaseImage) is { Distribution: "jammy" or "focal" or "bookworm" or "bullseye" }
        )
        {
            yield return Codes.OlderCLibrary.With(settings.BaseImage);
        }
    }
}
