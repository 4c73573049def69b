using Microsoft.Build.Framework;
using MultiStage.Build.Context;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tasks;

/// <summary>Reads what a project says of an image that is not made of the project: of stages that its items describe, or of a Dockerfile
/// that exists.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectStageFacts : MultiStageTask
{
    /// <summary><c>ContainerDockerfile</c>; empty where items describe the stages.</summary>
    public string ExistingDockerfile { get; set; } = "";

    /// <summary><c>ContainerBuildContext</c>; empty for the folder of the Dockerfile, or of the project.</summary>
    public string BuildContext { get; set; } = "";

    /// <summary>Folders that the project's build writes into.</summary>
    public string[] OutputFolders { get; set; } = [];

    /// <summary><c>ContainerRuntimeIdentifier</c>; empty for the daemon's own platform.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary><c>ContainerRegistry</c>.</summary>
    public string Registry { get; set; } = "";

    /// <summary><c>ContainerRepository</c>; empty for the project's name.</summary>
    public string Repository { get; set; } = "";

    /// <summary><c>ContainerImageTags</c>; none for <c>latest</c>.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary><c>ContainerLabel</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary><c>ContainerStage</c> items.</summary>
    public ITaskItem[] Stages { get; set; } = [];

    /// <summary><c>ContainerStep</c> items.</summary>
    public ITaskItem[] Steps { get; set; } = [];

    /// <summary><c>ContainerPackage</c> items.</summary>
    public ITaskItem[] Packages { get; set; } = [];

    /// <summary><c>ContainerBuildArg</c> items, with their <c>Value</c>.</summary>
    public ITaskItem[] BuildArgs { get; set; } = [];

    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(ProjectFile)!;
        var dockerfile =
            ExistingDockerfile.Length == 0 ? null : Path.GetFullPath(ExistingDockerfile.Replace('\\', Path.DirectorySeparatorChar), folder);
        var context = ContextLocator.LocateStages(
            BuildContext.Length == 0 ? "" : Path.GetFullPath(BuildContext, folder),
            BuildContext,
            ProjectFile,
            dockerfile
        );
        var facts = new ProjectFacts(Closure(context), new PublishFacts { Configuration = "" }, Container())
        {
            Source = dockerfile is null ? ImageSource.Items : ImageSource.Dockerfile,
            Stages = ProjectItems.StageFacts(Stages, Steps, Packages, BuildArgs, dockerfile is null ? context : null) with
            {
                Dockerfile = dockerfile,
            },
        };
        Write(PipelineFiles.Facts, facts);
        return Task.CompletedTask;
    }

    // Nothing of the project itself is an input, and a change of it would only make the layer of a COPY . . change with it.
    private ClosureFacts Closure(string context) =>
        new()
        {
            Context = context,
            Project = ContextPath.Relative(context, ProjectFile),
            Projects = [],
            RestoreInputs = [],
            NeverSent =
            [
                .. OutputFolders
                    .Select(output =>
                        Path.GetFullPath(output.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(ProjectFile)!)
                    )
                    .Append(ProjectFile)
                    .Where(path => ContextPath.Contains(context, path) && path != context)
                    .Select(path => ContextPath.Relative(context, path))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
        };

    private ContainerFacts Container() =>
        new()
        {
            SdkImage = "",
            BaseImage = "",
            Platform = ContainerRules.Platform(RuntimeIdentifier),
            BuildLabels = [.. Labels.Select(label => new NameValue(label.ItemSpec, label.GetMetadata("Value")))],
            Registry = Registry,
            Repository = Repository.Length > 0 ? Repository : ImageNames.Repository(Path.GetFileNameWithoutExtension(ProjectFile)),
            Tags = Tags.Length > 0 ? [.. Tags] : ["latest"],
        };
}
