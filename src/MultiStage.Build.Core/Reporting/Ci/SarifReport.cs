using System.Text.Json.Nodes;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Reporting.Ci;

/// <summary>
/// Writes problems as SARIF 2.1.0 (OASIS standard, https://docs.oasis-open.org/sarif/sarif/v2.1.0), with what GitHub code scanning asks for
/// beyond it: a rule for each code, a location for each result, paths relative to the repository, and fingerprints that stay the same while
/// sizes change.
/// </summary>
internal static class SarifReport
{
    /// <param name="problems">The problems; an empty list says that earlier ones are fixed.</param>
    /// <returns>The JSON text, with a line feed at its end.</returns>
    public static string Write(IReadOnlyList<FoundProblem> problems)
    {
        var codes = problems
            .Select(problem => problem.Diagnostic.Descriptor)
            .DistinctBy(descriptor => descriptor.Code)
            .OrderBy(descriptor => descriptor.Code, StringComparer.Ordinal)
            .ToList();
        var root = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(
                new JsonObject
                {
                    ["tool"] = new JsonObject
                    {
                        ["driver"] = new JsonObject { ["name"] = "MultiStage.Build", ["rules"] = ArrayOf(codes, Rule) },
                    },
                    ["columnKind"] = "utf16CodeUnits",
                    ["results"] = ArrayOf(problems, problem =>
                        Result(problem, codes.FindIndex(code => code.Code == problem.Diagnostic.Descriptor.Code))
                    ),
                }
            ),
        };
        return ReportJson.Write(root);
    }

    private static JsonObject Rule(DiagnosticDescriptor descriptor) =>
        new()
        {
            ["id"] = descriptor.Code,
            ["shortDescription"] = Text(Plain(descriptor.Cause)),
            ["help"] = new JsonObject { ["text"] = Plain(descriptor.Cure), ["markdown"] = descriptor.Cure },
            ["defaultConfiguration"] = new JsonObject { ["level"] = Level(descriptor.Severity == DiagnosticSeverity.Error) },
        };

    private static JsonObject Result(FoundProblem problem, int rule) =>
        new()
        {
            ["ruleId"] = problem.Diagnostic.Descriptor.Code,
            ["ruleIndex"] = rule,
            ["level"] = Level(problem.IsError),
            ["message"] = Text(problem.Diagnostic.Message),
            ["locations"] = new JsonArray(
                new JsonObject
                {
                    ["physicalLocation"] = new JsonObject
                    {
                        ["artifactLocation"] = new JsonObject { ["uri"] = Uri(problem.Path), ["uriBaseId"] = "%SRCROOT%" },
                        // A result without a line is shown nowhere.
                        ["region"] = new JsonObject
                        {
                            ["startLine"] = Math.Max(1, problem.Line),
                            ["startColumn"] = Math.Max(1, problem.Column),
                        },
                    },
                }
            ),
            ["partialFingerprints"] = new JsonObject { ["multiStageBudget/v1"] = problem.Fingerprint },
        };

    private static JsonArray ArrayOf<T>(IEnumerable<T> values, Func<T, JsonNode> toNode) => [.. values.Select(toNode)];

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static string Plain(string markdown) => markdown.Replace("`", "", StringComparison.Ordinal);

    private static string Level(bool isError) => isError ? "error" : "warning";

    private static string Uri(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));
}
