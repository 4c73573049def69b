namespace MultiStage.Build.Budgets.Hints;

/// <summary>Something that would make an image smaller, found in that image. There is none without evidence.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Bytes">What it saves, in unpacked bytes: the sum of files that were measured; null where another build would have to be
/// measured to know.</param>
/// <param name="What">What is in the image: a clause that follows the number, such as <c>are native files for …</c>, or a sentence where
/// there is no number.</param>
/// <param name="Do">What to change, one imperative clause that names the property or the step.</param>
internal sealed record SizeHint(HintKind Kind, long? Bytes, string What, string Do)
{
    /// <summary>The hint in one line.</summary>
    /// <returns>Such as <c>65.0 MB are native files for win-x64 (SkiaSharp 2.88.9); set RuntimeIdentifier to linux-x64</c>.</returns>
    public override string ToString() => Bytes is { } bytes ? $"{SizeText.Of(bytes)} {What}; {Do}" : $"{What}; {Do}";
}
