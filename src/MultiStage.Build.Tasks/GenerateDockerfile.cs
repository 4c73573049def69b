using Microsoft.Build.Framework;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Picture;

namespace MultiStage.Build.Tasks;

/// <summary>Plans the build and writes it as a Dockerfile with its ignore file. Needs no Docker.</summary>
[MSBuildMultiThreadableTask]
public sealed class GenerateDockerfile : MultiStageTask
{
    /// <summary><c>ContainerDockerfileOutput</c>: where the Dockerfile is written, relative to the project.</summary>
    [Required]
    public string DockerfileOutput { get; set; } = "";

    /// <summary><c>ContainerTarget</c>; checked here, so that a wrong name costs nothing.</summary>
    public string Target { get; set; } = "";

    /// <summary>Compares instead of writing, and fails where the files on disk differ.</summary>
    public bool CheckOnly { get; set; }

    /// <summary>The Dockerfile's absolute path.</summary>
    [Output]
    public string Dockerfile { get; private set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var facts = ReadFacts();
        var plan = facts.Stages.Dockerfile is { } existing ? Existing(existing, facts) : Generated(facts);
        // At detailed verbosity. One message, because each message gets a prefix of its own.
        Log.LogMessage(MessageImportance.Low, "{0}", StageDrawing.Text(StagePicture.Of(plan, plan.Find(Target))));
        if (!CheckOnly)
        {
            Write(PipelineFiles.Plan, plan);
        }

        Phase(CheckOnly ? "Dockerfile compared" : "Dockerfile written");
        return Task.CompletedTask;
    }

    private BuildPlan Existing(string dockerfile, ProjectFacts facts)
    {
        Dockerfile = dockerfile;
        var text = ExistingDockerfile.ReadText(dockerfile);
        var plan = DockerfileReader.Read(text, dockerfile, facts);
        Warn(DockerfileReader.UnusedArguments(text, facts.Stages.BuildArgs));
        return plan;
    }

    private BuildPlan Generated(ProjectFacts facts)
    {
        var plan = BuildPlanner.Plan(facts, new PlanTarget.BuildKit());
        Dockerfile = Path.GetFullPath(DockerfileOutput.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(ProjectFile)!);
        var context = facts.Closure.Context;
        var text = DockerfileWriter.Write(
            plan,
            ContextPath.Contains(context, Dockerfile) ? ContextPath.Relative(context, Dockerfile) : null
        );
        var ignore = ContextIgnoreFile.Write(facts);
        Warn(DockerfileReader.UnusedArguments(text, facts.Stages.BuildArgs));
        if (CheckOnly)
        {
            var command = plan.Regenerate(Path.GetFileName(ProjectFile));
            Check(Dockerfile, text, command);
            Check(Dockerfile + ".dockerignore", ignore, command);
        }
        else
        {
            // The image is built from the run's own: another run may write the other one meanwhile.
            PipelineFile.WriteText(PipelinePath(PipelineFiles.Dockerfile), text);
            PipelineFile.WriteText(PipelinePath(PipelineFiles.Dockerfile + ".dockerignore"), ignore);
            WriteForPeople(Dockerfile, text);
            WriteForPeople(Dockerfile + ".dockerignore", ignore);
        }

        return plan;
    }

    private void Warn(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Report(diagnostic);
        }
    }

    private void WriteForPeople(string path, string text)
    {
        if (PipelineFile.WriteText(path, text))
        {
            Log.LogMessage(MessageImportance.Normal, "{0} written", path);
        }
    }

    private void Check(string path, string expected, string command)
    {
        // A checkout on Windows may have turned the line ends; that is no difference worth failing for.
        var actual = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (actual == expected)
        {
            return;
        }

        Log.LogMessage(MessageImportance.High, "{0}", UnifiedDiff.Of(Path.GetFileName(path), actual, expected));
        Report(Codes.DockerfileOutOfDate.With(path, command) with { About = "ContainerDockerfileOutput" });
    }
}
