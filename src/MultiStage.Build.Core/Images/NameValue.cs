namespace MultiStage.Build.Images;

/// <summary>A name with a value.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The value.</param>
public sealed record NameValue(string Name, string Value);
