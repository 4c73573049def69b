using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Generated;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Projects;

/// <summary>How test projects are run, from what they and global.json say to the command.</summary>
[TestClass]
public sealed class TestRulesTests
{
    private const string Platform = """{ "test": { "runner": "Microsoft.Testing.Platform" } }""";

    [TestMethod]
    [DataRow("", "")]
    [DataRow("{}", "")]
    [DataRow("""{ "sdk": { "version": "10.0.100" }, "test": { "runner": "VSTest" } }""", "")]
    [DataRow("""{ "test": "Microsoft.Testing.Platform" }""", "")]
    [DataRow("not json", "")]
    [DataRow("/* x */ { \"test\": { \"runner\": \"microsoft.testing.platform\", }, }", "platform")]
    public void The_runner_is_the_one_that_global_json_chooses(string text, string expected)
    {
        using var folder = new TempFolder();
        var closure = Closure(folder, text.Length > 0 ? [("global.json", text)] : []);
        Assert.AreEqual(new TestSetting("", expected.Length > 0), TestSetting.Read(closure));
    }

    [TestMethod]
    [DataRow("tests/global.json", "{}", "tests", false)]
    [DataRow("tests/A/global.json", Platform, "tests/A", true)]
    [DataRow("src/global.json", "{}", "", true)]
    public void The_nearest_global_json_counts_alone(string path, string text, string folderOfIt, bool usesPlatform)
    {
        using var folder = new TempFolder();
        Assert.AreEqual(
            new TestSetting(folderOfIt, usesPlatform),
            TestSetting.Read(Closure(folder, ("global.json", Platform), (path, text)))
        );
    }

    [TestMethod]
    [DataRow(
        "",
        "",
        "",
        "dotnet test tests/A/A.csproj --no-build -c Release --results-directory /test-results --logger 'trx;LogFileName=A.trx'"
    )]
    [DataRow("", "xunit.v3", "", "dotnet test tests/A/A.csproj --no-build")]
    [DataRow(
        "EnableMSTestRunner",
        "",
        "",
        "dotnet run --project tests/A/A.csproj --no-build -c Release -- --results-directory /test-results --report-trx "
            + "--report-trx-filename A.trx"
    )]
    [DataRow(
        "UseMicrosoftTestingPlatformRunner",
        "xunit.v3",
        "",
        "dotnet run --project tests/A/A.csproj --no-build -c Release -- --results-directory /test-results --report-xunit-trx "
            + "--report-xunit-trx-filename A.trx"
    )]
    [DataRow(
        "",
        "xunit.v3",
        Platform,
        "dotnet test --project tests/A/A.csproj --no-build -c Release --results-directory /test-results --report-xunit-trx "
            + "--report-xunit-trx-filename A.trx"
    )]
    [DataRow("", "xunit.v3;Microsoft.Testing.Extensions.TrxReport", Platform, "--report-trx --report-trx-filename A.trx")]
    [DataRow(
        "EnableMSTestRunner",
        "Microsoft.Testing.Extensions.CodeCoverage",
        Platform,
        "dotnet test --project tests/A/A.csproj --no-build -c Release --results-directory /test-results --report-trx "
            + "--report-trx-filename A.trx --coverage "
    )]
    public void The_command_is_the_runner_s_own(string property, string packages, string globalJson, string expected)
    {
        using var folder = new TempFolder();
        var closure = Closure(folder, globalJson.Length > 0 ? [("global.json", globalJson)] : []);
        Assert.Contains(expected, Command(closure, property, packages));
    }

    [TestMethod]
    public void The_tests_run_where_their_global_json_is_found()
    {
        using var folder = new TempFolder();
        Assert.Contains(
            "mkdir -p /test-results; cd tests && dotnet test --project A/A.csproj --no-build",
            Command(Closure(folder, ("tests/global.json", Platform)), "", "")
        );
    }

    private static string Command(ClosureFacts closure, string property, string packages)
    {
        var evaluation = new EvaluatedProject("A.csproj") { Packages = [.. packages.Split(';', StringSplitOptions.RemoveEmptyEntries)] };
        evaluation = evaluation with
        {
            Properties = evaluation
                .Properties.Add("AssemblyName", "A")
                .AddRange(property.Length > 0 ? [KeyValuePair.Create(property, "true")] : []),
        };
        var test = TestRules.Apply(new Companion(closure, evaluation), Samples.Web.Publish, TestSetting.Read(closure));
        var stages = TestStage.Plan(Samples.Web with { Tests = [test] }, new PlanTarget.BuildKit());
        return string.Join(' ', stages[0].Steps.OfType<RunStep>().Last().Words);
    }

    private static ClosureFacts Closure(TempFolder folder, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            folder.Write(path, text);
        }

        return new()
        {
            Context = folder.Path,
            Project = "tests/A/A.csproj",
            Projects = [new("tests/A/A.csproj", [])],
            RestoreInputs = ["tests/A/A.csproj"],
        };
    }
}
