using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.Budgets.Hints;

/// <summary>Hints from the app's own files: those for other platforms, languages, symbols, source maps, and an untrimmed runtime.</summary>
internal static class FileHints
{
    private const int MostNames = 3;

    // A self-contained app of .NET 6 to 10 has more than 160 assemblies of the runtime, and a trimmed one that uses much of it fewer than
    // 100.
    private const int UntrimmedAssemblies = 150;

    public static IEnumerable<SizeHint> Of(MeasuredImage measured) =>
        measured.Breakdown is { } breakdown
            ? new[] { OtherPlatforms(breakdown, measured.Sizes), Languages(breakdown), SourceMaps(breakdown), Trimming(breakdown) }
                .Concat(Symbols(breakdown))
                .OfType<SizeHint>()
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

    // Not those of the projects: SatelliteResourceLanguages does not reach them, and somebody translated the app on purpose.
    private static SizeHint? Languages(SizeBreakdown breakdown) =>
        Make(
            HintKind.Languages,
            [.. breakdown.Files.Where(file => file is { Kind: FileKind.Resource, Culture: not null } && !IsOfAProject(file))],
            files =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"are satellite assemblies for {Plural(files.Select(file => file.Culture).Distinct().Count(), "language")}: "
                        + $"{Some(files.Select(file => file.Culture!))} ({Origins(files)})"
                ),
            "name the languages that the app speaks in SatelliteResourceLanguages, such as en"
        );

    private static IEnumerable<SizeHint?> Symbols(SizeBreakdown breakdown) =>
        breakdown
            .Files.Where(file => file.Kind == FileKind.Symbols)
            .GroupBy(WithoutSymbols)
            .Select(group => Make(HintKind.Symbols, [.. group], files => $"are debug symbols ({Names(files)})", group.Key));

    private static string WithoutSymbols(AppFile file) =>
        !file.Path.EndsWith(".pdb", StringComparison.OrdinalIgnoreCase)
            ? "set StripSymbols to true and keep the .dbg files outside the image"
        : IsOfAProject(file) ? "set DebugType to none in Directory.Build.props, or to embedded where stack traces need line numbers"
        : "set CopyDebugSymbolFilesFromPackages to false";

    private static bool IsOfAProject(AppFile file) => file.Origin.Kind is OriginKind.App or OriginKind.Project;

    // Only what lies in the app's own wwwroot: an item of the project does not reach what libraries bring.
    private static SizeHint? SourceMaps(SizeBreakdown breakdown) =>
        Make(
            HintKind.SourceMaps,
            [.. breakdown.Files.Where(file => file.Kind == FileKind.Static && IsSourceMap(file.Path))],
            files => $"are source maps of scripts and styles ({Names(files)})",
            "keep them out with <Content Remove=\"wwwroot/**/*.map\" /> in the project"
        );

    // A web project publishes a compressed copy beside each.
    private static bool IsSourceMap(string path) =>
        (
            path.EndsWith(".map", StringComparison.Ordinal)
            || path.EndsWith(".map.gz", StringComparison.Ordinal)
            || path.EndsWith(".map.br", StringComparison.Ordinal)
        )
        && !path.Contains("/wwwroot/_content/", StringComparison.Ordinal)
        && !path.Contains("/wwwroot/_framework/", StringComparison.Ordinal);

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
