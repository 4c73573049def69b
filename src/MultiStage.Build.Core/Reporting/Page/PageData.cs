using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Reporting.Page;

/// <summary>
/// Writes what the page shows, as JSON inside of a script element. Files are columns of numbers and names, and folders and origins are
/// tables that they point into, so that a hundred thousand files are a few megabytes.
/// </summary>
internal static class PageData
{
    private const int MostChanges = 6;

    // Letters of every script stay readable; < > & and quotes are escaped, so that no name ends the element.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static string Write(SizeReport report, bool hasStages)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartObject();
            Head(json, report);
            Verdicts(json, report);
            Hints(json, report);
            Changes(json, report);
            new PageFiles(report).Write(json);
            json.WriteBoolean("hasStages", hasStages);
            json.WriteStartArray("notes");
            foreach (var note in Notes(report))
            {
                json.WriteStringValue(note);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Head(Utf8JsonWriter json, SizeReport report)
    {
        var sizes = report.Sizes;
        json.WriteString("image", report.Image);
        json.WriteString("stage", report.Stage);
        json.WriteString("platform", sizes.Platform.ToString());
        json.WriteString("imageId", sizes.ImageId);
        json.WriteNumber("total", sizes.Total);
        Number(json, "app", sizes.AppBytes);
        Number(json, "wastedBytes", report.Measured.WastedBytes);
        if (sizes.Base is { } origin)
        {
            json.WriteStartObject("base");
            json.WriteString("reference", origin.Reference);
            Number(json, "bytes", origin.Bytes);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("base");
        }

        if (report.Comparison is { IsCompared: true } comparison)
        {
            json.WriteStartObject("baseline");
            json.WriteNumber("total", comparison.TotalBytes);
            Number(json, "base", comparison.BaseBytes);
            Number(json, "app", comparison.AppBytes);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("baseline");
        }
    }

    private static void Verdicts(Utf8JsonWriter json, SizeReport report)
    {
        json.WriteStartArray("verdicts");
        foreach (var verdict in report.Verdicts)
        {
            json.WriteStartObject();
            json.WriteString("name", VerdictText.Name(verdict));
            json.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(verdict.Status.ToString()));
            json.WriteString("text", VerdictText.Line(verdict));
            json.WriteNumber("part", Math.Round(VerdictText.Part(verdict), 4));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Hints(Utf8JsonWriter json, SizeReport report)
    {
        json.WriteStartArray("hints");
        foreach (var hint in report.Hints)
        {
            json.WriteStartObject();
            if (hint.Bytes is { } bytes)
            {
                json.WriteNumber("bytes", bytes);
            }

            json.WriteString("text", $"{hint}.");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Packages and projects first, then the files in them; without either, layers.
    private static void Changes(Utf8JsonWriter json, SizeReport report)
    {
        json.WriteStartArray("changes");
        if (report.Comparison is { IsCompared: true } comparison)
        {
            var known = Largest(comparison, ChangeSubject.Origin).Concat(Largest(comparison, ChangeSubject.File)).ToList();
            foreach (var change in known.Count > 0 ? known : Largest(comparison, ChangeSubject.Layer))
            {
                json.WriteStartObject();
                json.WriteNumber("bytes", change.Bytes);
                json.WriteString("name", ChangeText.Name(change));
                json.WriteString("text", ChangeText.Of(change));
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }

    private static IEnumerable<SizeChange> Largest(SizeComparison comparison, ChangeSubject subject) =>
        comparison.Of(subject).Where(change => change.Bytes != 0).OrderByDescending(change => Math.Abs(change.Bytes)).Take(MostChanges);

    private static IEnumerable<string> Notes(SizeReport report)
    {
        yield return $"Sizes are unpacked bytes ({ImageSizes.Definition}): regular files and symlink targets of every layer. 1 MB is "
            + $"1,000,000 bytes.";
        if (!report.Sizes.Exact)
        {
            yield return "Symlink targets may be missing from the layers' sizes, in a Debian image about 0.01 %.";
        }

        if (report.Comparison is { } comparison)
        {
            yield return comparison.NotComparedBecause is { } reason
                ? $"Not compared with {comparison.Source}: {reason}."
                : $"Compared with {comparison.Source}.";
            if (comparison is { IsCompared: true, FilesFrom: > 0 })
            {
                yield return $"The baseline knows files from {SizeText.Of(comparison.FilesFrom)} on; changes of smaller ones are not "
                    + $"known.";
            }
        }

        if (report.Measured.Breakdown is not { } breakdown)
        {
            yield return "Packages and files were not looked at.";
            yield break;
        }

        if (!breakdown.IsWhole)
        {
            yield return $"Files outside {breakdown.Folder} were not looked at.";
        }

        if (breakdown.WasteUnknownBecause is { } unknown)
        {
            yield return $"What is wasted is not known: {unknown}.";
        }

        foreach (var gap in breakdown.Gaps)
        {
            yield return gap.What;
        }
    }

    internal static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
