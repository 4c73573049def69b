using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 3xxx: engines.
public static partial class Codes
{
    /// <summary>No Docker daemon answered.</summary>
    public static readonly DiagnosticDescriptor NoDaemon = new(
        "MULTISTAGE3001",
        Error,
        "No Docker daemon answers at {0} ({1}): {2}. Start Docker, or set DOCKER_HOST or a Docker context. To write the Dockerfile "
            + "alone, which needs no daemon, run the target GenerateMultiStageDockerfile.",
        "Docker is not running, not installed, or listens somewhere else.",
        "Start Docker Desktop or the Docker service; check `DOCKER_HOST` and `docker context ls`."
    );

    /// <summary>A step of the image build failed.</summary>
    public static readonly DiagnosticDescriptor BuildFailed = new(
        "MULTISTAGE3002",
        Error,
        "The image build failed at {0}: {1}",
        "An instruction of the Dockerfile failed; its log is shown above the error.",
        "Read the step's log. A compiler error in it is an error of the project."
    );

    /// <summary>A base image could not be had.</summary>
    public static readonly DiagnosticDescriptor BaseImageUnavailable = new(
        "MULTISTAGE3003",
        Error,
        "The base image '{0}' is not on the daemon{1} and could not be pulled: {2}. {3}",
        "The registry cannot be reached, asks for a login, or has no such image.",
        "Run the command in the message. It logs in, or shows the registry's own answer."
    );

    /// <summary>A push did not succeed.</summary>
    public static readonly DiagnosticDescriptor PushFailed = new(
        "MULTISTAGE3004",
        Error,
        "'{0}' could not be pushed: {1}. {2}",
        "The registry refused the image, cannot be reached, or asks for a login.",
        "Run the command in the message, and check `ContainerRegistry` and `ContainerRepository`."
    );

    /// <summary>The archive could not be written.</summary>
    public static readonly DiagnosticDescriptor SaveFailed = new(
        "MULTISTAGE3005",
        Error,
        "The archive '{0}' could not be written: {1}",
        "The folder is missing or not writable, or the disk is full.",
        "Check `ContainerArchiveOutputPath`. No part of an archive is left behind."
    );

    /// <summary>The endpoint is of a kind that this engine cannot use.</summary>
    public static readonly DiagnosticDescriptor EndpointUnusable = new(
        "MULTISTAGE3006",
        Error,
        "The Docker endpoint {0} ({1}) cannot be used: {2}.",
        "`DOCKER_HOST` or the current Docker context is malformed or uses a transport that the Engine API client does not have, such as "
            + "ssh.",
        "Use a unix socket, a named pipe or tcp; for ssh, forward the daemon's socket and point `DOCKER_HOST` at it."
    );

    /// <summary>The daemon refused a request.</summary>
    public static readonly DiagnosticDescriptor DaemonRefused = new(
        "MULTISTAGE3007",
        Error,
        "The Docker daemon refused to {0}: {1}. Check the daemon's state: docker info",
        "The daemon answered with an error.",
        "Read the daemon's answer, which the message quotes. `docker info` shows the daemon's state, such as a full disk."
    );

    /// <summary>A line of an ignore file cannot be understood.</summary>
    public static readonly DiagnosticDescriptor IgnorePatternMalformed = new(
        "MULTISTAGE3008",
        Error,
        "The ignore file's line '{0}' is not a valid pattern: {1}.",
        "A `.dockerignore` has a line that Docker refuses as well.",
        "Correct the line. Patterns are those of Docker's build context: `*`, `?`, `[a-z]`, `**`, and a leading `!` to include something "
            + "again."
    );

    /// <summary>A file of the build context could not be sent.</summary>
    public static readonly DiagnosticDescriptor ContextUnreadable = new(
        "MULTISTAGE3009",
        Error,
        "'{0}' could not be sent with the build context: {1}",
        "A file or folder of the build context cannot be read, or was deleted or cut short while it was being sent.",
        "Make it readable, leave it out with the ignore file, or publish again once nothing writes to the context."
    );

    /// <summary>Buildx is needed and not there.</summary>
    public static readonly DiagnosticDescriptor NoBuildx = new(
        "MULTISTAGE3040",
        Error,
        "This build needs docker buildx, and {0}. Install Docker's buildx plugin: the package docker-buildx-plugin, or docker-buildx in "
            + "Debian and Ubuntu; Docker Desktop has it.",
        "The build uses something that only `docker buildx` can do, or `ContainerBuildEngine` is `buildx`, and the `docker` command that "
            + "comes first on the `PATH` has no such plugin.",
        "Install the plugin; `docker buildx version` shows whether it is there."
    );

    /// <summary>The engine that was asked for cannot build this.</summary>
    public static readonly DiagnosticDescriptor EngineCannot = new(
        "MULTISTAGE3041",
        Error,
        "The engine '{0}' cannot build this: {1}. Leave ContainerBuildEngine empty to have an engine chosen that can.",
        "`ContainerBuildEngine` names an engine, and the build asks for something that this engine cannot do.",
        "Remove `ContainerBuildEngine`, name another engine, or leave out what the message names."
    );

    /// <summary>A builder of buildx cannot be used.</summary>
    public static readonly DiagnosticDescriptor BuilderUnusable = new(
        "MULTISTAGE3042",
        Error,
        "The buildx builder '{0}' cannot be used: {1}",
        "`ContainerBuilder` or buildx's current choice names a builder that is not there, or that does not answer.",
        "`docker buildx ls` lists the builders; `docker buildx inspect --bootstrap <name>` starts one."
    );

    /// <summary>A secret has no value.</summary>
    public static readonly DiagnosticDescriptor SecretHasNoValue = new(
        "MULTISTAGE3043",
        Error,
        "The secret '{0}' has no value: {1}.",
        "A `ContainerSecret` names an environment variable that is not set, or a file that cannot be found.",
        "Set the variable where the publish runs, or correct the path, which is relative to the project."
    );

    /// <summary>The daemon said nothing for too long.</summary>
    public static readonly DiagnosticDescriptor DaemonSilent = new(
        "MULTISTAGE3030",
        Error,
        "The Docker daemon was asked to {0}, and {1}.",
        "The daemon, or a registry that it waits for, neither answered nor moved a byte for as long as the property in the message says.",
        "Check that the daemon and the registry work. If a build step runs for longer than that without any output, raise "
            + "`ContainerBuildSilenceLimit`; for a slow daemon or registry, raise `ContainerSilenceLimit`."
    );

    /// <summary>Something stays on the daemon.</summary>
    public static readonly DiagnosticDescriptor NotRemoved = new(
        "MULTISTAGE3031",
        Warning,
        "The Docker daemon still has {0}, which is no longer needed: {1}.",
        "A temporary container or image, or the name of an image that was not delivered, could not be removed.",
        "Remove it by hand: `docker rm --force`, `docker image rm`. The next publish removes containers that an earlier one left."
    );

    /// <summary>A registry got some of an image's names before a push failed.</summary>
    public static readonly DiagnosticDescriptor PushedInPart = new(
        "MULTISTAGE3032",
        Warning,
        "The registry already has {0}: pushed before the delivery failed.",
        "An image has several names, and the push of a later one failed. On the daemon all names are as they were; a registry takes one "
            + "name after the other.",
        "Publish again once the error is fixed, or set the names back in the registry."
    );
}
