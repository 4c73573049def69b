namespace MultiStage.Build.Budgets.Hints;

/// <summary>Something that would make an image smaller, found in that image. There is none without evidence.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Bytes">What it would save, in unpacked bytes, at most.</param>
/// <param name="IsEstimate">Whether the saving is an estimate; otherwise it is the sum of files that were measured.</param>
/// <param name="What">What is in the image, as a clause that follows the number: <c>are native files for …</c>.</param>
/// <param name="Do">What to change, one imperative clause that names the property or the step.</param>
internal sealed record SizeHint(HintKind Kind, long Bytes, bool IsEstimate, string What, string Do)
{
    /// <summary>The hint in one line.</summary>
    /// <returns>Such as <c>65.0 MB are native files for win-x64 (SkiaSharp 2.88.9); set RuntimeIdentifier to linux-x64</c>.</returns>
    public override string ToString() =>
        $"{(IsEstimate ? "about " : "")}{SizeText.Of(Bytes)} {What}; {Do}{(IsEstimate ? " (an estimate)" : "")}";
}
