using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline;

/// <summary>Reads what a project says of an image that is not made of the project: of stages that its items describe, or of a Dockerfile
/// that exists.</summary>
public sealed class StagesTarget(TargetRun run)
{
    /// <summary><c>ContainerPublishMode</c>; there is nothing to publish here.</summary>
    public required string PublishMode { get; init; }

    /// <summary><c>ContainerDockerfile</c>; empty where items describe the stages.</summary>
    public required string ExistingDockerfile { get; init; }

    /// <summary><c>ContainerBuildContext</c>; empty for the folder of the Dockerfile, or of the project.</summary>
    public required string BuildContext { get; init; }

    /// <summary>Folders that the project's build writes into.</summary>
    public required ImmutableArray<string> OutputFolders { get; init; }

    /// <summary><c>ContainerArchiveOutputPath</c>.</summary>
    public required string ArchiveOutputPath { get; init; }

    /// <summary>What <c>ContainerRuntimeIdentifier</c> and <c>ContainerRuntimeIdentifiers</c> choose; none for the daemon's own
    /// platform.</summary>
    public required ImmutableArray<string> RuntimeIdentifiers { get; init; }

    /// <summary>What the image should be, as far as properties and items of the .NET SDK say it.</summary>
    public required ContainerSettings Settings { get; init; }

    /// <summary>The health check's properties.</summary>
    public required HealthcheckSettings Healthcheck { get; init; }

    /// <summary>The items that describe stages.</summary>
    public required StageFacts Stages { get; init; }

    /// <summary>Runs the target, which writes <c>facts.json</c>.</summary>
    /// <exception cref="MultiStageException">The project asks for what cannot be built.</exception>
    public void Run()
    {
        var dockerfile = ExistingDockerfile.Length == 0 ? null : run.FullPath(ExistingDockerfile);
        if (PublishModes.Parse(PublishMode) is Projects.PublishMode.Host)
        {
            throw Codes.NothingToPublishOnHost.ErrorAbout(
                "ContainerPublishMode",
                PublishMode,
                dockerfile is null
                    ? "this project holds stages alone, so there is nothing to publish"
                    : "ContainerDockerfile is built as it is, so nothing of the project is published"
            );
        }

        var context = ContextLocator.LocateStages(
            BuildContext.Length == 0 ? "" : run.FullPath(BuildContext),
            BuildContext,
            run.ProjectFile,
            dockerfile
        );
        var facts = new ProjectFacts(Closure(context), new PublishFacts { Configuration = "" }, Container(dockerfile is null))
        {
            Source = dockerfile is null ? ImageSource.Items : ImageSource.Dockerfile,
            Stages = Stages with { Copied = dockerfile is null ? CopiedFiles.Find(context, Stages.Steps) : [], Dockerfile = dockerfile },
        };
        run.Write(
            PipelineFiles.Facts,
            dockerfile is null ? facts with { Healthcheck = HealthcheckRules.Apply(Healthcheck, facts, null) } : facts
        );
    }

    // Nothing of the project itself is an input, and a change of it would only make the layer of a COPY . . change with it.
    private ClosureFacts Closure(string context) =>
        new()
        {
            Context = context,
            Project = ContextPath.Relative(context, run.ProjectFile),
            Projects = [],
            RestoreInputs = [],
            NeverSent =
            [
                .. OutputFolders
                    .Select(run.FullPath)
                    .Concat(new[] { run.ProjectFile, BuildTarget.Archive(run, Repository, ArchiveOutputPath) }.OfType<string>())
                    .Where(path => ContextPath.Contains(context, path) && path != context)
                    .Select(path => ContextPath.Relative(context, path))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
        };

    private string Repository => Settings.Repository.Length > 0 ? Settings.Repository : ImageNames.Repository(run.ProjectName);

    // What a Dockerfile that exists says of its image is said there.
    private ContainerFacts Container(bool isGenerated)
    {
        var (entrypoint, command) = isGenerated ? StartRules.Apply(Settings) : ([], []);
        return new()
        {
            SdkImage = "",
            BaseImage = "",
            Platform = RuntimeIdentifiers is [var one] ? ContainerRules.Platform(one) : null,
            Platforms = RuntimeIdentifiers.Length > 1 ? ContainerRules.Platforms(RuntimeIdentifiers) : [],
            User = isGenerated ? Settings.User : "",
            WorkingDirectory = isGenerated ? Settings.WorkingDirectory : "",
            Environment = isGenerated ? Settings.Environment : [],
            Ports = isGenerated ? PortRules.Apply(Settings.Ports, Settings.Environment) : [],
            Entrypoint = entrypoint,
            Command = command,
            BuildLabels = Settings.Labels,
            Registry = Settings.Registry,
            Repository = Repository,
            Tags = Settings.Tags.IsEmpty ? ["latest"] : Settings.Tags,
        };
    }
}
