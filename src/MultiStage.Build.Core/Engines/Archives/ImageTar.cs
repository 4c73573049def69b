using System.Formats.Tar;

namespace MultiStage.Build.Engines.Archives;

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
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        using var file = File.OpenRead(path);
        using var reader = new TarReader(file);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink)
            {
                // Older daemons save a layer that an image has twice as a link to the first one.
                links[Name(entry.Name)] = Name(entry.LinkName);
            }
            else
            {
                _files[Name(entry.Name)] = (entry.DataOffset, entry.Length);
            }
        }

        foreach (var (link, target) in links)
        {
            if (_files.TryGetValue(target, out var found))
            {
                _files[link] = found;
            }
        }
    }

    /// <summary>Opens a file of the archive.</summary>
    /// <param name="name">Its path in the archive.</param>
    /// <exception cref="InvalidDataException">The archive does not have it.</exception>
    public Stream OpenFile(string name)
    {
        var found = _files.TryGetValue(Name(name), out var place) ? place : throw new InvalidDataException($"the archive has no {name}");
        var file = File.OpenRead(_path);
        file.Position = found.Offset;
        return new PartStream(file, found.Length);
    }

    /// <summary>Reads a file of the archive as text.</summary>
    /// <param name="name">Its path in the archive.</param>
    /// <exception cref="InvalidDataException">The archive does not have it.</exception>
    public string ReadText(string name)
    {
        using var reader = new StreamReader(OpenFile(name));
        return reader.ReadToEnd();
    }

    /// <summary>Reads a blob as text.</summary>
    /// <exception cref="InvalidDataException">The archive does not have it.</exception>
    public string ReadBlob(string digest)
    {
        using var reader = new StreamReader(Open(digest).Content);
        return reader.ReadToEnd();
    }

    private static string Name(string path) => path.TrimStart('.', '/');

    /// <summary>Opens a blob.</summary>
    /// <exception cref="InvalidDataException">The archive does not have it.</exception>
    /// <returns>The blob, and its length.</returns>
    public (Stream Content, long Length) Open(string digest)
    {
        var hex = digest[(digest.IndexOf(':', StringComparison.Ordinal) + 1)..];
        // In the layout of the OCI, and in that of docker save a layer's and a configuration's.
        string[] places = [$"blobs/sha256/{hex}", $"{hex}/layer.tar", $"{hex}.json"];
        foreach (var place in places)
        {
            if (_files.ContainsKey(place))
            {
                var content = OpenFile(place);
                return (content, content.Length);
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
