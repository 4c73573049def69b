namespace MultiStage.Build.Context;

/// <summary>How much of a context was sent.</summary>
/// <param name="Files">The number of files.</param>
/// <param name="Bytes">The bytes of their content.</param>
internal sealed record ContextSize(int Files, long Bytes);
