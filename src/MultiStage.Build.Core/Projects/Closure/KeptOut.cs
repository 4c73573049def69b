using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Files that lie among sources and are no input of a build, by their names.</summary>
public static class KeptOut
{
    /// <summary>What never enters a build context, named by a project or not: this user's own, secrets, history.</summary>
    public static ImmutableArray<string> Always { get; } =
        ["**/.git", "**/.vs", "**/.vscode", "**/.idea", "**/*.user", "**/*.suo", "**/.env", "**/.env.local", "**/.env.*.local"];

    /// <summary>What stays out unless a project names the file. A Dockerfile in the context would only make the sources' layer change with it.</summary>
    public static ImmutableArray<string> UnlessNamed { get; } =
    [
        "**/node_modules", "**/TestResults",
        "**/Dockerfile", "**/Dockerfile.*", "**/*.Dockerfile", "**/.dockerignore", "**/*.dockerignore",
        "**/compose.y*ml", "**/compose.*.y*ml", "**/docker-compose*.y*ml",
        // A baseline follows from the image: were it a part of it, there would be no end to it.
        "**/*.size.json",
    ];

    private static readonly Regex s_always = Names(Always);
    private static readonly Regex s_unlessNamed = Names(UnlessNamed);

    /// <summary>Whether a path never enters a build context.</summary>
    /// <param name="path">A relative path.</param>
    /// <returns>Whether it does not.</returns>
    public static bool IsNeverSent(string path) => path.Split('/', '\\').Any(part => s_always.IsMatch(part));

    /// <summary>Whether a path is let in only because a project names it.</summary>
    /// <param name="path">A relative path.</param>
    /// <returns>Whether it is.</returns>
    public static bool NeedsNaming(string path)
    {
        var parts = path.Split('/', '\\');
        return parts.Any(part => s_unlessNamed.IsMatch(part)) && !parts.Any(part => s_always.IsMatch(part));
    }

    // Each pattern is one name at any depth, with stars.
    private static Regex Names(ImmutableArray<string> patterns) => new(
        $"^({string.Join('|', patterns.Select(pattern => Regex.Escape(pattern["**/".Length..]).Replace(@"\*", ".*", StringComparison.Ordinal)))})$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
