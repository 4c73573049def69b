namespace MultiStage.Build.Measurement.Layers;

/// <param name="Path">The absolute path that it makes or hides.</param>
/// <param name="Bytes">Its unpacked bytes.</param>
internal readonly record struct LayerEntry(LayerEntryKind Kind, string Path, long Bytes = 0)
{
    /// <summary>Whether it is a symlink, whose bytes are those of its target.</summary>
    public bool IsSymlink { get; init; }

    /// <summary>The path that a hard link is another name of; null for others.</summary>
    public string? Target { get; init; }

    /// <summary>What was read inside the file; null where nothing was.</summary>
    public FileContent? Content { get; init; }
}

/// <summary>What was read inside a file of an app because it says where bytes come from.</summary>
internal sealed record FileContent
{
    /// <summary>The text of a <c>*.deps.json</c>.</summary>
    public byte[]? Dependencies { get; init; }

    /// <summary>The parts of an executable that holds an app.</summary>
    public ExecutableParts? Parts { get; init; }
}
