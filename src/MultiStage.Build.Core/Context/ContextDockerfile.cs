using System.Collections.Immutable;

namespace MultiStage.Build.Context;

/// <summary>The Dockerfile that goes to the builder with a context.</summary>
/// <param name="Path">Where it lies in the context, relative to its root and with forward slashes; null where it is not a file of the
/// context.</param>
/// <param name="RootCopies">Where the keywords of the instructions end that may copy files at the context's root, ascending.</param>
internal sealed record ContextDockerfile(string Text, string? Path, ImmutableArray<int> RootCopies);
