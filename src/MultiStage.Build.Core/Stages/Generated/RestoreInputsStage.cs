using MultiStage.Build.Context;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Stages.Generated;

/// <summary>
/// Plans the stage that gathers the files of a restore where they lie in many folders: one COPY for each folder is more than anybody
/// reviews, and more than a daemon's layers. The stage runs again with each change of the context, and what it gathers stays the same, so
/// that the restore is cached.
/// </summary>
internal static class RestoreInputsStage
{
    private const string Context = "/context";

    // A folder that every image has.
    private const string Gathered = "/mnt";

    // From here on, a list of patterns is shorter than a list of folders.
    private const int MostFolders = 16;

    /// <summary>Whether a closure's restore takes its files from such a stage.</summary>
    public static bool IsNeededBy(ClosureFacts closure) =>
        closure.WhyRestoreAfterSources is null
        && (
            closure.DirectiveFiles.Length > 0
            || Files(closure).Select(ContextPath.Parent).Distinct(StringComparer.Ordinal).Count() > MostFolders
        );

    public static string Name(string stage) => stage == BuildPlanner.BuilderStage ? "restore-inputs" : $"{stage}-restore-inputs";

    /// <returns>The stage; none where the files are copied folder by folder.</returns>
    public static IEnumerable<Stage> Plan(ClosureFacts closure, string stage, string sdkImage, PlanTarget target)
    {
        if (!IsNeededBy(closure))
        {
            yield break;
        }

        var isBuildKit = target is PlanTarget.BuildKit;
        var gather = new RunStep([
            $"cd {Context} && find .",
            .. Patterns(Files(closure)),
            $"-exec cp --parents -t {Gathered} {{}} +",
            .. Directives(closure),
        ])
        {
            ContextFolder = isBuildKit ? Context : null,
        };
        yield return new Stage(
            Name(stage),
            sdkImage,
            closure.DirectiveFiles.Length == 0
                ? "The files that a restore reads, in a separate stage, so that a change in the sources does not restore again."
                : "The files that a restore reads, and of C# files the lines that name packages and properties, in a separate stage, so "
                    + "that a change in the code does not restore again.",
            isBuildKit ? [gather] : [new CopyStep(["."], Context + "/"), gather]
        )
        {
            OnBuildPlatform = isBuildKit,
        };
    }

    /// <summary>Plans the step that takes the files from the stage.</summary>
    public static CopyStep Copy(string stage) => new([Gathered + "/"], GlobalProperties.SourceFolder + "/", Name(stage));

    /// <summary>The files of a restore that do not lie in a source of packages.</summary>
    public static IEnumerable<string> Files(ClosureFacts closure) =>
        closure.RestoreInputs.Where(file => !closure.LocalFeeds.Any(feed => ContextPath.IsBelow(feed, file)));

    // Of a file-based app a restore reads these lines alone, and the rest of it changes more often.
    private static IEnumerable<string> Directives(ClosureFacts closure) =>
        closure.DirectiveFiles.Length == 0
            ? []
            : [$"&& sed -i '{SourceDirectives.Filter}'", .. closure.DirectiveFiles.Select(file => ShellWord.Quote($"{Gathered}/{file}"))];

    // What every project has goes by its kind, the rest by its path.
    private static IEnumerable<string> Patterns(IEnumerable<string> files)
    {
        var patterns = files
            .GroupBy(Kind, StringComparer.Ordinal)
            .SelectMany(kind =>
                kind.Key.Length > 0 && kind.Skip(1).Any()
                    ? new[] { $"-name {Quote(kind.Key)}" }
                    : kind.Select(file => $"-path {Quote("./" + Literal(file))}")
            )
            .Order(StringComparer.Ordinal)
            .ToList();
        return patterns.Select((pattern, index) => (index == 0 ? "\\( " : "-o ") + pattern + (index == patterns.Count - 1 ? " \\)" : ""));
    }

    private static string Kind(string file) =>
        ForeignProjects.IsProject(file) || Path.GetExtension(file) is ".props" or ".targets" ? "*" + Path.GetExtension(file)
        : Path.GetFileName(file) is "packages.lock.json" ? "packages.lock.json"
        : "";

    private static string Literal(string path) => string.Concat(path.Select(c => c is '*' or '?' or '[' or '\\' ? $"\\{c}" : $"{c}"));

    private static string Quote(string pattern) => $"'{pattern.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
