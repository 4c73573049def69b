using System.Formats.Tar;

namespace MultiStage.Build.Engines.Sdk;

/// <summary>The blobs of an image archive, by their digests.</summary>
internal sealed class ImageTar
{
    private readonly string _path;
    private readonly Dictionary<string, (long Offset, long Length)> _files = new(StringComparer.Ordinal);

    /// <summary>Reads where the files of an archive lie.</summary>
    /// <param name="path">The archive, which is not compressed.</param>
    public ImageTar(string path)
    {
        _path = path;
        using var file = File.OpenRead(path);
        using var reader = new TarReader(file);
        while (reader.GetNextEntry() is { } entry)
        {
            _files[entry.Name.TrimStart('.', '/')] = (entry.DataOffset, entry.Length);
        }
    }

    /// <summary>Opens a blob.</summary>
    /// <param name="digest">Its digest.</param>
    /// <exception cref="InvalidDataException">The archive does not have it.</exception>
    /// <returns>The blob, and its length.</returns>
    public (Stream Content, long Length) Open(string digest)
    {
        var hex = digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..];
        // In the layout of the OCI, and in that of docker save a layer's and a configuration's.
        string[] places = [$"blobs/sha256/{hex}", $"{hex}/layer.tar", $"{hex}.json"];
        foreach (var place in places)
        {
            if (_files.TryGetValue(place, out var found))
            {
                var file = File.OpenRead(_path);
                file.Position = found.Offset;
                return (new PartStream(file, found.Length), found.Length);
            }
        }

        throw new InvalidDataException($"the archive does not have the blob {digest}");
    }

    /// <summary>A part of a file, from where it stands.</summary>
    private sealed class PartStream(FileStream file, long size) : Stream
    {
        private readonly long _size = size;
        private long _left = size;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => _size;

        public override long Position
        {
            get => _size - _left;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = file.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
            _left -= read;
            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                file.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
