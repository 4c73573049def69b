using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Json;
using MultiStage.Build.Measurement.Layers;
using ZstdSharp;

namespace MultiStage.Build.Measurement.Archives;

/// <summary>What a walk through an archive looks for beside the layers' sizes.</summary>
[Flags]
internal enum WalkFor
{
    /// <summary>Nothing: memory does not grow with the image.</summary>
    Sizes = 0,

    /// <summary>The files of the layers: memory grows with their number, and not with their sizes.</summary>
    Files = 1,

    /// <summary>What the layers take when they are compressed, which costs processor time.</summary>
    Compression = 2,

    /// <summary>Whether each blob is what its name says, which costs processor time.</summary>
    Digests = 4,
}

/// <summary>
/// Measures the layers of an archive in one pass: in the layout of <c>docker save</c> or of the OCI (image-layout.md), as it is or
/// compressed. Which files are layers is written in <c>manifest.json</c> and <c>index.json</c>, which may come last; so each file that
/// looks like a layer is measured as it passes, and what is JSON is kept.
/// </summary>
internal sealed class ArchiveWalker
{
    // A configuration is a few kB; a bill of materials that lies beside it is not needed and may be large.
    private const long LargestJson = 16 * 1024 * 1024;

    // What an image says of itself is some kilobytes for each platform.
    private const long MostJson = 4 * LargestJson;

    private const int BufferSize = 128 * 1024;

    private readonly WalkFor _wanted;
    private readonly ArchiveContents _contents = new();
    private long _json;

    private ArchiveWalker(WalkFor wanted) => _wanted = wanted;

    /// <summary>Reads an archive from its beginning to its end.</summary>
    /// <param name="archive">The archive, as it is or compressed with gzip or Zstandard; it need not be seekable.</param>
    /// <param name="wanted">What is looked for beside the sizes.</param>
    /// <returns>The images in it, in the order of its manifests: one for each platform, and none for attestations.</returns>
    /// <exception cref="InvalidDataException">It is not such an archive, or a layer in it cannot be read; the message is one clause that
    /// says which.</exception>
    public static async Task<ImmutableArray<ArchivedImage>> WalkAsync(Stream archive, WalkFor wanted, CancellationToken cancellationToken)
    {
        try
        {
            var walker = new ArchiveWalker(wanted);
            // At the end of an entry the tar reader asks for 0 bytes; a client's stream may take the 0 that it answers for the end of the
            // connection. The buffer, which is the caller's stream and so not disposed of, answers by itself.
            var (kind, stream) = await PeekAsync(new BufferedStream(archive, BufferSize), cancellationToken);
            await using (stream)
            await using (var unpacked = Unpack(kind, stream))
            {
                await walker.ReadAsync(unpacked, cancellationToken);
            }

            return new ArchiveManifests(walker._contents).Images();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new InvalidDataException("the archive's manifest or configuration is malformed", e);
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("it ends too early", e);
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException("what is compressed with zstd in it is damaged", e);
        }
    }

    private async Task ReadAsync(Stream tar, CancellationToken cancellationToken)
    {
        await using var reader = new TarReader(tar, leaveOpen: true);
        while (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            await TakeAsync(entry, cancellationToken);
        }
    }

    private async Task TakeAsync(TarEntry entry, CancellationToken cancellationToken)
    {
        var name = ArchiveContents.Normalize(entry.Name);
        // Before Docker 25 a layer that several images have is there once, and linked to.
        if (entry.EntryType == TarEntryType.SymbolicLink)
        {
            _contents.Link(name, Path.GetDirectoryName(name)?.Replace('\\', '/') + "/" + entry.LinkName);
        }
        else if (entry.EntryType == TarEntryType.HardLink)
        {
            _contents.Link(name, entry.LinkName);
        }
        else if (entry.DataStream is { } data)
        {
            await TakeFileAsync(name, entry.Length, data, cancellationToken);
        }
        else
        {
            _contents.Refuse(name, "is empty");
        }
    }

    private async Task TakeFileAsync(string name, long length, Stream data, CancellationToken cancellationToken)
    {
        await using var hashed =
            _wanted.HasFlag(WalkFor.Digests) && HashedBlob.DigestIn(name) is { } digest ? new HashedBlob(data, digest) : null;
        await TakeContentAsync(name, length, hashed ?? data, cancellationToken);
        if (hashed is not null && await hashed.FindOtherAsync(cancellationToken) is { } other)
        {
            throw new InvalidDataException($"{name} is damaged: its content has the digest {other}");
        }
    }

    private async Task TakeContentAsync(string name, long length, Stream data, CancellationToken cancellationToken)
    {
        var (kind, stream) = await PeekAsync(data, cancellationToken);
        await using var _ = stream;
        switch (kind)
        {
            case BlobKind.Tar or BlobKind.Gzip or BlobKind.Zstandard:
                await using (var unpacked = Unpack(kind, stream))
                {
                    await TakeLayerAsync(name, kind == BlobKind.Tar ? null : length, unpacked, cancellationToken);
                }

                break;
            case BlobKind.Json when length <= LargestJson && (_json += length) <= MostJson:
                var text = new byte[length];
                await stream.ReadExactlyAsync(text, cancellationToken);
                _contents.Keep(name, text);
                break;
            default:
                _contents.Refuse(name, "is not a tar archive");
                break;
        }
    }

    private async Task TakeLayerAsync(string name, long? compressed, Stream tar, CancellationToken cancellationToken)
    {
        var entries = _wanted.HasFlag(WalkFor.Files) ? new List<LayerEntry>() : null;
        await using var meter = compressed is null && _wanted.HasFlag(WalkFor.Compression) ? new CompressionMeter(tar) : null;
        var size = await LayerTar.MeasureAsync(meter ?? tar, entries, cancellationToken);
        var estimate = meter is null ? null : (long?)await meter.FinishAsync(cancellationToken);
        _contents.Take(name, new LayerContent(size, entries, compressed ?? estimate, IsEstimate: compressed is null));
    }

    private static async Task<(BlobKind Kind, Stream Stream)> PeekAsync(Stream data, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(data, new StreamPipeReaderOptions(bufferSize: BufferSize, leaveOpen: true));
        var beginning = await reader.ReadAtLeastAsync(BlobKinds.SampleLength, cancellationToken);
        var kind = BlobKinds.Of(beginning.Buffer);
        reader.AdvanceTo(beginning.Buffer.Start);
        return (kind, reader.AsStream());
    }

    private static Stream Unpack(BlobKind kind, Stream stream) =>
        kind switch
        {
            BlobKind.Gzip => new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true),
            BlobKind.Zstandard => new DecompressionStream(stream, leaveOpen: true),
            _ => stream,
        };
}
