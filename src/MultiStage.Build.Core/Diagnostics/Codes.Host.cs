using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 1xxx and 2xxx: a publish that runs on this machine.
public static partial class Codes
{
    /// <summary>Another publish replaced the files between this one's publish and its build.</summary>
    public static readonly DiagnosticDescriptor PublishedTwice = new(
        "MULTISTAGE1060",
        Error,
        "Another publish of this project started in the meantime and replaced the files in '{0}', so the image may hold files of both. "
            + "Publish again, one after the other.",
        "Two publishes of one project ran at once with `ContainerPublishMode=Host`. On this machine they share the project's output "
            + "folders.",
        "Publish one after the other, or set `ContainerPublishMode` to `Container`, where each has its own."
    );

    /// <summary>What this machine publishes would not be in the build context.</summary>
    public static readonly DiagnosticDescriptor PublishedOutsideContext = new(
        "MULTISTAGE1061",
        Error,
        "'{0}', which the publish on this machine fills, lies outside the build context '{1}'. Set ContainerBuildContext to a folder that "
            + "holds both it and the project.",
        "With `ContainerPublishMode=Host` the image is built from a folder below the project's `BaseIntermediateOutputPath`, and "
            + "`ContainerBuildContext` does not hold that folder.",
        "Set `ContainerBuildContext` to a folder that holds both, or leave it empty."
    );

    /// <summary>There is no project to publish on this machine.</summary>
    public static readonly DiagnosticDescriptor NothingToPublishOnHost = new(
        "MULTISTAGE1062",
        Error,
        "ContainerPublishMode is {0}, and {1}.",
        "`ContainerPublishMode=Host` is set where there is no .NET project to publish, or the target `PublishMultiStageOnHost` was called "
            + "without it.",
        "Set `ContainerPublishMode` to `Host` for a .NET project whose Dockerfile is generated; leave it empty elsewhere."
    );

    /// <summary>Something needs the builder stage, and the publish runs on this machine.</summary>
    public static readonly DiagnosticDescriptor HostHasNoBuilder = new(
        "MULTISTAGE2040",
        Error,
        "{0} needs the stage 'builder', but ContainerPublishMode is Host: dotnet publish runs on this machine, and its output takes the "
            + "place of that stage. Do the work in a target of the project, or set ContainerPublishMode to Container.",
        "`ContainerTarget`, a `ContainerStageBudget`, a `ContainerStep` or a `ContainerPackage` names the stage `builder` while the "
            + "publish runs on this machine, where there is no such stage.",
        "Move what the step does into a target of the project, which runs with the publish, or set `ContainerPublishMode` to `Container`."
    );

    /// <summary>The image needs a daemon, and the engine has none.</summary>
    public static readonly DiagnosticDescriptor SdkEngineCannot = new(
        "MULTISTAGE3020",
        Error,
        "ContainerBuildEngine is sdk, which makes the image without a daemon, and cannot make it with {0}. Leave that out, or leave "
            + "ContainerBuildEngine empty and start Docker.",
        "The .NET SDK's container support adds an app to a base image. It runs no steps, has no stages and no packages, and starts no "
            + "container.",
        "Remove what the message names, or set `ContainerBuildEngine` to `docker`."
    );

    /// <summary>The SDK returned something else than an image in an archive.</summary>
    public static readonly DiagnosticDescriptor SdkImageUnusable = new(
        "MULTISTAGE3021",
        Error,
        "The .NET SDK reported no image for '{0}', or one that its archive does not hold.",
        "`PublishContainer` was replaced or skipped by the project, or another build wrote to its folder in the meantime.",
        "Publish again; check targets of the project that replace `PublishContainer` or set `ContainerArchiveOutputPath`."
    );

    /// <summary>The image could not be loaded into the daemon that was asked for.</summary>
    public static readonly DiagnosticDescriptor LoadFailed = new(
        "MULTISTAGE3022",
        Error,
        "'{0} load' failed: {1}. Start it, or leave LocalRegistry empty, and the image is saved to a file.",
        "`LocalRegistry` asks for the image in Docker's or Podman's store, and its command is missing or reaches no daemon.",
        "Start the daemon, or leave `LocalRegistry` empty."
    );

    /// <summary>The base image's registry does not answer this machine.</summary>
    public static readonly DiagnosticDescriptor BaseRegistryUnreachable = new(
        "MULTISTAGE3023",
        Error,
        "The registry of the base image '{0}' cannot be reached: {1}. Without a daemon the base image is read from there.",
        "No daemon builds the image, so the .NET SDK reads the base image from its registry, and this machine cannot connect to it.",
        "Check the network, the proxy and the name in `ContainerBaseImage`, or set it to an image in a registry that answers. One without "
            + "TLS must be in `DOTNET_CONTAINER_INSECURE_REGISTRIES`."
    );
}
