namespace MultiStage.Build.Context;

/// <summary>The Dockerfile that goes to the builder with a context.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Path">Where it lies in the context, relative to its root and with forward slashes; null where it is not a file of the context.</param>
internal sealed record ContextDockerfile(string Text, string? Path);
