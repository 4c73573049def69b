using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Stages.Generated;

/// <summary>
/// Makes the files that must exist while a restore runs, and takes them away again: a file that is gone from the sources must not stay in a
/// layer.
/// </summary>
internal static class Placeholders
{
    /// <summary>Puts them around a restore.</summary>
    /// <param name="paths">Files, and folders with a slash at their end, relative to the context.</param>
    /// <param name="beforeSources">Whether no source is there yet.</param>
    public static RunStep Around(RunStep restore, ImmutableArray<string> paths, bool beforeSources)
    {
        if (paths.IsEmpty)
        {
            return restore;
        }

        var files = paths.Where(path => !path.EndsWith('/')).ToList();
        var folders = paths
            .Select(path => ContextPath.Parent(path))
            .Where(folder => folder.Length > 0)
            .Distinct(StringComparer.Ordinal)
            .ToList();
        // What no context holds stays for the publish, which asks for it too.
        var passing = beforeSources ? files.Where(file => !LeftOutNames.IsNeverSent(file)).ToList() : [];
        var enter = $"cd {GlobalProperties.SourceFolder}";
        return restore with
        {
            Words =
            [
                enter,
                .. folders.Count > 0 ? Command("mkdir -p", folders) : [],
                .. files.Count > 0 ? Command("touch", files) : [],
                restore.Words[0].StartsWith(enter, StringComparison.Ordinal)
                    ? restore.Words[0][(enter.Length + 1)..]
                    : "&& " + restore.Words[0],
                .. restore.Words[1..],
                .. passing.Count > 0 ? Command("rm", passing) : [],
            ],
            Why = restore.Why ?? "The projects ask whether these files are there, and not what is in them.",
        };
    }

    private static IEnumerable<string> Command(string command, List<string> paths) =>
        paths.Select(ShellWord.Quote).Skip(1).Prepend($"&& {command} {ShellWord.Quote(paths[0])}");
}
