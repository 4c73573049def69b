using System.Collections.Immutable;

namespace MultiStage.Build.Projects.Container;

/// <summary>Which properties and items have an effect on which images. What is not in the table has one on all of them.</summary>
internal static class NameUses
{
    private const string NeedsProject = "It is about the publish of a .NET project, and there is none";
    private const string NoLabel = "No such label is written there";

    /// <summary>The table.</summary>
    public static ImmutableArray<NameUse> All { get; } =
    [
        Instruction("ContainerUser", "USER"),
        Instruction("ContainerPort", "EXPOSE"),
        Instruction("ContainerEnvironmentVariable", "ENV"),
        Instruction("ContainerWorkingDirectory", "WORKDIR"),
        Instruction("ContainerEntrypoint", "ENTRYPOINT"),
        Instruction("ContainerEntrypointArgs", "ENTRYPOINT"),
        Instruction("ContainerAppCommand", "CMD"),
        Instruction("ContainerAppCommandArgs", "CMD"),
        Instruction("ContainerAppCommandInstruction", "CMD"),
        Instruction("ContainerDefaultArgs", "CMD"),
        Instruction("ContainerHealthcheckCommand", "HEALTHCHECK"),
        Healthcheck("ContainerHealthcheckPath"),
        Healthcheck("ContainerHealthcheckProject"),
        new("ContainerBaseImage", null, "Set BaseImage of a ContainerStage", "Change FROM in the Dockerfile"),
        new("ContainerFamily", null, "Set BaseImage of a ContainerStage", "Change FROM in the Dockerfile"),
        new("ContainerSdkImage", null, "Set BaseImage of a ContainerStage", "Change FROM in the Dockerfile"),
        new(
            "ContainerTestProjects",
            null,
            "Run the tests in a ContainerStage of their own, and build it with ContainerTarget",
            "Run the tests in a stage of the Dockerfile, and build it with ContainerTarget"
        ),
        new(
            "ContainerRequireTests",
            null,
            "Copy a file from the stage that runs the tests into the final one",
            "Copy a file from the stage that runs the tests into the final one"
        ),
        new("ContainerPublishMode", null, NeedsProject, NeedsProject),
        new("ContainerCompileCache", null, NeedsProject, NeedsProject),
        new("ContainerBuildInputScope", null, NeedsProject, NeedsProject),
        new("ContainerBuildInput", null, "What steps copy is sent without it", "The whole context is sent; see its .dockerignore"),
        new("ContainerDockerfileOutput", null, null, "Nothing is generated where ContainerDockerfile is set"),
        new("ContainerStage", null, null, "Write the stage into the Dockerfile"),
        new("ContainerStep", null, null, "Write the instruction into the Dockerfile"),
        new("ContainerPackage", null, null, "Install the package in a RUN of the Dockerfile"),
        new("MultiStageToolFolders", null, NeedsProject, NeedsProject),
        new("MultiStageCompileCache", null, NeedsProject, NeedsProject),
        new("MultiStagePackagesFolder", null, NeedsProject, NeedsProject),
        new("ContainerGenerateLabelsDotnetToolset", null, NoLabel, null),
        new("ContainerGenerateLabelsImageCreated", null, NoLabel, null),
        new("ContainerGenerateLabelsImageRevision", null, NoLabel, null),
        new("ContainerGenerateLabelsImageSource", null, NoLabel, null),
        new("ContainerGenerateLabelsImageBaseName", null, NoLabel, NoLabel),
        Nowhere("LocalRegistry", "The daemon is the one that the docker command uses"),
        Nowhere("ContainerImageFormat", "The engine chooses the manifest's format"),
        Nowhere("ContainerPublishInParallel", "The builder decides what it builds at the same time"),
        Nowhere("ContainerGenerateLabelsImageBaseDigest", "The engine chooses the base image, and no label names its digest"),
    ];

    private static NameUse Instruction(string name, string keyword) => new(name, null, null, $"Write {keyword} into the Dockerfile");

    private static NameUse Healthcheck(string name) =>
        new(
            name,
            null,
            "Copy a program that checks the app into the last stage, and set ContainerHealthcheckCommand",
            "Write HEALTHCHECK into the Dockerfile"
        );

    private static NameUse Nowhere(string name, string why) => new(name, why, why, why);
}
