using static MultiStage.Build.DiagnosticSeverity;

namespace MultiStage.Build;

/// <summary>
/// Every diagnostic of the package: <c>1xxx</c> project facts and input, <c>2xxx</c> stages and Dockerfile, <c>3xxx</c> engines,
/// <c>4xxx</c> budgets, <c>5xxx</c> verification. A code is never reused for another meaning.
/// </summary>
public static class Diagnostics
{
    /// <summary>A project with several target frameworks was published without naming one.</summary>
    public static readonly DiagnosticDescriptor SeveralTargetFrameworks = new("MULTISTAGE1001", Error,
        "'{0}' targets {1}; an image holds one of them. Name it: dotnet publish -f {2} -p:PublishMultiStage=true",
        "The project has `TargetFrameworks` and no `TargetFramework` was given.",
        "Add `-f <framework>`, or set `TargetFramework` in the project.");

    /// <summary>The .NET SDK is older than the tasks need.</summary>
    public static readonly DiagnosticDescriptor SdkTooOld = new("MULTISTAGE1002", Error,
        "MultiStage.Build needs the .NET SDK 10.0.100 or newer; this is {0}. Install it, or check the version in global.json.",
        "The package's tasks run on .NET 10.",
        "Install the .NET 10 SDK. Projects that target older frameworks are published by it as before.");

    /// <summary>A file that the build reads is not in the build context.</summary>
    public static readonly DiagnosticDescriptor InputOutsideContext = new("MULTISTAGE1003", Error,
        "'{0}', which '{1}' reads, is outside the build context '{2}'. Set ContainerBuildContext to a folder that holds both, such as '{3}'.",
        "The container sees the build context alone; a file beside it would be missing there.",
        "Set `ContainerBuildContext` to a folder that holds every input, or move the file into the repository.");

    /// <summary>The project or one it references could not be evaluated.</summary>
    public static readonly DiagnosticDescriptor EvaluationFailed = new("MULTISTAGE1004", Error,
        "The projects that '{0}' needs could not be read: {1}",
        "A project file or one of its imports is missing or malformed.",
        "Mend the file that the message names; `dotnet build` of the project reports the same problem.");

    /// <summary>A global property looks like a secret.</summary>
    public static readonly DiagnosticDescriptor SecretNotForwarded = new("MULTISTAGE1005", Warning,
        "The property '{0}' looks like a secret and is not passed to the build in the container, where it would stay in the image's history.",
        "A property given on the command line has a name such as `ApiKey`, `Password` or `Token`, or a URL with a password as its value.",
        "Nothing, if only the host needs it. Otherwise give the container's build what it needs without a secret, or rename the property.");

    /// <summary>A global property names a path that the container does not have.</summary>
    public static readonly DiagnosticDescriptor PathNotForwarded = new("MULTISTAGE1006", Warning,
        "The property '{0}' names '{1}', which is outside the build context, and is not passed to the build in the container.",
        "A property given on the command line has an absolute path as its value, which means nothing inside the container.",
        "Give a path inside the build context, or widen `ContainerBuildContext`.");

    /// <summary>The image would need more than one platform.</summary>
    public static readonly DiagnosticDescriptor SeveralRuntimeIdentifiers = new("MULTISTAGE1007", Error,
        "The project asks for {0}; one publish builds one platform. Choose one: dotnet publish -r {1} -p:PublishMultiStage=true",
        "`ContainerRuntimeIdentifiers` (or `RuntimeIdentifiers` alone) names several platforms.",
        "Publish once for each with `-r`, or set `ContainerRuntimeIdentifier`.");

    /// <summary>The image would not run on Linux.</summary>
    public static readonly DiagnosticDescriptor NotLinux = new("MULTISTAGE1008", Error,
        "'{0}' is not a Linux runtime identifier. Set ContainerRuntimeIdentifier, for example to linux-x64.",
        "Images are built from Linux base images.",
        "Publish with `-r linux-x64` or `-r linux-arm64`, or set `ContainerRuntimeIdentifier`.");

    /// <summary>The build context is no folder that can be used.</summary>
    public static readonly DiagnosticDescriptor ContextUnusable = new("MULTISTAGE1009", Error,
        "ContainerBuildContext '{0}' {1}.",
        "The folder does not exist, or the project is not in it.",
        "Set `ContainerBuildContext` to a folder that holds the project and everything it references, or remove it for the default.");

    /// <summary>A property has a value that means nothing.</summary>
    public static readonly DiagnosticDescriptor ValueNotUnderstood = new("MULTISTAGE1010", Error,
        "{0} is '{1}'; it takes {2}.",
        "A property has a value outside the ones it takes.",
        "Use one of the values that the message lists.");

    /// <summary>A file handed from one stage of the pipeline to the next is missing or damaged.</summary>
    public static readonly DiagnosticDescriptor PipelineFileUnusable = new("MULTISTAGE1011", Error,
        "'{0}' cannot be read: {1}. Run the target {2}, which writes it.",
        "A pipeline target was called without the one before it, or the file was edited or cut short.",
        "Run the target that the message names, or publish again.");

    /// <summary>A NuGet configuration above the build context does not reach the container.</summary>
    public static readonly DiagnosticDescriptor ConfigurationOutsideContext = new("MULTISTAGE1012", Warning,
        "'{0}' applies on this machine but lies above the build context '{1}', so the build in the container does not see it.",
        "A `nuget.config` or `global.json` lies in a folder above the build context.",
        "Set `ContainerBuildContext` to that folder, or move the file into the repository.");

    /// <summary>The items for entry point and command contradict each other.</summary>
    public static readonly DiagnosticDescriptor EntrypointConflict = new("MULTISTAGE1013", Error,
        "{0}.",
        "`ContainerEntrypoint`, `ContainerEntrypointArgs`, `ContainerAppCommand`, `ContainerAppCommandArgs` and `ContainerAppCommandInstruction` are combined in a way that the .NET SDK's container support refuses too.",
        "Set `ContainerAppCommandArgs` for arguments that always apply and `ContainerDefaultArgs` for ones that `docker run` may replace; set `ContainerEntrypoint` alone for a program that starts the app.");

    /// <summary>A value cannot be written into a Dockerfile.</summary>
    public static readonly DiagnosticDescriptor ValueNotRepresentable = new("MULTISTAGE1014", Error,
        "{0} '{1}' holds a line break, which no Dockerfile instruction can carry.",
        "An environment variable's value has more than one line.",
        "Put the value on one line, or read it from a file.");

    /// <summary>A file could not be written.</summary>
    public static readonly DiagnosticDescriptor FileNotWritten = new("MULTISTAGE1015", Error,
        "'{0}' could not be written: {1}",
        "The path is that of a folder, or the folder is not writable, or the disk is full.",
        "Check `ContainerDockerfileOutput`, which takes the path of a file, and the rights on `obj`. A file that was there stays as it was.");

    /// <summary>The stage asked for is not in the Dockerfile.</summary>
    public static readonly DiagnosticDescriptor UnknownStage = new("MULTISTAGE2001", Error,
        "There is no stage '{0}'. The stages are: {1}.",
        "`ContainerTarget` names a stage that the Dockerfile does not have.",
        "Use one of the names that the message lists, or leave `ContainerTarget` empty for the final stage.");

    /// <summary>The Dockerfile on disk is not the one that would be generated now.</summary>
    public static readonly DiagnosticDescriptor DockerfileOutOfDate = new("MULTISTAGE2002", Error,
        "'{0}' is out of date. Regenerate it: {1}",
        "`CheckMultiStageDockerfile` found that the project and the checked-in Dockerfile no longer agree; the difference is shown above the error.",
        "Run the command that the message gives and commit the result.");

    /// <summary>No Docker daemon answered.</summary>
    public static readonly DiagnosticDescriptor NoDaemon = new("MULTISTAGE3001", Error,
        "No Docker daemon answers at {0} ({1}): {2}. Start Docker, or set DOCKER_HOST or a Docker context. To write the Dockerfile alone, which needs no daemon, run the target GenerateMultiStageDockerfile.",
        "Docker is not running, not installed, or listens somewhere else.",
        "Start Docker Desktop or the Docker service; check `DOCKER_HOST` and `docker context ls`.");

    /// <summary>A step of the image build failed.</summary>
    public static readonly DiagnosticDescriptor BuildFailed = new("MULTISTAGE3002", Error,
        "The image build failed at {0}: {1}",
        "An instruction of the Dockerfile ended with an error; its own log is shown above the error.",
        "Read the step's log. A compiler error there is the project's own.");

    /// <summary>A base image could not be had.</summary>
    public static readonly DiagnosticDescriptor BaseImageUnavailable = new("MULTISTAGE3003", Error,
        "The base image '{0}' is not on the daemon and could not be pulled: {1}",
        "The registry cannot be reached, asks for a login, or has no such image.",
        "Check the name and `docker login`; `docker pull` of the same image shows the registry's own answer.");

    /// <summary>A push did not succeed.</summary>
    public static readonly DiagnosticDescriptor PushFailed = new("MULTISTAGE3004", Error,
        "'{0}' could not be pushed: {1}",
        "The registry refused the image, cannot be reached, or asks for a login.",
        "Run `docker login` for the registry, and check `ContainerRegistry` and `ContainerRepository`.");

    /// <summary>The archive could not be written.</summary>
    public static readonly DiagnosticDescriptor SaveFailed = new("MULTISTAGE3005", Error,
        "The archive '{0}' could not be written: {1}",
        "The folder is missing or not writable, or the disk is full.",
        "Check `ContainerArchiveOutputPath`. No part of an archive is left behind.");

    /// <summary>The endpoint is of a kind that this engine cannot use.</summary>
    public static readonly DiagnosticDescriptor EndpointUnusable = new("MULTISTAGE3006", Error,
        "The Docker endpoint {0} ({1}) cannot be used: {2}.",
        "`DOCKER_HOST` or the current Docker context is malformed or uses a transport that the Engine API client does not have, such as ssh.",
        "Use a unix socket, a named pipe or tcp; for ssh, forward the daemon's socket and point `DOCKER_HOST` at it.");

    /// <summary>The daemon refused a request.</summary>
    public static readonly DiagnosticDescriptor DaemonRefused = new("MULTISTAGE3007", Error,
        "The Docker daemon refused to {0}: {1}",
        "The daemon answered with an error of its own.",
        "Read the daemon's answer, which the message quotes.");

    /// <summary>A line of an ignore file cannot be understood.</summary>
    public static readonly DiagnosticDescriptor IgnorePatternMalformed = new("MULTISTAGE3008", Error,
        "The ignore file's line '{0}' is no pattern: {1}.",
        "A `.dockerignore` has a line that Docker refuses, too.",
        "Mend the line. Patterns are those of Docker's build context: `*`, `?`, `[a-z]`, `**`, and `!` in front to take something in again.");

    /// <summary>A file of the build context could not be sent.</summary>
    public static readonly DiagnosticDescriptor ContextUnreadable = new("MULTISTAGE3009", Error,
        "'{0}' could not be sent with the build context: {1}",
        "A file or folder of the build context cannot be read, or was deleted or cut short while it was being sent.",
        "Make it readable, leave it out with the ignore file, or publish again once nothing writes to the context.");

    /// <summary>The image is larger than its total budget.</summary>
    public static readonly DiagnosticDescriptor SizeBudgetBroken = new("MULTISTAGE4001", Error,
        "Image '{0}' is {1}, {2} ({3}) over its {4} budget. {5}{6}",
        "The image's total size, in unpacked bytes, is above `ContainerSizeBudget`. The image was built and is on the daemon under the id in the message, but no tag was moved to it and it was not pushed; with `ContainerSizeBudgetSeverity` set to `warning` it is delivered.",
        "Make the image smaller: the breakdown above the error says what is in it. Or raise `ContainerSizeBudget`.");

    /// <summary>A budget cannot be read.</summary>
    public static readonly DiagnosticDescriptor BudgetNotUnderstood = new("MULTISTAGE4002", Error,
        "{0} is '{1}', which is no size: {2}. Write a number with a unit, such as 120MB, 1.5GiB, or plain bytes.",
        "A budget with a typo would never fail, so it is an error.",
        "Write the size as a positive number with `B`, `kB`, `MB`, `GB`, `KiB`, `MiB` or `GiB`, or as plain bytes. A percentage is no size.");

    /// <summary>The image's size could not be measured exactly.</summary>
    public static readonly DiagnosticDescriptor NotMeasured = new("MULTISTAGE4003", Error,
        "The size of image {0} could not be measured: {1}",
        "The daemon gave no layer sizes and the image could not be read as an archive.",
        "Check that the image exists on the daemon. A size that is not measured never counts as passed.");

    /// <summary>Every descriptor, in the order of their codes.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        .. typeof(Diagnostics).GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().OrderBy(d => d.Code, StringComparer.Ordinal),
    ];
}
