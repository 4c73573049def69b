using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Picture;

namespace MultiStage.Build.Pipeline;

/// <summary>
/// <c>GenerateMultiStageDockerfile</c> and <c>CheckMultiStageDockerfile</c>: plans the build and writes it as a Dockerfile with its ignore
/// file. Needs no Docker.
/// </summary>
public sealed class GenerateTarget(TargetRun run)
{
    /// <summary><c>ContainerDockerfileOutput</c>.</summary>
    public required string Output { get; init; }

    /// <summary><c>ContainerTarget</c>; checked here, so that a wrong name costs nothing.</summary>
    public required string Target { get; init; }

    /// <summary>Compares instead of writing, and fails where the files on disk differ.</summary>
    public bool CheckOnly { get; init; }

    /// <summary>Runs the target, which writes <c>plan.json</c>.</summary>
    /// <exception cref="MultiStageException">The project asks for what cannot be built.</exception>
    /// <returns>The Dockerfile's absolute path.</returns>
    public string Run()
    {
        var facts = run.ReadFacts();
        var dockerfile = facts.Stages.Dockerfile ?? run.FullPath(Output);
        var plan = facts.Stages.Dockerfile is null ? Generated(dockerfile, facts) : Existing(dockerfile, facts);
        run.Log.Message(Verbosity.Detailed, StageDrawing.Text(StagePicture.Of(plan, plan.Find(Target))));
        if (!CheckOnly)
        {
            run.Write(PipelineFiles.Plan, plan);
        }

        run.Phase(CheckOnly ? "Dockerfile compared" : "Dockerfile written");
        return dockerfile;
    }

    private BuildPlan Existing(string dockerfile, ProjectFacts facts)
    {
        var text = ExistingDockerfile.ReadText(dockerfile);
        var plan = DockerfileReader.Read(text, dockerfile, facts);
        run.Report(DockerfileReader.ArgumentWarnings(text, facts.Stages.BuildArgs));
        run.Report(SessionMounts.Read(text).Warnings(facts.Stages.Secrets, plan.Secrets));
        return plan;
    }

    private BuildPlan Generated(string dockerfile, ProjectFacts facts)
    {
        var plan = BuildPlanner.Plan(facts, new PlanTarget.BuildKit());
        var context = facts.Closure.Context;
        // Where a build writes it, the folder is called after what the build was asked for, and the Dockerfile must not be.
        var isNamed = ContextPath.Contains(context, dockerfile) && !ContextPath.Contains(run.Files.Shared, dockerfile);
        var text = DockerfileWriter.Write(plan, isNamed ? ContextPath.Relative(context, dockerfile) : null);
        var ignore = ContextIgnoreFile.Write(facts);
        run.Report(DockerfileReader.ArgumentWarnings(text, facts.Stages.BuildArgs));
        run.Report(SessionMounts.Read(text).Warnings(facts.Stages.Secrets, plan.Secrets));
        run.Report(ImageSettings.Overridden(plan, facts));
        if (CheckOnly)
        {
            var command = plan.Regenerate(Path.GetFileName(run.ProjectFile));
            Check(dockerfile, text, command);
            Check(dockerfile + ".dockerignore", ignore, command);
        }
        else
        {
            // The image is built from the run's own: another run may write the other one meanwhile.
            PipelineFile.WriteText(run.Path(PipelineFiles.Dockerfile), text);
            PipelineFile.WriteText(run.Path(PipelineFiles.Dockerfile + ".dockerignore"), ignore);
            WriteForPeople(dockerfile, text);
            WriteForPeople(dockerfile + ".dockerignore", ignore);
        }

        return plan;
    }

    private void WriteForPeople(string path, string text)
    {
        if (PipelineFile.WriteText(path, text))
        {
            run.Log.Message(Verbosity.Normal, $"{path} written");
        }
    }

    private void Check(string path, string expected, string command)
    {
        // A checkout on Windows may have turned the line ends; that difference is not worth failing for.
        var actual = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (actual == expected)
        {
            return;
        }

        run.Log.Message(Verbosity.Minimal, UnifiedDiff.Of(Path.GetFileName(path), actual, expected));
        run.Report(Codes.DockerfileOutOfDate.With(path, command) with { About = "ContainerDockerfileOutput" });
    }
}
