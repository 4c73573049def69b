using System.Collections.Immutable;

namespace MultiStage.Build.Projects.Container;

/// <summary>Which properties and items have an effect on which images. What is not in the table has one on all of them.</summary>
internal static class NameUses
{
    private const string NeedsProject = "It is about the publish of a .NET project, and there is none";

    /// <summary>The table.</summary>
    public static ImmutableArray<NameUse> All { get; } =
    [
        Instruction("ContainerUser", "User"),
        Instruction("ContainerPort", "Expose"),
        Instruction("ContainerEnvironmentVariable", "Env"),
        Instruction("ContainerEntrypoint", "Entrypoint"),
        Instruction("ContainerEntrypointArgs", "Entrypoint"),
        Instruction("ContainerAppCommand", "Cmd"),
        Instruction("ContainerAppCommandArgs", "Cmd"),
        Instruction("ContainerAppCommandInstruction", "Cmd"),
        Instruction("ContainerDefaultArgs", "Cmd"),
        Instruction("ContainerHealthcheckCommand", "Healthcheck"),
        Instruction("ContainerHealthcheckPath", "Healthcheck"),
        Instruction("ContainerHealthcheckProject", "Healthcheck"),
        new("ContainerWorkingDirectory", null, "Set WorkingDirectory of a ContainerStage", "Write WORKDIR into the Dockerfile"),
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
        Nowhere("LocalRegistry", "The daemon is the one that the docker command uses"),
        Nowhere("ContainerImageFormat", "The engine chooses the manifest's format"),
        Nowhere("ContainerPublishInParallel", "The builder decides what it builds at the same time"),
        Nowhere("ContainerGenerateLabelsImageBaseDigest", "The engine chooses the base image, and no label names its digest"),
    ];

    private static NameUse Instruction(string name, string metadata) =>
        new(
            name,
            null,
            $"Write a ContainerStep with the metadata {metadata} in the last stage",
            $"Write {metadata.ToUpperInvariant()} into the Dockerfile"
        );

    private static NameUse Nowhere(string name, string why) => new(name, why, why, why);
}
