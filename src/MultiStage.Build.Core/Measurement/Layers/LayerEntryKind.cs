namespace MultiStage.Build.Measurement.Layers;

/// <summary>What an entry of a layer does to the files below it.</summary>
internal enum LayerEntryKind
{
    /// <summary>A regular file, or a symlink, device or pipe, which take their place among files.</summary>
    File,

    /// <summary>Another name of a file.</summary>
    HardLink,

    Folder,

    /// <summary>Hides a file or folder of the layers below.</summary>
    Whiteout,

    /// <summary>Hides all that the layers below have in a folder.</summary>
    Opaque,
}
