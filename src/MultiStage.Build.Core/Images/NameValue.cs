namespace MultiStage.Build.Images;

/// <summary>A name with a value.</summary>
public sealed record NameValue(string Name, string Value);
