namespace MultiStage.Build.Budgets.Baselines;

/// <summary>Where a project's baseline is, whether or not it is there. Written to <c>baseline.json</c>.</summary>
/// <param name="File">The baseline file's absolute path.</param>
/// <param name="Image">The image that is the baseline; null where it is the file.</param>
/// <param name="Place">What messages say of it.</param>
internal sealed record BaselineSettings(string File, string? Image, BaselinePlace Place)
{
    private const string Ending = ".size.json";

    /// <summary>The baseline of one of several platforms: a file of its own, or the same image for that platform.</summary>
    /// <param name="platform">The platform, as file names have it, such as <c>linux-arm64</c>.</param>
    public BaselineSettings For(string platform) =>
        this with
        {
            File = Named(File, platform),
            Place = Image is null ? Place with { Source = Named(Place.Source, platform) } : Place,
        };

    /// <summary>What messages say of the baseline of one of several platforms.</summary>
    /// <param name="platform">The platform, as file names have it; null where the image is for one.</param>
    public BaselinePlace PlaceOf(string? platform) => platform is null ? Place : For(platform).Place;

    // App.size.json is App.linux-arm64.size.json.
    private static string Named(string file, string platform)
    {
        var ending = file.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? Ending.Length : Path.GetExtension(file).Length;
        return file.Insert(file.Length - ending, $".{platform}");
    }
}
