using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets.Hints;

/// <summary>Hints from the base image. Another image's size is not known here, so none of them gives a number.</summary>
internal static class BaseHints
{
    public static IEnumerable<SizeHint> Of(MeasuredImage measured)
    {
        if (measured.Sizes is not { Base: { } origin } sizes || DotNetImage.TryParse(origin.Reference) is not { } image)
        {
            yield break;
        }

        if (image.Repository == "sdk")
        {
            yield return new SizeHint(
                HintKind.Sdk,
                null,
                $"The base image {origin.Reference} holds the SDK, which an app does not need to run",
                "take dotnet/aspnet or dotnet/runtime as ContainerBaseImage, or publish in a stage before"
            );
            yield break;
        }

        // Chiseled images have no shell: an image whose app runs a step on it could not be built.
        var hasSteps = sizes.AppLayers.Any(layer => layer.CreatedBy.StartsWith("RUN", StringComparison.Ordinal));
        if (!hasSteps && image is { HasShell: true, IsMusl: false })
        {
            yield return new SizeHint(
                HintKind.BaseVariant,
                null,
                $"The base image {origin.Reference} is a whole distribution, of which most apps need little",
                "set ContainerFamily to noble-chiseled-extra, which has no shell and no package manager"
            );
        }
    }
}
