using System.Text.Json.Nodes;

namespace MultiStage.Build.Reporting.Ci;

/// <summary>
/// Writes problems as GitLab's code quality report, which a merge request shows once a job has it under
/// <c>artifacts:reports:codequality</c> (https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format): an array, no byte
/// order mark, paths without <c>./</c>.
/// </summary>
internal static class CodeQualityReport
{
    /// <summary>The name that GitLab's own jobs give it.</summary>
    public const string FileName = "gl-code-quality-report.json";

    /// <returns>The JSON text, with a line feed at its end.</returns>
    public static string Write(IReadOnlyList<FoundProblem> problems) =>
        ReportJson.Write(
            new JsonArray([
                .. problems.Select(problem => new JsonObject
                {
                    ["description"] = problem.Diagnostic.Message,
                    ["check_name"] = problem.Diagnostic.Descriptor.Code,
                    ["fingerprint"] = problem.Fingerprint,
                    ["severity"] = problem.IsError ? "major" : "minor",
                    ["location"] = new JsonObject
                    {
                        ["path"] = problem.Path,
                        ["lines"] = new JsonObject { ["begin"] = Math.Max(1, problem.Line) },
                    },
                }),
            ])
        );
}
