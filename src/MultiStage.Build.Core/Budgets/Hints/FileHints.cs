using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.Budgets.Hints;

/// <summary>Hints from the app's own files: those for other platforms, languages, symbols, and an untrimmed runtime.</summary>
internal static class FileHints
{
    private const int MostNames = 3;

    // A self-contained app of .NET 6 to 10 has more than 160 assemblies of the runtime, and a trimmed one that uses much of it fewer than
    // 100.
    private const int UntrimmedAssemblies = 150;

    public static IEnumerable<SizeHint> Of(MeasuredImage measured) =>
        measured.Breakdown is { } breakdown
            ? new[]
            {
                OtherPlatforms(breakdown, measured.Sizes),
                Languages(breakdown),
                Symbols(breakdown),
                Trimming(breakdown),
            }.OfType<SizeHint>()
            : [];

    private static SizeHint? OtherPlatforms(SizeBreakdown breakdown, ImageSizes sizes)
    {
        var own = RuntimePlatform.Of(sizes.Platform, sizes.Base?.Reference);
        return own.Rid is null
            ? null
            : Make(
                HintKind.OtherPlatforms,
                [.. breakdown.Files.Where(file => file.Rid is { } rid && !own.CanUse(rid))],
                files => $"are native files for {Some(files.Select(file => file.Rid!))} ({Origins(files)})",
                $"publish with -r {own.Rid}; what a package copies for every platform anyway, ExcludeAssets on its reference leaves out"
            );
    }

    private static SizeHint? Languages(SizeBreakdown breakdown) =>
        Make(
            HintKind.Languages,
            [.. breakdown.Files.Where(file => file is { Kind: FileKind.Resource, Culture: not null })],
            files =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"are satellite assemblies for {Plural(files.Select(file => file.Culture).Distinct().Count(), "language")}: "
                        + $"{Some(files.Select(file => file.Culture!))} ({Origins(files)})"
                ),
            "name the languages that the app speaks in SatelliteResourceLanguages, such as en"
        );

    private static SizeHint? Symbols(SizeBreakdown breakdown) =>
        Make(
            HintKind.Symbols,
            [.. breakdown.Files.Where(file => file.Kind == FileKind.Symbols)],
            files => $"are debug symbols ({Names(files)})",
            breakdown.Files.Any(file => file.Kind == FileKind.Symbols && !file.Path.EndsWith(".pdb", StringComparison.OrdinalIgnoreCase))
                ? "set StripSymbols to true and keep the .dbg files outside the image"
                : "set DebugType to none, or to embedded where stack traces need line numbers"
        );

    private static SizeHint? Trimming(SizeBreakdown breakdown)
    {
        var runtime = breakdown.Files.Where(file => file is { Kind: FileKind.Managed, Origin.Kind: OriginKind.Runtime }).ToList();
        if (runtime.Count < UntrimmedAssemblies)
        {
            return null;
        }

        // How much of it the trimmer leaves only the trimmer knows.
        var bytes = runtime.Sum(file => file.Bytes);
        return new SizeHint(
            HintKind.Trimming,
            null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"All {runtime.Count} assemblies of the runtime are in this self-contained app, with {SizeText.Of(bytes)}"
            ),
            "set PublishTrimmed to true and read the trimmer's warnings"
        );
    }

    private static SizeHint? Make(
        HintKind kind,
        ImmutableArray<AppFile> files,
        Func<ImmutableArray<AppFile>, string> what,
        string instead
    ) => files.Length == 0 ? null : new SizeHint(kind, files.Sum(file => file.Bytes), what(files), instead);

    private static string Origins(IEnumerable<AppFile> files) =>
        Some(
            files
                .GroupBy(file => file.Origin)
                .OrderByDescending(group => group.Sum(file => file.Bytes))
                .ThenBy(group => group.Key.Name, StringComparer.Ordinal)
                .Select(group =>
                    group.Key.Version is { } version && group.Key.Kind == OriginKind.Package
                        ? $"{group.Key.Name} {version}"
                        : group.Key.Name
                ),
            sort: false
        );

    private static string Names(IEnumerable<AppFile> files) =>
        Some(files.OrderByDescending(file => file.Bytes).Select(file => file.Path), sort: false);

    private static string Some(IEnumerable<string> names, bool sort = true)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        if (sort)
        {
            all.Sort(StringComparer.Ordinal);
        }

        var shown = string.Join(", ", all.Take(MostNames));
        return all.Count > MostNames ? string.Create(CultureInfo.InvariantCulture, $"{shown} and {all.Count - MostNames} more") : shown;
    }

    private static string Plural(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}
