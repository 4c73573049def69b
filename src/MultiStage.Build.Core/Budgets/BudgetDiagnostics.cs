using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Says in one line that an image breaks a budget.</summary>
public static class BudgetDiagnostics
{
    // docker itself shows and takes ids of this length.
    private const int ShortIdLength = 12;
    private const int LongestInstruction = 60;

    /// <summary>Makes the diagnostic of a broken budget.</summary>
    /// <param name="verdict">The verdict, one that did not pass.</param>
    /// <param name="sizes">The image's sizes.</param>
    /// <param name="imageName">The name and tag that the image is built for.</param>
    /// <param name="severity">What a broken budget is; with a warning the image is delivered.</param>
    /// <returns>The diagnostic, about the budget's property.</returns>
    public static Diagnostic Of(Verdict verdict, ImageSizes sizes, string imageName, DiagnosticSeverity severity)
    {
        var text = SizeText.Compare(verdict.Value, verdict.Limit);
        var descriptor = Diagnostics.SizeBudgetBroken with { Severity = severity };
        return descriptor.With(
            imageName,
            text.Size,
            text.Difference,
            SizeText.PercentOver(verdict.Value - verdict.Limit, verdict.Limit),
            text.Limit,
            LargestLayer(sizes),
            Outcome(ShortId(sizes.ImageId), severity)) with
        { About = verdict.Property };
    }

    /// <summary>Shortens an image id to what <c>docker</c> shows and takes.</summary>
    /// <param name="imageId">The id, <c>sha256:…</c>.</param>
    /// <returns>The first twelve digits of its digest.</returns>
    public static string ShortId(string imageId)
    {
        var digest = imageId[(imageId.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return digest.Length > ShortIdLength ? digest[..ShortIdLength] : digest;
    }

    // What the project can change: a layer of the base image is named by none.
    private static string LargestLayer(ImageSizes sizes)
    {
        if (sizes.AppLayers.MaxBy(layer => layer.Bytes) is not { Bytes: > 0 } largest)
            return "";
        var owner = sizes.AppBytes is null || sizes.Base is null ? "Its" : "The app's";
        var name = largest.CreatedBy.Length == 0 ? "" : $" is '{Instruction.Shorten(largest.CreatedBy, LongestInstruction)}' and";
        return $"{owner} largest layer{name} takes {SizeText.Of(largest.Bytes)}. ";
    }

    private static string Outcome(string id, DiagnosticSeverity severity) => severity == DiagnosticSeverity.Error
        ? $"The rejected image is {id}; no tag was moved and nothing was pushed."
        : $"It is delivered all the same, as {id}, because {BudgetSettings.SeverityProperty} is warning.";
}
