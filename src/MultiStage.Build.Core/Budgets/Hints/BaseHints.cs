using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets.Hints;

/// <summary>Hints from the base image. Another image's size is not known here, so every saving is an estimate.</summary>
internal static class BaseHints
{
    // The root file system of ubuntu's chiseled -extra images: ICU, time zones, certificates and the C libraries. It is 36 to 40 MB from
    // 22.04 to 24.04.
    private const long ChiseledExtra = 40_000_000;

    // aspnet on a full distribution, which is what an SDK image is for the app.
    private const long AspNet = 230_000_000;

    public static IEnumerable<SizeHint> Of(MeasuredImage measured)
    {
        if (measured.Sizes is not { Base: { Bytes: { } bytes } origin } sizes || DotNetImage.TryParse(origin.Reference) is not { } image)
        {
            yield break;
        }

        if (image.Repository == "sdk")
        {
            if (bytes > AspNet)
            {
                yield return new SizeHint(
                    HintKind.Sdk,
                    bytes - AspNet,
                    IsEstimate: true,
                    $"of the base image {origin.Reference} are the SDK, which an app does not need to run",
                    "take dotnet/aspnet or dotnet/runtime as ContainerBaseImage, or publish in a stage before"
                );
            }

            yield break;
        }

        // Chiseled images have no shell: an image whose app runs a step on it could not be built.
        var hasSteps = sizes.AppLayers.Any(layer => layer.CreatedBy.StartsWith("RUN", StringComparison.Ordinal));
        var system =
            bytes
            - sizes
                .Layers.Where(layer => layer.IsBase && layer.CreatedBy.Contains("dotnet", StringComparison.OrdinalIgnoreCase))
                .Sum(layer => layer.Bytes);
        if (
            !hasSteps
            && image is { HasShell: true, IsMusl: false }
            && (system < bytes || image.Repository == "runtime-deps")
            && system > ChiseledExtra
        )
        {
            yield return new SizeHint(
                HintKind.BaseVariant,
                system - ChiseledExtra,
                IsEstimate: true,
                $"of the base image {origin.Reference} are an operating system that the app may not need",
                "set ContainerFamily to noble-chiseled-extra, which has no shell and no package manager"
            );
        }
    }
}
