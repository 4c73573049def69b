using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Measurement.Archives;

/// <summary>A blob of an archive, whose name says what its content is.</summary>
/// <param name="digest">What its name says: 64 hexadecimal digits.</param>
internal sealed partial class HashedBlob(Stream content, string digest) : ReadOnlyStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Finds the digest in the name of a blob, in either layout.</summary>
    /// <param name="name">The path in the archive.</param>
    /// <returns>The digits; null where the name says nothing of the content.</returns>
    public static string? DigestIn(string name) => Named().Match(name) is { Success: true } match ? match.Groups["digest"].Value : null;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await content.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        return read;
    }

    /// <summary>Reads the rest, and compares.</summary>
    /// <returns>The digest of the content, where it is another one; else null.</returns>
    public async Task<string?> FindOtherAsync(CancellationToken cancellationToken)
    {
        await CopyToAsync(Null, cancellationToken);
        var found = Convert.ToHexStringLower(_hash.GetHashAndReset());
        return found == digest ? null : found;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    [GeneratedRegex(@"^(blobs/sha256/(?<digest>[0-9a-f]{64})|(?<digest>[0-9a-f]{64})\.json)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
