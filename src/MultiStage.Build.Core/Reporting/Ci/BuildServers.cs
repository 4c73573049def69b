using System.Collections.Immutable;
using System.Globalization;

namespace MultiStage.Build.Reporting.Ci;

/// <summary>What build servers understand in a log.</summary>
internal static class BuildServers
{
    // GitHub shows ten errors and ten warnings of a step; more are dropped silently.
    private const int MostAnnotations = 10;

    /// <summary>Finds the build server by the variables that it sets.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static BuildServer Detect(Func<string, string?> variable)
    {
        if (IsTrue(variable("GITHUB_ACTIONS")))
        {
            return BuildServer.GitHubActions;
        }

        if (IsTrue(variable("TF_BUILD")))
        {
            return BuildServer.AzurePipelines;
        }

        return IsTrue(variable("GITLAB_CI")) ? BuildServer.GitLab : BuildServer.None;
    }

    /// <summary>Whether this is a build on a server, known to this package or not.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    public static bool IsOn(Func<string, string?> variable) =>
        Detect(variable) != BuildServer.None
        || (variable("CI") is { Length: > 0 } ci && !ci.Equals("false", StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The lines that annotate problems. MSBuild's own errors are not annotated by GitHub, and on Azure Pipelines only by some of its
    /// tasks. GitLab has no such lines: it takes <see cref="CodeQualityReport"/>.
    /// </summary>
    /// <returns>The lines, each a command.</returns>
    public static ImmutableArray<string> Annotations(BuildServer server, IReadOnlyList<FoundProblem> problems) =>
        server switch
        {
            BuildServer.GitHubActions =>
            [
                .. problems
                    .Where(problem => problem.IsError)
                    .Take(MostAnnotations)
                    .Concat(problems.Where(problem => !problem.IsError).Take(MostAnnotations))
                    .Select(GitHub),
            ],
            BuildServer.AzurePipelines => [.. problems.Select(Azure)],
            _ => [],
        };

    /// <summary>The line by which Azure Pipelines takes a Markdown file as part of the run's summary.</summary>
    /// <param name="file">The file's absolute path.</param>
    public static string AzureSummary(string file) => $"##vso[task.uploadsummary]{AzureData(file)}";

    /// <summary>
    /// Puts a text into a section that GitLab shows folded (https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections).
    /// </summary>
    /// <param name="name">The section's name: letters, digits and underscores.</param>
    /// <param name="title">What is shown while it is folded.</param>
    /// <param name="now">The time, which GitLab shows as the section's length.</param>
    /// <returns>The text with its marks.</returns>
    public static string GitLabSection(string name, string title, string text, DateTimeOffset now)
    {
        const string Clear = "\u001b[0K";
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{Clear}section_start:{time}:{name}[collapsed=true]\r{Clear}{title}\n{text}\n{Clear}section_end:{time}:{name}\r{Clear}";
    }

    // GitHub Actions, "Workflow commands": data escapes % and line ends, a property : and , as well (actions/toolkit, command.ts).
    private static string GitHub(FoundProblem problem)
    {
        var place =
            problem.Line > 0 ? string.Create(CultureInfo.InvariantCulture, $",line={problem.Line},col={Math.Max(1, problem.Column)}") : "";
        var title = GitHubProperty(problem.Diagnostic.Descriptor.Code);
        return $"::{(problem.IsError ? "error" : "warning")} "
            + $"file={GitHubProperty(problem.Path)}{place},title={title}::{GitHubData(problem.Diagnostic.Message)}";
    }

    // Azure Pipelines, "Logging commands": a property escapes ; and ] as well as % (as %AZP25) and line ends
    // (microsoft/azure-pipelines-task-lib).
    private static string Azure(FoundProblem problem)
    {
        var place =
            problem.Line > 0
                ? string.Create(CultureInfo.InvariantCulture, $"linenumber={problem.Line};columnnumber={Math.Max(1, problem.Column)};")
                : "";
        return $"##vso[task.logissue "
            + $"type={(problem.IsError ? "error" : "warning")};sourcepath={AzureProperty(problem.Path)};{place}"
            + $"code={problem.Diagnostic.Descriptor.Code};]{AzureData(problem.Diagnostic.Message)}";
    }

    private static string GitHubData(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string GitHubProperty(string text) =>
        GitHubData(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);

    private static string AzureData(string text) =>
        text.Replace("%", "%AZP25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string AzureProperty(string text) =>
        AzureData(text).Replace(";", "%3B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);

    private static bool IsTrue(string? text) => string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
}
