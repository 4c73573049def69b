using System.Collections.Immutable;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Budgets.Hints;

/// <summary>Hints from what layers do to each other, and from what package managers leave behind.</summary>
internal static class WasteHints
{
    private const int LongestInstruction = 50;

    // Where a package manager keeps what it only needs while it runs, and what to do about it.
    private static readonly (string Folder, string Instead)[] s_caches =
    [
        ("/var/lib/apt/lists/", "end that step with rm -rf /var/lib/apt/lists/*"),
        ("/var/cache/apt/", "end that step with apt-get clean"),
        ("/var/cache/apk/", "install with apk add --no-cache"),
        ("/var/cache/dnf/", "end that step with dnf clean all"),
        ("/var/cache/yum/", "end that step with yum clean all"),
        ("/var/cache/tdnf/", "end that step with tdnf clean all"),
        ("/root/.nuget/", "restore in a separate stage and copy what was published"),
        ("/root/.npm/", "install in a separate stage, or with a cache mount for /root/.npm"),
        ("/root/.cache/", "use a cache mount for /root/.cache in that step, or delete it there"),
        ("/root/.local/share/NuGet/", "restore in a separate stage and copy what was published"),
        ("/root/go/pkg/", "build in a separate stage and copy the program"),
        ("/tmp/", "delete it in the step that writes it"),
        ("/var/tmp/", "delete it in the step that writes it"),
    ];

    public static IEnumerable<SizeHint> Of(MeasuredImage measured) =>
        measured.Breakdown is { } breakdown ? Caches(breakdown, measured.Sizes).Concat(Later(breakdown, measured.Sizes)) : [];

    private static IEnumerable<SizeHint> Caches(SizeBreakdown breakdown, ImageSizes sizes)
    {
        foreach (var (folder, instead) in s_caches)
        {
            var files = breakdown.Files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal)).ToList();
            if (files.Count == 0)
            {
                continue;
            }

            var layers = files.Select(file => file.Layer).Distinct().ToList();
            var by = layers is [{ } only] ? $", left behind by {Quoted(sizes.Layers[only])}" : "";
            yield return new SizeHint(HintKind.Caches, files.Sum(file => file.Bytes), $"lie in {folder.TrimEnd('/')}{by}", instead);
        }
    }

    // What a later layer does to the base image's files cannot be saved by this project.
    private static IEnumerable<SizeHint> Later(SizeBreakdown breakdown, ImageSizes sizes) =>
        breakdown
            .Wasted.Where(file => !sizes.Layers[file.Layer].IsBase)
            .GroupBy(file => (file.Layer, file.ByLayer, file.How))
            .Select(group => Later(group.Key.How, [.. group], sizes.Layers[group.Key.Layer], sizes.Layers[group.Key.ByLayer]));

    private static SizeHint Later(WasteKind how, ImmutableArray<WastedFile> files, LayerSize layer, LayerSize by)
    {
        var largest = files.MaxBy(file => file.Bytes)!;
        var bytes = files.Sum(file => file.Bytes);
        var what = $"in {Quoted(layer)} ({largest.Path}{(files.Length > 1 ? $" and {files.Length - 1} more" : "")})";
        if (how == WasteKind.Deleted)
        {
            return new SizeHint(
                HintKind.LaterDeleted,
                bytes,
                $"{what} are deleted again by {Quoted(by)}",
                "delete them in the step that makes them, as a layer keeps what it has"
            );
        }

        var instead =
            by.CreatedBy.Contains("chown", StringComparison.Ordinal) || by.CreatedBy.Contains("chmod", StringComparison.Ordinal)
                ? "set owner and mode with COPY --chown and --chmod instead"
                : "write them once, in one of the two steps";
        return new SizeHint(HintKind.LaterOverwritten, bytes, $"{what} are there twice because of {Quoted(by)}", instead);
    }

    private static string Quoted(LayerSize layer) =>
        layer.CreatedBy.Length == 0
            ? "a layer without an instruction"
            : $"'{HistoryInstruction.Shorten(layer.CreatedBy, LongestInstruction)}'";
}
