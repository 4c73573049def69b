using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement.Archives;
using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.Measurement;

/// <summary>An image that is being measured, and the ways to do it, the cheap ones first.</summary>
internal sealed class ImageSubject
{
    private readonly IImageSource _source;
    private readonly string _name;
    private readonly string? _baseReference;
    private readonly ImageDescription? _base;

    private ImageSubject(IImageSource source, string name, ImageDescription image, string? baseReference, ImageDescription? baseImage) =>
        (_source, _name, Image, _baseReference, _base) = (source, name, image, baseReference, baseImage);

    /// <summary>What the source says of the image.</summary>
    public ImageDescription Image { get; }

    /// <summary>The name of its base image; null where it has none.</summary>
    public string? BaseReference => _baseReference;

    /// <summary>How many of its layers are its base image's.</summary>
    public int SharedLayers => _base is null ? 0 : LayerSizes.CountShared(Image.DiffIds, _base.DiffIds);

    /// <param name="name">The image's id or name.</param>
    /// <param name="baseImageReference">Its base image, as <c>FROM</c> names it; null, empty or <c>scratch</c> where it has none.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NotMeasured"/>: there is no such image.</exception>
    public static async Task<ImageSubject> DescribeAsync(
        IImageSource source,
        string name,
        string? baseImageReference,
        CancellationToken cancellationToken
    )
    {
        var image = await source.DescribeAsync(name, cancellationToken) ?? throw Codes.NotMeasured.Error(name, "there is no such image");
        var baseReference = baseImageReference?.Trim() is { Length: > 0 } and not ScratchImage.Name ? baseImageReference.Trim() : null;
        // A name with a variable is one that only the daemon could read.
        var isKnown = baseReference is not null && !baseReference.Contains('$', StringComparison.Ordinal);
        return new ImageSubject(
            source,
            name,
            image,
            baseReference,
            isKnown ? await source.DescribeAsync(baseReference!, cancellationToken) : null
        );
    }

    /// <summary>Takes the sizes from the history, which costs nothing more.</summary>
    /// <returns>The sizes; null where the history cannot be believed or does not account for every layer.</returns>
    public ImageSizes? FromHistory() =>
        _source.HistorySizesAreExact && LayerSizes.FromHistory(Image, _base) is { } layers ? Sized(layers, exact: false) : null;

    /// <summary>Reads every layer from end to end, which costs about as much as <c>docker save</c>.</summary>
    /// <param name="wanted">What is looked for beside the sizes.</param>
    /// <returns>What was measured; with a breakdown where files were looked for.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.NotMeasured"/>: its layers cannot be read.</exception>
    public async Task<MeasuredImage> WalkAsync(WalkFor wanted, CancellationToken cancellationToken)
    {
        var archived = await ReadArchiveAsync(wanted, cancellationToken);
        var sizes = Sized(LayerSizes.FromArchive(archived, SharedLayers), archived.Exact);
        return new MeasuredImage(sizes)
        {
            Breakdown = wanted.HasFlag(WalkFor.Files) ? BreakdownBuilder.OfLayers(sizes, archived.Entries) : null,
            Compressed = archived.Compressed,
        };
    }

    /// <summary>
    /// Reads the files of the app's folder, and tells from the app's layers whether that is all. Layers of <c>COPY</c> and <c>WORKDIR</c>
    /// alone cannot hide what the folder's
    /// own base does not have; so where the bytes of layers and folder agree, nothing is wasted.
    /// </summary>
    /// <param name="sizes">The sizes, from the history.</param>
    /// <returns>The breakdown; null where the folder cannot be distinguished from the rest of the image.</returns>
    public async Task<SizeBreakdown?> ReadFolderAsync(ImageSizes sizes, CancellationToken cancellationToken)
    {
        var folder = Image.Config.WorkingDir.TrimEnd('/');
        if (
            folder.Length == 0
            || sizes.AppBytes is null
            || await _source.OpenFolderAsync(Image.Id, folder, cancellationToken) is not { } archive
        )
        {
            return null;
        }

        FolderFiles found;
        await using (archive)
        {
            found = await MeasuringAsync(() => FolderReader.ReadAsync(archive, folder, cancellationToken));
        }

        if (await BaseHasFolderAsync(folder, cancellationToken))
        {
            return null;
        }

        var rest = sizes.AppLayers.Sum(layer => layer.Bytes) - found.RegularBytes;
        var breakdown = BreakdownBuilder.OfFolder(sizes, folder, found.Files);
        return breakdown with
        {
            WasteUnknownBecause =
                rest != 0 ? $"the app's layers and {folder} do not agree in their bytes"
                : MayDelete(sizes) ? "a step may delete files of the base image"
                : null,
            Gaps =
                rest == 0
                    ? breakdown.Gaps
                    : breakdown.Gaps.Add(
                        new BreakdownGap($"Beside {folder} the app's layers have files elsewhere, or copies that no container sees.", rest)
                    ),
        };
    }

    private static bool MayDelete(ImageSizes sizes) =>
        sizes.AppLayers.Any(layer => layer.CreatedBy.Split(' ', 2)[0] is not ("COPY" or "ADD" or "WORKDIR"));

    private async Task<bool> BaseHasFolderAsync(string folder, CancellationToken cancellationToken)
    {
        if (_base is null || await _source.OpenFolderAsync(_base.Id, folder, cancellationToken) is not { } archive)
        {
            return false;
        }

        await archive.DisposeAsync();
        return true;
    }

    private Task<ArchivedImage> ReadArchiveAsync(WalkFor wanted, CancellationToken cancellationToken) =>
        MeasuringAsync(async () =>
        {
            await using var archive = await _source.OpenArchiveAsync(_name, cancellationToken);
            var images = await ArchiveWalker.WalkAsync(archive, wanted, cancellationToken);
            // Not by id, which is the configuration's digest in one image store and the manifest's in another.
            return images.FirstOrDefault(candidate => candidate.DiffIds.SequenceEqual(Image.DiffIds, StringComparer.Ordinal))
                ?? throw new InvalidDataException("its archive holds another image");
        });

    private async Task<T> MeasuringAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or HttpRequestException or FormatException or OverflowException)
        {
            throw new MultiStageException(Codes.NotMeasured.With(_name, e.Message.TrimEnd('.')), e);
        }
    }

    private ImageSizes Sized(ImmutableArray<LayerSize> layers, bool exact) => new(Image.Id, Image.Platform, BaseOf(layers), layers, exact);

    private ImageBase? BaseOf(ImmutableArray<LayerSize> layers)
    {
        if (_baseReference is null || _base is null)
        {
            return _baseReference is null ? null : new ImageBase(_baseReference, null, null);
        }

        var shared = layers.Where(layer => layer.IsBase).ToList();
        return new ImageBase(_baseReference, shared.Sum(layer => layer.Bytes), shared.Count);
    }
}
