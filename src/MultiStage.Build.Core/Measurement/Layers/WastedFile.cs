namespace MultiStage.Build.Measurement.Layers;

/// <summary>A copy of a file that the image carries and no container sees.</summary>
/// <param name="Path">Its absolute path in the image.</param>
/// <param name="Bytes">What it takes, in unpacked bytes.</param>
/// <param name="Layer">The layer it lies in, as an index into <see cref="ImageSizes.Layers"/>; it may be one of the base image's.</param>
/// <param name="ByLayer">The layer that overwrote, deleted or hid it.</param>
/// <param name="How">What that layer did to it.</param>
internal sealed record WastedFile(string Path, long Bytes, int Layer, int ByLayer, WasteKind How);

/// <summary>How a copy of a file came to be wasted.</summary>
internal enum WasteKind
{
    /// <summary>A later layer has another file of its name, or the same with another mode or owner.</summary>
    Overwritten,

    /// <summary>A later layer deleted it, its folder, or everything in its folder.</summary>
    Deleted,
}
