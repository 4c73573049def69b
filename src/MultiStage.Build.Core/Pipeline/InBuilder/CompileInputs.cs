using MultiStage.Build.Context;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Pipeline.InBuilder;

/// <summary>What decides a compile's output and is missing in the compiler's own key.</summary>
public static class CompileInputs
{
    private const string ProjectFolder = "build_property.ProjectDir =";

    /// <summary>Lists them.</summary>
    /// <param name="files">The files that the compiler reads.</param>
    /// <param name="analyzers">The analyzers and generators.</param>
    /// <param name="sdk">The .NET SDK's folder, whose files its version decides.</param>
    /// <returns>The settings, and each file with its content.</returns>
    public static IEnumerable<string> List(
        IEnumerable<string> texts,
        IReadOnlyCollection<string> files,
        IEnumerable<string> analyzers,
        string sdk
    ) =>
        texts.Concat(
            files
                .Concat(files.SelectMany(NamedForGenerators))
                .Concat(analyzers.SelectMany(analyzer => WithNeighbours(analyzer, sdk)))
                .Distinct(StringComparer.Ordinal)
                .Select(file => $"{file} {(IsBelow(file, sdk) ? "" : FileHash.OrEmpty(file))}")
        );

    // The compiler's key has what an analyzer's own assembly is, and nothing of the assemblies that it calls.
    private static IEnumerable<string> WithNeighbours(string analyzer, string sdk) =>
        IsBelow(analyzer, sdk) || Path.GetDirectoryName(analyzer) is not { } folder || !Directory.Exists(folder)
            ? [analyzer]
            : Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal).Prepend(analyzer);

    // A generator may open what a property or an item that it sees names, behind the compiler's back. The project's own folder, which every
    // generator sees, and those above it hold too much to be one input.
    private static IEnumerable<string> NamedForGenerators(string file)
    {
        var lines =
            Path.GetExtension(file) == ".editorconfig" && File.Exists(file)
                ? File.ReadLines(file).Where(line => line.StartsWith("build_", StringComparison.Ordinal)).ToList()
                : [];
        var project = lines.Find(line => line.StartsWith(ProjectFolder, StringComparison.Ordinal))?[ProjectFolder.Length..].Trim() ?? "";
        return project.Length == 0
            ? []
            : lines
                .Select(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim())
                .Where(value => value.AsSpan().ContainsAny('/', '\\', '.'))
                .Select(value => Path.TrimEndingDirectorySeparator(Path.GetFullPath(value.Replace('\\', '/'), project)))
                .SelectMany(path => Directory.Exists(path) && !IsOfBuild(path, project) ? FilesBelow(path) : [path])
                .Where(File.Exists);
    }

    private static bool IsOfBuild(string folder, string project) =>
        LeftOutNames.IsOutput(folder) || ContextPath.Contains(folder, Path.TrimEndingDirectorySeparator(project));

    private static IEnumerable<string> FilesBelow(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    private static bool IsBelow(string file, string folder) => folder.Length > 0 && file.StartsWith(folder, StringComparison.Ordinal);
}
