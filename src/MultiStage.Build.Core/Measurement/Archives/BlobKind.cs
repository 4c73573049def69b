namespace MultiStage.Build.Measurement.Archives;

/// <summary>What a file in an archive is, by its first bytes; neither its name nor its place tells.</summary>
internal enum BlobKind
{
    Other,

    /// <summary>A tar: a layer that is not compressed.</summary>
    Tar,

    /// <summary>Compressed with gzip (RFC 1952).</summary>
    Gzip,

    /// <summary>Compressed with Zstandard (RFC 8878).</summary>
    Zstandard,

    /// <summary>An object or an array in JSON.</summary>
    Json,
}
