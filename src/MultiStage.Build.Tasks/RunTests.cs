using Microsoft.Build.Framework;
using MultiStage.Build.Engines;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Generated;
using MultiStage.Build.Verification;

namespace MultiStage.Build.Tasks;

/// <summary>Runs the tests where the stage to build waits for them, copies what they wrote to this machine, and fails the build for each
/// that failed.</summary>
[MSBuildMultiThreadableTask]
public sealed class RunTests : MultiStageTask
{
    private const string ResultsFolder = "TestResults";

    /// <summary><c>ContainerTarget</c>; empty for the final stage.</summary>
    public string Target { get; set; } = "";

    /// <summary><c>ContainerNoCache</c>.</summary>
    public string NoCache { get; set; } = "";

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public string EngineName { get; set; } = "";

    /// <summary><c>VSTestResultsDirectory</c>; empty for <c>TestResults</c> among the pipeline's files.</summary>
    public string ResultsDirectory { get; set; } = "";

    /// <summary>The folder of the results; empty where no test was run.</summary>
    [Output]
    public string Results { get; private set; } = "";

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var facts = ReadFacts();
        var plan = PipelineFile.Read<BuildPlan>(PipelinePath(PipelineFiles.Plan), "GenerateMultiStageDockerfile");
        if (!plan.Builds(plan.Find(Target), TestStage.ResultsName))
        {
            return;
        }

        await using var engine = await Engine.OpenAsync(EngineKinds.Parse(EngineName), cancellationToken);
        var build = await StageBuild.PrepareAsync(engine, facts, plan, DockerfileOf(facts), NoCache, cancellationToken);
        var stage = build.Plan.Find(TestStage.ResultsName);
        var log = new BuildLog(Log, facts.Closure.Context);
        Log.LogMessage(
            MessageImportance.High,
            "Testing {0} with Docker {1}",
            string.Join(", ", facts.Tests.Select(test => test.Name)),
            engine.Info.ServerVersion
        );
        await build.PullAsync(engine, log, [stage], cancellationToken);
        await CopyResultsAsync(
            engine,
            await LoggedBuild.RunAsync(engine, build.ThrowawayRequest(stage), log, cancellationToken),
            cancellationToken
        );
        var runs = facts.Tests.Select(test => TestRun.Read(PipelinePath(ResultsFolder), test.Name, facts.Closure.Context)).ToList();
        Results = Publish();
        foreach (var run in runs)
        {
            Log.LogMessage(MessageImportance.High, "{0}", run.Summary(Results));
            Report(run.Diagnostics(Results));
        }
    }

    // Read in the run's own folder, so that no result of another run is taken for one of this, and copied from there to where people look.
    private string Publish()
    {
        var folder =
            ResultsDirectory.Length > 0
                ? Path.GetFullPath(ResultsDirectory.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(ProjectFile)!)
                : Path.Combine(Run.ForPeople, ResultsFolder);
        CopiedOutFiles.Copy(PipelinePath(ResultsFolder), folder, keepOthers: ResultsDirectory.Length > 0);
        return folder;
    }

    private async Task CopyResultsAsync(Engine engine, string imageId, CancellationToken cancellationToken)
    {
        var container = await engine.Containers.CreateAsync(new ContainerRequest(imageId));
        try
        {
            await using var archive = await engine.Containers.CopyOutAsync(container, TestStage.ResultsFolder, cancellationToken);
            await CopiedOutFiles.ExtractAsync(archive, PipelinePath(ResultsFolder), cancellationToken);
        }
        finally
        {
            await engine.Containers.RemoveAsync(container);
            await engine.Store.RemoveUnnamedAsync(imageId);
        }
    }
}
