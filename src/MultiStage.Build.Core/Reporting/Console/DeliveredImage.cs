namespace MultiStage.Build.Reporting.Console;

/// <summary>What is said of an image that got its names.</summary>
/// <param name="Page">The full report, as a path that may be opened.</param>
internal sealed record DeliveredImage(SizeReport Report, IReadOnlyList<string> Names, string Page)
{
    /// <summary>The archive's path; empty where none was saved.</summary>
    public string SavedTo { get; init; } = "";

    /// <summary>The manifest's digest; empty where the image was not pushed.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The program that loaded the image; empty where none did.</summary>
    public string LoadedWith { get; init; } = "";

    /// <summary>One line, for logs; for a terminal a line for each thing.</summary>
    /// <param name="isTerminal">Whether a terminal shows it.</param>
    /// <returns>The names, the size, and where image and report are.</returns>
    public string Text(bool isTerminal)
    {
        var (names, summary) = (string.Join(", ", Names), ConsoleReport.Summary(Report));
        if (!isTerminal)
        {
            var where =
                SavedTo.Length > 0 ? $" (saved to {SavedTo})"
                : Digest.Length > 0 ? $" (pushed, {Digest})"
                : LoadedWith.Length > 0 ? $" (loaded with {LoadedWith})"
                : "";
            return $"{names}{where}  {summary}  {Page}";
        }

        return string.Join(
            "\n      ",
            new[]
            {
                $"{names}  {summary}",
                SavedTo.Length > 0 ? $"saved   {SavedTo}" : null,
                Digest.Length > 0 ? $"pushed  {Digest}" : null,
                LoadedWith.Length > 0 ? $"loaded  with {LoadedWith}" : null,
                $"report  {Page}",
            }.OfType<string>()
        );
    }
}
