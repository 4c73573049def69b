using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;

namespace MultiStage.Build.Reporting;

/// <summary>Changes, for people.</summary>
internal static class ChangeText
{
    private const int LongestPath = 36;

    /// <summary>
    /// Names what changed: a package with its version, and both where it has another one; a project with the file that made it grow.
    /// </summary>
    public static string Name(SizeChange change)
    {
        if (change.Subject != ChangeSubject.Origin)
        {
            return change.Name.Length == 0 ? "(no instruction recorded)" : change.Name;
        }

        var name = OriginKey.Shown(change.Name);
        return (change.VersionBefore, change.VersionAfter) switch
        {
            // Some instructions name the file themselves: COPY data /data.
            (null, null) => change.MostlyFile is { } file && !name.EndsWith($" {file}", StringComparison.Ordinal)
                ? $"{name}: {End(file)}"
                : name,
            (null, { } now) => $"{name} {now}",
            ({ } before, null) => $"{name} {before}",
            var (before, now) when before == now => $"{name} {now}",
            var (before, now) => $"{name} {before} → {now}",
        };
    }

    // A path says most at its end.
    private static string End(string path) => path.Length > LongestPath ? "…" + path[^(LongestPath - 1)..] : path;

    /// <summary>Says by how much, and whether it is new or gone.</summary>
    public static string Of(SizeChange change) =>
        SizeText.OfChange(change.Bytes)
        + change.Kind switch
        {
            ChangeKind.New => " (new)",
            ChangeKind.Gone => " (gone)",
            _ => "",
        };
}
