using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Pipeline.InBuilder;

/// <summary>What decides a compile's output and is missing in the compiler's own key.</summary>
public static class CompileInputs
{
    /// <summary>Lists them.</summary>
    /// <param name="files">The files that the compiler reads.</param>
    /// <param name="analyzers">The analyzers and generators.</param>
    /// <param name="sdk">The .NET SDK's folder, whose files its version decides.</param>
    /// <returns>The settings, and each file with its content.</returns>
    public static IEnumerable<string> List(
        IEnumerable<string> texts,
        IEnumerable<string> files,
        IEnumerable<string> analyzers,
        string sdk
    ) =>
        texts.Concat(
            files
                .Concat(analyzers.SelectMany(analyzer => WithNeighbours(analyzer, sdk)))
                .Distinct(StringComparer.Ordinal)
                .Select(file => $"{file} {(IsBelow(file, sdk) ? "" : FileHash.OrEmpty(file))}")
        );

    // The compiler's key has what an analyzer's own assembly is, and nothing of the assemblies that it calls.
    private static IEnumerable<string> WithNeighbours(string analyzer, string sdk) =>
        IsBelow(analyzer, sdk) || Path.GetDirectoryName(analyzer) is not { } folder || !Directory.Exists(folder)
            ? [analyzer]
            : Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal).Prepend(analyzer);

    private static bool IsBelow(string file, string folder) => folder.Length > 0 && file.StartsWith(folder, StringComparison.Ordinal);
}
