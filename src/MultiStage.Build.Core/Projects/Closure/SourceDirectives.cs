namespace MultiStage.Build.Projects.Closure;

/// <summary>The lines of a C# file that say which packages and properties it is built with, such as <c>#:package</c>.</summary>
internal static class SourceDirectives
{
    /// <summary>A <c>sed</c> script that keeps the lines that begin with <c>#</c>, behind blanks or a byte order mark.</summary>
    public const string Filter = "/^[^!-~]*#/!d";

    /// <summary>Whether the lines that begin with <c>#</c> hold the directives and nothing else that looks like one.</summary>
    /// <returns>Whether they do. A comment of several lines and a text of several lines may hold others.</returns>
    public static bool StandAlone(IEnumerable<string> lines) =>
        !lines
            .Select(line => line.TrimStart('\uFEFF').TrimStart())
            .SkipWhile(line => line.Length == 0 || line.StartsWith('#') || line.StartsWith("//", StringComparison.Ordinal))
            .Any(line => line.StartsWith("#:", StringComparison.Ordinal));

    /// <summary>Finds a file whose directives cannot be recognised by their lines alone.</summary>
    /// <returns>Why its restore comes after the sources; null where there is none.</returns>
    public static string? WhyAfterSources(ClosureFacts closure) =>
        closure.DirectiveFiles.FirstOrDefault(file => !StandAlone(File.ReadLines(Path.Combine(closure.Context, file)))) is { } found
            ? $"{found}: #: stands behind code or a comment"
            : null;
}
