using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Reporting;

/// <summary>
/// Text that goes to a log which a build server reads for commands. Instructions and file names come out of an image, and an image may be
/// anybody's: none of them may be a command to the server.
/// </summary>
public static class LogText
{
    /// <summary>Takes the commands out of a text, and shows what deceives as what it is.</summary>
    /// <param name="text">The text; its lines stay lines.</param>
    /// <returns>The text as a log may have it.</returns>
    public static string Safe(string text) => string.Join('\n', LineText.Visible(text).Split('\n').Select(Line));

    // Azure Pipelines takes ##vso[ and ##[ anywhere in a line; GitHub Actions takes :: at its beginning after blanks, and ##[ anywhere;
    // GitLab takes section_start: after an escape, which no text keeps here.
    private static string Line(string line)
    {
        line = line.Replace("##[", "# #[", StringComparison.Ordinal).Replace("##vso[", "# #vso[", StringComparison.OrdinalIgnoreCase);
        var start = line.Length - line.TrimStart().Length;
        return line.AsSpan(start).StartsWith("::", StringComparison.Ordinal) ? line[..start] + ": :" + line[(start + 2)..] : line;
    }
}
