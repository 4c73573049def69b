using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.Budgets.Baselines;

/// <summary>Names the file that made a project grow (pure): the project's name alone tells its author nothing.</summary>
internal static class GrownFiles
{
    /// <summary>Adds the files to the changes of projects. A package is known by its name and version.</summary>
    /// <param name="breakdown">The image's files as they are now; null where they were not measured.</param>
    public static SizeComparison Name(SizeComparison comparison, SizeBreakdown? breakdown)
    {
        if (breakdown is null || !comparison.IsCompared)
        {
            return comparison;
        }

        var origins = breakdown
            .Files.GroupBy(file => file.Path, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First().Origin, StringComparer.Ordinal);
        // Changes come with the largest growth first.
        var files = comparison
            .Of(ChangeSubject.File)
            .Where(file => file.Bytes > 0 && origins.TryGetValue(file.Name, out var origin) && origin.Kind != OriginKind.Package)
            .GroupBy(file => SizeBaselines.KeyOf(origins[file.Name]), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.OrdinalIgnoreCase);
        return comparison with
        {
            Changes =
            [
                .. comparison.Changes.Select(change =>
                    change.Subject == ChangeSubject.Origin
                    && files.TryGetValue(change.Name, out var file)
                    && change.Bytes > 0
                    && file.Bytes > change.Bytes / 2
                        ? change with
                        {
                            MostlyFile = file.Name,
                        }
                        : change
                ),
            ],
        };
    }
}
