namespace MultiStage.Build.Projects.Companions;

/// <summary>Decides how a test project is run.</summary>
internal static class TestRules
{
    // The switches by which a project chooses Microsoft.Testing.Platform. What packages set is not read: it would depend on whether the
    // project is restored here.
    private static readonly string[] PlatformSwitches = ["EnableMSTestRunner", "EnableNUnitRunner", "UseMicrosoftTestingPlatformRunner"];

    /// <summary>Decides it.</summary>
    /// <param name="app">The app, whose framework is tested where the test project has it among several.</param>
    /// <param name="setting">What <c>global.json</c> says.</param>
    /// <returns>How it is run.</returns>
    public static TestFacts Apply(Companion project, PublishFacts app, TestSetting setting)
    {
        var evaluation = project.Evaluation;
        // TUnit has no other runner.
        var runner =
            setting.UsesPlatform ? TestRunner.PlatformCommand
            : PlatformSwitches.Any(evaluation.IsTrue) || evaluation.References("TUnit") ? TestRunner.Platform
            : TestRunner.VSTest;
        return new(project.Closure, evaluation.Property("AssemblyName"), runner)
        {
            TargetFramework = evaluation.FrameworkOf(app.TargetFramework),
            Folder = setting.UsesPlatform ? setting.Folder : "",
            ReportsByXunit =
                runner is not TestRunner.VSTest
                && evaluation.Packages.Any(package => package.StartsWith("xunit.v3", StringComparison.OrdinalIgnoreCase))
                && !evaluation.References("Microsoft.Testing.Extensions.TrxReport"),
            CollectsCoverage = evaluation.References(
                runner is TestRunner.VSTest ? "coverlet.collector" : "Microsoft.Testing.Extensions.CodeCoverage"
            ),
        };
    }
}
