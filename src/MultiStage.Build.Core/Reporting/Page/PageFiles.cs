using System.Text.Json;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Reporting.Page;

/// <summary>The layers, origins and files of the page, each with what it was in the baseline; -1 and null stand for what is not
/// known.</summary>
internal sealed class PageFiles
{
    private readonly SizeReport _report;
    private readonly SizeComparison? _comparison;
    private readonly SizeBreakdown _breakdown;
    private readonly List<string> _folders = [];
    private readonly Dictionary<string, int> _folderNumbers = new(StringComparer.Ordinal);

    public PageFiles(SizeReport report)
    {
        _report = report;
        _comparison = report.Comparison is { IsCompared: true } compared ? compared : null;
        _breakdown = report.Measured.Breakdown ?? new SizeBreakdown(report.Sizes.ImageId, "/", []);
    }

    public void Write(Utf8JsonWriter json)
    {
        Layers(json);
        var origins = Origins(json);
        Files(json, origins);
        Wasted(json);
        Gone(json);
        json.WriteString("folder", _breakdown.Folder);
        json.WriteStartArray("folders");
        foreach (var folder in _folders)
        {
            json.WriteStringValue(folder);
        }

        json.WriteEndArray();
    }

    private void Layers(Utf8JsonWriter json)
    {
        var changes = _comparison?.Of(ChangeSubject.Layer).ToLookup(change => (change.Name, change.After));
        json.WriteStartArray("layers");
        foreach (var layer in _report.Sizes.Layers)
        {
            json.WriteStartObject();
            json.WriteString("by", layer.CreatedBy);
            json.WriteNumber("bytes", layer.Bytes);
            json.WriteBoolean("base", layer.IsBase);
            // A base image's layers are known together, by its digest.
            long? before =
                changes is null || (layer.IsBase && _comparison!.BaseChanged)
                    ? null
                    : changes[(layer.CreatedBy, layer.Bytes)].FirstOrDefault()?.Before ?? layer.Bytes;
            PageData.Number(json, "before", before);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private Dictionary<FileOrigin, int> Origins(Utf8JsonWriter json)
    {
        var changes = _comparison
            ?.Of(ChangeSubject.Origin)
            .ToDictionary(change => change.Name, change => change.Before, StringComparer.OrdinalIgnoreCase);
        var numbers = new Dictionary<FileOrigin, int>();
        json.WriteStartArray("origins");
        foreach (var origin in _breakdown.ByOrigin())
        {
            numbers.Add(origin.Origin, numbers.Count);
            json.WriteStartObject();
            json.WriteString("name", OriginNames.Shown(origin.Origin));
            json.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(origin.Origin.Kind.ToString()));
            long? before =
                _comparison is not { HasFiles: true } ? null
                : changes!.TryGetValue(OriginKey.Split(SizeBaselines.KeyOf(origin.Origin)).Name, out var was) ? was
                : origin.Bytes;
            PageData.Number(json, "before", before);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        return numbers;
    }

    private void Files(Utf8JsonWriter json, Dictionary<FileOrigin, int> origins)
    {
        var changes = _comparison
            ?.Of(ChangeSubject.File)
            .ToDictionary(change => change.Name, change => change.Before, StringComparer.Ordinal);
        json.WriteStartObject("files");
        var files = _breakdown.Files;
        Column(json, "f", files, file => Folder(FolderOf(file.Path)));
        json.WriteStartArray("n");
        foreach (var file in files)
        {
            json.WriteStringValue(file.Path[(file.Path.LastIndexOf('/') + 1)..]);
        }

        json.WriteEndArray();
        Column(json, "l", files, file => file.Layer ?? OnlyLayer() ?? -1);
        Column(json, "o", files, file => origins[file.Origin]);
        Column(json, "k", files, file => file.Kind switch
            {
                FileKind.Resource => 1,
                FileKind.Symbols => 2,
                _ => 0,
            });
        Column(json, "s", files, file => file.Bytes);
        Column(json, "b", files, file => _comparison is not { HasFiles: true } compared ? -1
            : changes!.TryGetValue(file.Path, out var before) ? before
            : file.Bytes >= compared.FilesFrom ? file.Bytes
            : -1);
        json.WriteEndObject();
    }

    // Where one layer alone has anything in it, that is where a file lies.
    private int? OnlyLayer()
    {
        var own = _report
            .Sizes.Layers.Select((layer, i) => (layer, i))
            .Where(pair => !pair.layer.IsBase && pair.layer.Bytes > 0)
            .Take(2)
            .ToList();
        return own.Count == 1 ? own[0].i : null;
    }

    private void Wasted(Utf8JsonWriter json)
    {
        json.WriteStartObject("wasted");
        json.WriteStartArray("n");
        foreach (var file in _breakdown.Wasted)
        {
            json.WriteStringValue(file.Path);
        }

        json.WriteEndArray();
        Column(json, "s", _breakdown.Wasted, file => file.Bytes);
        Column(json, "l", _breakdown.Wasted, file => file.Layer);
        Column(json, "by", _breakdown.Wasted, file => file.ByLayer);
        json.WriteStartArray("how");
        foreach (var file in _breakdown.Wasted)
        {
            json.WriteStringValue(file.How == WasteKind.Deleted ? "deleted" : "overwritten");
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Gone(Utf8JsonWriter json)
    {
        json.WriteStartArray("gone");
        foreach (
            var change in _comparison?.Changes.Where(change => change is { Kind: ChangeKind.Gone, Subject: not ChangeSubject.Layer }) ?? []
        )
        {
            json.WriteStartObject();
            json.WriteString("kind", change.Subject == ChangeSubject.File ? "file" : "origin");
            json.WriteString("name", ChangeText.Name(change));
            json.WriteNumber("before", change.Before);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private int Folder(string path)
    {
        if (_folderNumbers.TryGetValue(path, out var number))
        {
            return number;
        }
        // A folder comes after the one it lies in.
        if (path != "/")
        {
            Folder(FolderOf(path));
        }

        _folderNumbers.Add(path, _folders.Count);
        _folders.Add(path);
        return _folders.Count - 1;
    }

    private static string FolderOf(string path) => path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "/";

    private static void Column<T>(Utf8JsonWriter json, string name, IEnumerable<T> values, Func<T, long> number)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteNumberValue(number(value));
        }

        json.WriteEndArray();
    }
}
