using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Pipeline;

/// <summary>Finds what an image is compared with: a file, or an image.</summary>
internal sealed class BaselineLookup(BaselineSettings settings)
{
    /// <summary>The image that is the baseline; null where it is a file.</summary>
    public string? Image => settings.Image;

    /// <exception cref="MultiStageException">The file cannot be understood.</exception>
    /// <returns>The baseline; null where there is no such file.</returns>
    public BaselineFound? ReadFile() =>
        File.Exists(settings.File)
            ? new BaselineFound(
                SizeBaselineFile.Read(
                    PipelineFile.ReadText(settings.File, "UpdateMultiStageSizeBaseline"),
                    settings.Place.Source,
                    settings.Place.AcceptCommand
                ),
                settings.Place.Source
            )
            : null;

    /// <summary>Finds the image, or reads the file.</summary>
    /// <param name="store">Has the image, or pulls it.</param>
    /// <param name="measureAsync">Measures the image, once the store has it.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BaselineImageUnavailable"/>, or of the file.</exception>
    /// <returns>The baseline; null where there is none.</returns>
    public async Task<BaselineFound?> FindAsync(
        IImageStore store,
        Func<string, Task<BaselineFound>> measureAsync,
        CancellationToken cancellationToken
    )
    {
        if (Image is not { } image)
        {
            return ReadFile();
        }

        try
        {
            await store.EnsureAsync(image, null, new Progress<BuildEvent>(), cancellationToken);
        }
        catch (MultiStageException e) when (e.Diagnostic.Descriptor == Codes.BaseImageUnavailable)
        {
            throw new MultiStageException(
                Codes.BaselineImageUnavailable.With(image, e.Diagnostic.Message) with
                {
                    About = "ContainerSizeBaselineImage",
                },
                e
            );
        }

        return await measureAsync(image);
    }
}
