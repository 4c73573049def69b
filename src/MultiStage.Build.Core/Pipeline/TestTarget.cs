using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Stages.Generated;
using MultiStage.Build.Verification;

namespace MultiStage.Build.Pipeline;

/// <summary>The folder that the tests' results were copied to. Written to <c>tests.json</c>.</summary>
/// <param name="Folder">Its absolute path.</param>
internal sealed record TestResults(string Folder);

/// <summary>Runs the tests where the stage to build waits for them, copies what they wrote to this machine, and fails the build for each
/// that failed.</summary>
public sealed class TestTarget(TargetRun run)
{
    private const string ResultsFolder = "TestResults";

    /// <summary><c>ContainerTarget</c>; empty for the final stage.</summary>
    public required string Target { get; init; }

    /// <summary><c>ContainerNoCache</c>.</summary>
    public required string NoCache { get; init; }

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public required string Engine { get; init; }

    /// <summary><c>ContainerBuilder</c>: a builder of buildx; empty for the current one.</summary>
    public required string Builder { get; init; }

    /// <summary><c>VSTestResultsDirectory</c>; empty for <c>TestResults</c> among the pipeline's files.</summary>
    public required string ResultsDirectory { get; init; }

    /// <summary>Runs the target, which writes <c>tests.json</c> where tests were run.</summary>
    /// <exception cref="MultiStageException">The tests cannot be run.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var facts = run.ReadFacts();
        var plan = run.ReadPlan();
        if (!plan.Builds(plan.Find(Target), TestStage.ResultsName))
        {
            return;
        }

        await using var engine = await run.OpenEngineAsync(
            StageBuild.Choose(Engine, Builder, run.DockerfileOf(facts), facts),
            cancellationToken
        );
        var build = await StageBuild.PrepareAsync(engine, facts, plan, run.DockerfileOf(facts), NoCache, cancellationToken);
        var stage = build.Plan.Find(TestStage.ResultsName);
        var log = new BuildLog(run.Log, facts.Closure.Context);
        run.Log.Message(Verbosity.Minimal, $"Testing {string.Join(", ", facts.Tests.Select(test => test.Name))} with {engine.Info.Name}");
        await build.PullAsync(engine, log, [stage], cancellationToken);
        var image = await LoggedBuild.RunAsync(engine, build.ThrowawayRequest(stage), log, cancellationToken);
        await CopyResultsAsync(engine, image, cancellationToken);
        var tests = facts.Tests.Select(test => TestRun.Read(run.Path(ResultsFolder), test.Name, facts.Closure.Context)).ToList();
        var results = Publish();
        PipelineFile.Write(run.Path(PipelineFiles.Tests), new TestResults(results));
        foreach (var test in tests)
        {
            run.Log.Message(Verbosity.Minimal, test.Summary(results));
            run.Report(test.Diagnostics(results));
        }

        if (TargetRun.IsTerminal && tests.Any(test => test.Diagnostics(results).Any()))
        {
            run.Tell($"not built, because tests failed\n      results  {run.Repository.Relative(results)}");
        }
    }

    // Read in the run's own folder, so that another run's results are never mistaken for this one's, and then copied to where people look.
    private string Publish()
    {
        var folder = ResultsDirectory.Length > 0 ? run.FullPath(ResultsDirectory) : Path.Combine(run.Files.ForPeople, ResultsFolder);
        CopiedOutFiles.Copy(run.Path(ResultsFolder), folder, keepOthers: ResultsDirectory.Length > 0);
        return folder;
    }

    private async Task CopyResultsAsync(Engine engine, string imageId, CancellationToken cancellationToken)
    {
        var container = await engine.Containers.CreateAsync(new ContainerRequest(imageId), cancellationToken);
        try
        {
            await using var archive = await engine.Containers.CopyOutAsync(container, TestStage.ResultsFolder, cancellationToken);
            await CopiedOutFiles.ExtractAsync(archive, run.Path(ResultsFolder), cancellationToken);
        }
        finally
        {
            await engine.Containers.RemoveAsync(container, cancellationToken);
            await engine.Store.RemoveUnnamedAsync(imageId, cancellationToken);
        }
    }
}
