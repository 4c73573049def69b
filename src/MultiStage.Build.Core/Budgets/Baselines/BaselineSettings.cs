namespace MultiStage.Build.Budgets.Baselines;

/// <summary>Where a project's baseline is, whether or not it is there. Written to <c>baseline.json</c>.</summary>
/// <param name="File">The baseline file's absolute path.</param>
/// <param name="Image">The image that is the baseline; null where it is the file.</param>
/// <param name="Place">What messages say of it.</param>
internal sealed record BaselineSettings(string File, string? Image, BaselinePlace Place);
