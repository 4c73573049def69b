using System.Globalization;
using MultiStage.Build.Budgets;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Reporting;

/// <summary>An exploration in words, the same in the console and on the page (pure).</summary>
internal static class ExploreText
{
    /// <summary>The heads of the columns.</summary>
    public static readonly string[] Heads = ["variant", "size", "app", "pull ~", "vs today", "start", "idle", "warnings", "verdict"];

    /// <summary>The rows, smallest working one first; today's image stands among them.</summary>
    public static IEnumerable<VariantResult> Rows(Exploration exploration) =>
        Exploration.Rank([.. exploration.Variants, exploration.Today]);

    /// <summary>The cells of a row, in the order of <see cref="Heads"/>; empty where nothing was measured.</summary>
    public static string[] Cells(VariantResult row, Exploration exploration) =>
        [
            row.Name,
            Size(row.TotalBytes),
            Size(row.AppBytes),
            Size(row.PullBytes),
            ReferenceEquals(row, exploration.Today) ? "" : Change(row, exploration.Today),
            Time(row.MedianStart),
            Size(row.IdleBytes),
            Warnings(row),
            Verdict(row),
        ];

    /// <summary>What came of a variant, and why.</summary>
    public static string Verdict(VariantResult row) => row.Because.Length > 0 ? $"{Word(row.Outcome)}: {row.Because}" : Word(row.Outcome);

    /// <summary>What came of a variant.</summary>
    public static string Word(VariantOutcome outcome) =>
        outcome switch
        {
            VariantOutcome.Works => "works",
            VariantOutcome.Fails => "fails",
            VariantOutcome.CannotBeBuilt => "cannot be built",
            _ => "not reached",
        };

    /// <summary>How much smaller a variant is than today's image.</summary>
    public static string Change(VariantResult row, VariantResult today) =>
        row.TotalBytes is { } bytes && today.TotalBytes is { } before and > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{SizeText.OfChange(bytes - before)} ({Percent(bytes, before)})")
            : "";

    /// <summary>A variant's size beside today's, in percent.</summary>
    public static string Percent(long bytes, long before) =>
        string.Create(CultureInfo.InvariantCulture, $"{(bytes - before) * 100m / before:+0;-0;0} %");

    /// <summary>What is reported of a variant as soon as it is known.</summary>
    public static string Summary(VariantResult row) => row.TotalBytes is { } bytes ? $"{SizeText.Of(bytes)}, {Verdict(row)}" : Verdict(row);

    /// <summary>A time of a start.</summary>
    public static string Time(double? milliseconds) =>
        milliseconds switch
        {
            null => "",
            < 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.00} s"),
        };

    /// <summary>What the figures mean.</summary>
    public static string[] Notes(Exploration exploration) =>
        [
            "Sizes are unpacked bytes. The pull size is an estimate, because nothing was pushed.",
            $"A start is the median of {Math.Max(1, exploration.Today.StartMilliseconds.Length)}: from the started container to its first "
                + "answer, or to its end where it ends.",
            "Idle is the memory two seconds later, without pages of files that the kernel could drop.",
            "Warnings are the trimming and native compilers'; ? where they did not run, as the daemon had the result.",
        ];

    /// <summary>The command that publishes a variant without a change of the project.</summary>
    public static string Command(string variant) => $"dotnet publish -p:PublishMultiStage=true -p:ContainerVariant={variant}";

    private static string Size(long? bytes) => bytes is { } size ? SizeText.Of(size) : "";

    private static string Warnings(VariantResult row) =>
        row.TotalBytes is null ? "" : row.Warnings?.ToString(CultureInfo.InvariantCulture) ?? "?";
}
