using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Companions;

namespace MultiStage.Build.Pipeline;

/// <summary>Reads what of the build context is sent to the builder, once it is known what is built.</summary>
public sealed class ContextTarget(TargetRun run)
{
    /// <summary><c>ContainerBuildInputScope</c>; empty for <c>Repository</c>.</summary>
    public required string BuildInputScope { get; init; }

    /// <summary><c>ContainerBuildInput</c> items.</summary>
    public required ImmutableArray<ProjectItem> BuildInputs { get; init; }

    /// <summary>What builds write on this machine: output folders as the project names them, and the folder of restored packages.</summary>
    public required ImmutableArray<string> OutputFolders { get; init; }

    /// <summary><c>ContainerArchiveOutputPath</c>.</summary>
    public required string ArchiveOutputPath { get; init; }

    /// <summary>Runs the target, which writes <c>facts.json</c>.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>, <see cref="Codes.BuildInputMissing"/>.</exception>
    public void Run()
    {
        var facts = PipelineFile.Read<ProjectFacts>(run.Path(PipelineFiles.Project), "GenerateMultiStageDockerfile");
        if (File.Exists(run.Path(PipelineFiles.Companions)))
        {
            var companions = PipelineFile.Read<CompanionFacts>(run.Path(PipelineFiles.Companions), "GenerateMultiStageDockerfile");
            facts = facts with { Healthcheck = companions.Healthcheck, Tests = companions.Tests, RequiresTests = companions.RequiresTests };
        }

        // The image that an earlier publish saved is no input of the next one.
        var archive = BuildTarget.Archive(run, facts.Container.Repository, ArchiveOutputPath) ?? "";
        (facts, var warnings) = SentContext.Read(facts, run.ProjectFile, BuildInputScope, BuildInputs, OutputFolders.Add(archive));
        var feeds = new PackageFeeds(facts.Inputs, NuGetHost.This);
        facts = facts with { Feeds = feeds.Names };
        run.Report(warnings.Concat(feeds.Warnings()));
        run.Write(PipelineFiles.Facts, facts);
        run.Phase("the build context read");
    }
}
