using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;

namespace MultiStage.Build.Reporting.Ci;

/// <summary>
/// Writes the report as Markdown, for a job summary: what is over its budget first, then what grew and what is largest, twenty of each and
/// the rest folded.
/// </summary>
internal static class MarkdownReport
{
    private const int Shown = 20;
    private const int Folded = 500;

    private static readonly string[] s_numbers = ["Size", "App", "Before", "Now", "Change", "Limit", "Files"];

    /// <summary>The most that GitHub takes for a step, in bytes (1 MiB); Azure Pipelines documents no limit.</summary>
    public const int MostBytes = 1024 * 1024;

    /// <param name="room">The most bytes it may take in UTF-8; what does not fit is cut off at the end, and the text says so.</param>
    /// <returns>The Markdown, with a line feed at its end; empty where there is no room for anything.</returns>
    public static string Write(SizeReport report, IReadOnlyList<FoundProblem> problems, int room = MostBytes)
    {
        const string Cut = "\n_The rest did not fit; size.json has all of it._\n";
        var text = new StringBuilder();
        var left = room - Encoding.UTF8.GetByteCount(Cut);
        foreach (var part in Parts(report, problems))
        {
            left -= Encoding.UTF8.GetByteCount(part);
            if (left < 0)
            {
                return text.Length == 0 ? "" : text.Append(Cut).ToString();
            }

            text.Append(part);
        }

        return text.ToString();
    }

    private static IEnumerable<string> Parts(SizeReport report, IReadOnlyList<FoundProblem> problems)
    {
        yield return $"### {(report.Passed ? "✅" : "❌")} {MarkdownText.Of(report.Image)}: "
            + $"{SizeText.Of(report.Sizes.Total)}\n\n{Figures(report)}\n";
        if (report.Platforms is { IsEmpty: false } platforms)
        {
            yield return Table(
                PlatformRows.Heading(platforms),
                ["Platform", "Size", "App", "Budget"],
                platforms.Select(platform => PlatformRows.Cells(platform).Select(MarkdownText.Of).ToArray())
            );
        }

        if (problems.Count > 0)
        {
            yield return string.Concat(
                problems.Select(problem =>
                    $"- **{(problem.IsError ? "Error" : "Warning")}** {problem.Diagnostic.Descriptor.Code}: "
                    + $"{MarkdownText.Of(problem.Diagnostic.Message)}\n"
                )
            ) + "\n";
        }

        if (report.Verdicts.Length > 0)
        {
            yield return Table("Budgets", ["Budget", "Size", "Limit", ""], report.Verdicts.Select(Budget));
        }

        if (report.Comparison is { IsCompared: true } comparison)
        {
            yield return Table(
                "Changes by package and project",
                ["Name", "Before", "Now", "Change"],
                comparison.Of(ChangeSubject.Origin).OrderByDescending(change => Math.Abs(change.Bytes)).Select(Change)
            );
            yield return Table(
                "Changes by layer",
                ["Instruction", "Before", "Now", "Change"],
                comparison.Of(ChangeSubject.Layer).Select(Change)
            );
        }

        if (report.Hints.Length > 0)
        {
            yield return "**What would make it smaller**\n\n"
                + string.Concat(report.Hints.Select(hint => $"- {MarkdownText.Of(hint.ToString())}\n"))
                + "\n";
        }

        yield return Table(
            "Layers",
            ["Instruction", "Size", "From"],
            report
                .Sizes.Layers.Reverse()
                .Select(layer =>
                    new[]
                    {
                        MarkdownText.Code(layer.CreatedBy.Length == 0 ? "(no instruction recorded)" : layer.CreatedBy),
                        SizeText.Of(layer.Bytes),
                        layer.IsBase ? "base image" : "app",
                    }
                )
        );
        if (report.Measured.Breakdown is { } breakdown)
        {
            yield return Table(
                "Packages and projects",
                ["Name", "Size", "Files"],
                breakdown
                    .ByOrigin()
                    .Select(origin =>
                        new[]
                        {
                            MarkdownText.Of(OriginNames.Shown(origin.Origin)),
                            SizeText.Of(origin.Bytes),
                            origin.Files.ToString("N0", CultureInfo.InvariantCulture),
                        }
                    )
            );
            yield return Table(
                "Largest files",
                ["File", "Size"],
                breakdown
                    .Files.OrderByDescending(file => file.Bytes)
                    .ThenBy(file => file.Path, StringComparer.Ordinal)
                    .Select(file => new[] { MarkdownText.Code(file.Path), SizeText.Of(file.Bytes) })
            );
        }
    }

    private static string Figures(SizeReport report)
    {
        var sizes = report.Sizes;
        var comparison = report.Comparison is { IsCompared: true } compared ? compared : null;
        var parts = ImmutableArray.CreateBuilder<string>();
        if (sizes.Base is { } origin)
        {
            parts.Add(
                $"base {MarkdownText.Code(origin.Reference)} "
                    + $"{(origin.Bytes is { } bytes ? SizeText.Of(bytes) : "not measured")}{Signed(comparison?.BaseGrowthBytes)}"
            );
        }

        if (sizes.AppBytes is { } app)
        {
            parts.Add($"app {SizeText.Of(app)}{Signed(comparison?.GrowthBytes)}");
        }

        parts.Add(MarkdownText.Of(sizes.Platform.ToString()));
        return string.Join(" · ", parts) + "\n";
    }

    private static string Signed(long? change) => change is { } bytes ? $" ({SizeText.OfChange(bytes)})" : "";

    private static string[] Budget(Verdict verdict) =>
        [MarkdownText.Of(VerdictText.Name(verdict)), VerdictText.Size(verdict), VerdictText.Limit(verdict), VerdictText.State(verdict)];

    private static string[] Change(SizeChange change) =>
        [MarkdownText.Of(ChangeText.Name(change)), SizeText.Of(change.Before), SizeText.Of(change.After), ChangeText.Of(change)];

    private static string Table(string title, string[] head, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
        {
            return "";
        }

        var text = new StringBuilder($"**{title}**\n\n");
        Rows(text, head, all.Take(Shown));
        if (all.Count > Shown)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n<details><summary>{Math.Min(all.Count, Folded) - Shown} "
                    + $"more{(all.Count > Folded ? $" of {all.Count - Shown}" : "")}</summary>\n\n"
            );
            Rows(text, head, all.Skip(Shown).Take(Folded - Shown));
            text.Append("\n</details>\n");
        }

        return text.Append('\n').ToString();
    }

    private static void Rows(StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        Row(text, head);
        Row(text, [.. head.Select(cell => s_numbers.Contains(cell) ? "---:" : "---")]);
        foreach (var row in rows)
        {
            Row(text, row);
        }
    }

    private static void Row(StringBuilder text, string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
}
