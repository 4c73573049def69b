using System.Collections.Immutable;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Stages.Generated;

/// <summary>
/// Plans the stages that run the tests, on top of the builder. A step that fails leaves nothing to copy out, so one stage runs them and
/// keeps what they wrote and how they ended, and another one fails where they failed.
/// </summary>
internal static class TestStage
{
    /// <summary>The stage that runs the tests and does not fail for them.</summary>
    public const string ResultsName = "test-results";

    /// <summary>The stage that is there only where all tests passed.</summary>
    public const string Name = "test";

    /// <summary>The folder of the results, and of a file for each project with its run's exit code.</summary>
    public const string ResultsFolder = "/test-results";

    /// <summary>How the name of a file with an exit code ends.</summary>
    public const string ExitCodeExtension = ".exit-code";

    /// <param name="facts">What was read from the project.</param>
    /// <returns>The stages; none without test projects.</returns>
    internal static ImmutableArray<Stage> Plan(ProjectFacts facts, PlanTarget target)
    {
        if (facts.Tests.IsEmpty)
        {
            return [];
        }

        var tests = facts.Tests.Select(test => test.Closure).Aggregate((all, next) => all.Join(next));
        // The builder has the app's own files already, and its restore stays as it is, whatever the tests are.
        var added = tests with
        {
            Projects =
            [
                .. tests.Projects.ExceptBy(
                    facts.Closure.Projects.Select(project => project.Path),
                    project => project.Path,
                    StringComparer.Ordinal
                ),
            ],
            RestoreInputs = [.. tests.RestoreInputs.Except(facts.Closure.RestoreInputs, StringComparer.Ordinal)],
            LocalFeeds = [.. tests.LocalFeeds.Except(facts.Closure.LocalFeeds, StringComparer.Ordinal)],
            OutsideFiles = [.. tests.OutsideFiles.Except(facts.Closure.OutsideFiles, StringComparer.Ordinal)],
        };
        var cache = PublishCommands.CompileCache(facts.Publish, target);
        var hasBuilder = facts.PublishedFolder is null;
        var secrets = PublishCommands.Secrets(facts);
        var results = new Stage(
            ResultsName,
            hasBuilder ? BuildPlanner.BuilderStage : facts.Container.SdkImage,
            "Runs the tests and keeps their results. A failed test does not fail this step: nothing can be copied out of a failed step.",
            [
                .. hasBuilder ? [] : Generated.BuilderStage.ForTests(facts, target),
                // A stage inherits the arguments of the one that it is based on.
                .. Generated.BuilderStage.Variables(
                    facts
                        .Tests.SelectMany(test => test.Closure.Environment.Values.Keys)
                        .Except(facts.Publish.Environment.Values.Keys, StringComparer.Ordinal),
                    StepAnchors.Restore
                ),
                .. Generated.BuilderStage.Before(
                    added,
                    facts.Inputs,
                    new RunStep(Joined(facts.Tests.Select(test => Restore(test, facts.Publish)), enter: !hasBuilder)) { Secrets = secrets },
                    hasBuilder ? [] : [new WorkdirStep(GlobalProperties.SourceFolder)],
                    ResultsName
                ),
                new RunStep(Joined(facts.Tests.Select(test => Build(test, facts.Publish, cache)))) { Cache = cache, Secrets = secrets },
                .. facts.Tests.Select(test => new RunStep(Run(test, facts.Publish))),
            ]
        )
        {
            OnBuildPlatform = !hasBuilder && target is PlanTarget.BuildKit,
        };
        return
        [
            .. RestoreInputsStage.Plan(added, ResultsName, facts.Container.SdkImage, target),
            results,
            new Stage(
                Name,
                ResultsName,
                "Fails if a test failed.",
                [
                    new RunStep([
                        $"for code in $(cat {ResultsFolder}/*{ExitCodeExtension}); do [ \"$code\" -eq 0 ] || exit \"$code\"; done",
                    ]),
                    .. facts.RequiresTests ? Published(facts.PublishedFolder) : [],
                ]
            ),
        ];
    }

    // What the image copies, where it waits for the tests: what a builder publishes is here already.
    private static IEnumerable<Step> Published(string? published)
    {
        if (published is null)
        {
            return [];
        }

        var (packages, app) = RuntimeStage.HostFolders(published);
        return
        [
            new CopyStep([BuildPlanner.Folder(packages)], BuildPlanner.Folder(BuildPlanner.PackagesFolder)),
            new CopyStep([BuildPlanner.Folder(app)], BuildPlanner.Folder(BuildPlanner.AppFolder)),
        ];
    }

    private static ImmutableArray<string> Restore(TestFacts test, PublishFacts publish) =>
        [
            $"dotnet restore {ShellWord.Quote(test.Closure.Project)}",
            PublishCommands.RestoreConfiguration(publish),
            // A lock file that was made for a runtime holds more than a restore for the tests would.
            .. test.Closure.Locks.Length > 0 && test.Closure.Locks.All(file => file.RuntimeIdentifiers.IsEmpty)
                ? new[] { PublishCommands.LockedMode }
                : [],
            .. PublishCommands.Properties(publish),
        ];

    private static ImmutableArray<string> Build(TestFacts test, PublishFacts publish, CacheMount? cache) =>
        [
            $"dotnet build {ShellWord.Quote(test.Closure.Project)} --no-restore",
            .. Selection(test, publish),
            .. PublishCommands.CompileCacheProperty(cache),
        ];

    private static ImmutableArray<string> Run(TestFacts test, PublishFacts publish)
    {
        var project = ShellWord.Quote(test.Folder.Length == 0 ? test.Closure.Project : test.Closure.Project[(test.Folder.Length + 1)..]);
        ImmutableArray<string> run = test.Runner switch
        {
            TestRunner.VSTest =>
            [
                $"dotnet test {project} --no-build",
                .. Selection(test, publish),
                $"--results-directory {ResultsFolder}",
                $"--logger {ShellWord.Quote($"trx;LogFileName={test.Name}.trx")}",
                .. test.CollectsCoverage ? new[] { "--collect 'XPlat Code Coverage'" } : [],
            ],
            TestRunner.Platform =>
            [
                $"dotnet run --project {project} --no-build",
                .. Selection(test, publish),
                "--",
                .. PlatformResults(test),
            ],
            _ => [$"dotnet test --project {project} --no-build", .. Selection(test, publish), .. PlatformResults(test)],
        };
        return
        [
            $"mkdir -p {ResultsFolder};",
            .. test.Folder.Length > 0 ? new[] { $"cd {ShellWord.Quote(test.Folder)} &&" } : [],
            .. run[..^1],
            run[^1] + ";",
            $"echo $? >{ResultsFolder}/{ShellWord.Quote(test.Name + ExitCodeExtension)}",
        ];
    }

    private static ImmutableArray<string> PlatformResults(TestFacts test)
    {
        var report = test.ReportsByXunit ? "--report-xunit-trx" : "--report-trx";
        return
        [
            $"--results-directory {ResultsFolder}",
            $"{report} {report}-filename {ShellWord.Quote(test.Name + ".trx")}",
            .. test.CollectsCoverage
                ? new[]
                {
                    $"--coverage --coverage-output-format cobertura --coverage-output {ShellWord.Quote(test.Name + ".cobertura.xml")}",
                }
                : [],
        ];
    }

    private static IEnumerable<string> Selection(TestFacts test, PublishFacts publish) =>
        PublishCommands.Selection(publish.Configuration, test.TargetFramework).Concat(PublishCommands.Properties(publish));

    private static ImmutableArray<string> Joined(IEnumerable<ImmutableArray<string>> commands, bool enter = false) =>
        [
            .. commands.SelectMany(
                (command, index) =>
                    index > 0 ? [$"&& {command[0]}", .. command[1..]]
                    : enter ? [$"cd {GlobalProperties.SourceFolder} && {command[0]}", .. command[1..]]
                    : command
            ),
        ];
}
