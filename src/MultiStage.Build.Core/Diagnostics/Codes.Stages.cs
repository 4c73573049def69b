using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 2xxx: stages and Dockerfile.
public static partial class Codes
{
    /// <summary>The stage asked for is not in the Dockerfile.</summary>
    public static readonly DiagnosticDescriptor UnknownStage = new(
        "MULTISTAGE2001",
        Error,
        "There is no stage '{0}'. The stages are: {1}.",
        "`ContainerTarget` names a stage that the Dockerfile does not have.",
        "Use one of the names that the message lists, or leave `ContainerTarget` empty for the final stage."
    );

    /// <summary>The Dockerfile on disk is not the one that would be generated now.</summary>
    public static readonly DiagnosticDescriptor DockerfileOutOfDate = new(
        "MULTISTAGE2002",
        Error,
        "'{0}' is out of date. Regenerate it: {1}",
        "`CheckMultiStageDockerfile` found that the project and the checked-in Dockerfile no longer agree; the difference is shown "
            + "above the error.",
        "Run the command that the message gives and commit the result."
    );

    /// <summary>A stage has a name that no Dockerfile takes.</summary>
    public static readonly DiagnosticDescriptor StageNameUnusable = new(
        "MULTISTAGE2003",
        Error,
        "'{0}' is not a valid stage name. Write a letter followed by letters, digits, '-', '_' or '.', other than 'scratch' and 'context'.",
        "The `Include` of a `ContainerStage` becomes the stage's name in the Dockerfile.",
        "Rename the stage."
    );

    /// <summary>Two stages have one name.</summary>
    public static readonly DiagnosticDescriptor StageTwice = new(
        "MULTISTAGE2004",
        Error,
        "There are two stages named '{0}': {1}.",
        "Two `ContainerStage` items have the same name, in any casing, or one has the name of a generated stage.",
        "Rename one of them. To add to a generated stage, write `ContainerStep` items with its name as `Stage`, and no `ContainerStage`."
    );

    /// <summary>Stages depend on each other.</summary>
    public static readonly DiagnosticDescriptor StageCycle = new(
        "MULTISTAGE2005",
        Error,
        "The stages {0} depend on each other. Remove one of the links: a BaseImage, a From or an After.",
        "A stage is based on, copies from or is placed after a stage that in turn waits for it.",
        "Move what both need into a separate stage, or copy in one direction only."
    );

    /// <summary>A stage has no base image.</summary>
    public static readonly DiagnosticDescriptor StageBaseMissing = new(
        "MULTISTAGE2006",
        Error,
        "The stage '{0}' has no BaseImage. Write BaseImage=\"<image>\", the name of another stage, or scratch.",
        "A `ContainerStage` has no metadata `BaseImage`.",
        "Say what the stage begins with."
    );

    /// <summary>An item names a stage that is not there.</summary>
    public static readonly DiagnosticDescriptor StageNotFound = new(
        "MULTISTAGE2007",
        Error,
        "{0} '{1}' has {2}=\"{3}\", and there is no such stage. The stages are: {4}.",
        "The metadata `Stage` or `After` names no stage, or `BaseImage` or `From` is almost, but not quite, the name of one. Anything "
            + "else in the latter two is taken as an image.",
        "Use one of the names that the message lists. Give an image whose name is that close to a stage's its tag, such as `name:latest`."
    );

    /// <summary>A stage number is out of range.</summary>
    public static readonly DiagnosticDescriptor StageNumberOutOfRange = new(
        "MULTISTAGE2008",
        Error,
        "{0} '{1}' has {2}=\"{3}\"; the stages before it are {4}. Write a number or, better, a name among them.",
        "The metadata `From` or `BaseImage` is a number, which counts stages from 0 in the order of the project, and no "
            + "stage before the item's own has that number.",
        "Use one of the numbers or names that the message lists."
    );

    /// <summary>A step belongs to no stage.</summary>
    public static readonly DiagnosticDescriptor StepWithoutStage = new(
        "MULTISTAGE2009",
        Error,
        "ContainerStep '{0}' has no Stage. Write Stage=\"<name>\" with one of: {1}.",
        "A `ContainerStep` has no metadata `Stage`.",
        "Say which stage the step belongs to."
    );

    /// <summary>A step has not exactly one instruction.</summary>
    public static readonly DiagnosticDescriptor StepInstructions = new(
        "MULTISTAGE2010",
        Error,
        "ContainerStep '{0}' has {1}; a step is one instruction. Write one of: {2}.",
        "A `ContainerStep` has none of the metadata that stand for instructions, or more than one, or an empty one.",
        "Split the step into several items, which keep their order, or add what is missing."
    );

    /// <summary>An item has metadata that mean nothing.</summary>
    public static readonly DiagnosticDescriptor MetadataUnknown = new(
        "MULTISTAGE2011",
        Error,
        "{0} '{1}' has the metadata '{2}', which means nothing here{3} It takes: {4}.",
        "A metadata name is misspelt, or belongs to another item or instruction, and its value would be lost silently.",
        "Correct or remove it."
    );

    /// <summary>A step has a position that its stage does not have.</summary>
    public static readonly DiagnosticDescriptor StepPosition = new(
        "MULTISTAGE2012",
        Error,
        "ContainerStep '{0}' has {1}; in the stage '{2}' it takes {3}.",
        "`Before` and `After` name generated steps: `restore` and `publish` in `builder`, `app` and `user` in `runtime`. In other stages, "
            + "steps follow the order in the file.",
        "Use one of the positions that the message lists, or leave it out."
    );

    /// <summary>A copy lacks its source or destination.</summary>
    public static readonly DiagnosticDescriptor CopyIncomplete = new(
        "MULTISTAGE2013",
        Error,
        "ContainerStep '{0}' {1}. Write Copy=\"<sources>\" Destination=\"<path>\".",
        "`Copy` or `Add` has no `Destination`, or no source.",
        "Add what is missing. Several sources need a `Destination` that ends in a slash."
    );

    /// <summary>A step copies from outside the build context.</summary>
    public static readonly DiagnosticDescriptor CopyOutsideContext = new(
        "MULTISTAGE2014",
        Error,
        "ContainerStep '{0}' copies '{1}', which is outside the build context '{2}'. Set ContainerBuildContext to a folder that holds "
            + "it, and write the path relative to that.",
        "A source in `Copy`, `Add` or a bind mount leads out of the build context with `..`.",
        "Set `ContainerBuildContext` to a folder further up."
    );

    /// <summary>A step copies what is not there.</summary>
    public static readonly DiagnosticDescriptor CopyNotFound = new(
        "MULTISTAGE2015",
        Error,
        "ContainerStep '{0}' copies '{1}', which is not in the build context '{2}'.",
        "A source in `Copy`, `Add` or a bind mount is not in the build context. Sources are relative to the context and not to the "
            + "project.",
        "Correct the path, or set `From` where the files come from a stage or an image."
    );

    /// <summary>A feature of BuildKit is asked of a daemon without it.</summary>
    public static readonly DiagnosticDescriptor NeedsBuildKit = new(
        "MULTISTAGE2016",
        Error,
        "{0} needs BuildKit, which the Docker daemon does not have. {1}",
        "The daemon has only the classic builder, and a step or the Dockerfile uses a mount, a here-document or a flag that it does not "
            + "know.",
        "Enable BuildKit on the daemon, or write the step without it: one line with `&&` instead of several lines, a `Copy` instead of "
            + "a bind mount."
    );

    /// <summary>A project that is not .NET has nothing to build.</summary>
    public static readonly DiagnosticDescriptor NoStages = new(
        "MULTISTAGE2017",
        Error,
        "'{0}' has no stage. Add ContainerStage and ContainerStep items, or set ContainerDockerfile.",
        "A project whose only SDK is `MultiStage.Build` has neither a `ContainerStage` item nor `ContainerDockerfile`.",
        "Add one of them; a .NET project needs its own SDK before this one."
    );

    /// <summary>Packages are to be installed where nothing can install them.</summary>
    public static readonly DiagnosticDescriptor NoPackageManager = new(
        "MULTISTAGE2018",
        Error,
        "ContainerPackage '{0}' cannot be installed in the stage '{1}': its base image '{2}' has no package manager. Choose a base "
            + "image that has one, or install the package in another stage and copy its files.",
        "Chiseled, distroless and busybox images and `scratch` have no package manager.",
        "Set `ContainerFamily` or `ContainerBaseImage` to an image with a package manager, or set `Stage` to a stage that has one."
    );

    /// <summary>It is not known how packages are installed in an image.</summary>
    public static readonly DiagnosticDescriptor PackageManagerUnknown = new(
        "MULTISTAGE2019",
        Error,
        "ContainerPackage '{0}' cannot be installed: '{1}' does not name its distribution. Write Manager=\"apt\", \"apk\" "
            + "or \"tdnf\".",
        "The package manager follows from the base image's name, and this one is not known.",
        "Say which package manager the image has with the metadata `Manager`."
    );

    /// <summary>A Dockerfile that exists cannot be read.</summary>
    public static readonly DiagnosticDescriptor DockerfileNotUnderstood = new(
        "MULTISTAGE2020",
        Error,
        "The Dockerfile '{0}' cannot be built: {1}.",
        "`ContainerDockerfile` names a file that is not there, that cannot be read, or whose stages make no sense.",
        "Correct the path, which is relative to the project, or the Dockerfile's line that the error is at."
    );

    /// <summary>A build argument is declared nowhere.</summary>
    public static readonly DiagnosticDescriptor BuildArgUnused = new(
        "MULTISTAGE2021",
        Warning,
        "ContainerBuildArg '{0}' is declared by no ARG instruction, so nothing sees it.",
        "A build argument reaches only the stages that declare it, and Docker ignores the others silently.",
        "Write `ARG <name>` in the Dockerfile, or a `ContainerStep` with `Arg` in the stage that uses it; or remove the item."
    );

    /// <summary>A build argument holds a secret.</summary>
    public static readonly DiagnosticDescriptor BuildArgIsSecret = new(
        "MULTISTAGE2065",
        Warning,
        "ContainerBuildArg '{0}' looks like a secret, and a build argument can be read in the image's history and in obj. Make it a "
            + "ContainerSecret.",
        "The name or the value of a `ContainerBuildArg` item is that of a password, a token, a key or a connection string. Builders keep "
            + "arguments with the layers that they made.",
        "Remove the item, add `<ContainerSecret Include=\"name\" Env=\"VARIABLE\" />`, and read `/run/secrets/name` in the step."
    );

    /// <summary>Two properties choose the image's health check.</summary>
    public static readonly DiagnosticDescriptor HealthcheckConflict = new(
        "MULTISTAGE2030",
        Error,
        "{0} are set, but an image has only one health check. Keep one of them.",
        "More than one of `ContainerHealthcheckCommand`, `ContainerHealthcheckProject` and `ContainerHealthcheckPath` is set.",
        "Keep the one that the image should have; `ContainerHealthcheckCommand` set to `none` switches off a base image's check."
    );

    /// <summary>The probe has no port to ask.</summary>
    public static readonly DiagnosticDescriptor NoPortToProbe = new(
        "MULTISTAGE2031",
        Error,
        "ContainerHealthcheckPath is '{0}', but the image exposes no TCP port. Add a ContainerPort item.",
        "`ContainerHealthcheckPath` asks the app over HTTP, and neither a `ContainerPort` item nor the environment says on which port "
            + "it listens.",
        "Add a `ContainerPort` item, or use `ContainerHealthcheckCommand` or `ContainerHealthcheckProject` for an app that is not an HTTP "
            + "server."
    );

    /// <summary>The health check's command needs a shell that the image does not have.</summary>
    public static readonly DiagnosticDescriptor NoShellForHealthcheck = new(
        "MULTISTAGE2032",
        Warning,
        "ContainerHealthcheckCommand is a shell command, and '{0}' has no shell, so the check will fail. Write it as a JSON array "
            + "of words, or use ContainerHealthcheckPath.",
        "A health check written as text runs in `/bin/sh`, which chiseled and distroless images and `scratch` do not have.",
        "Write the command as a JSON array of words, or use `ContainerHealthcheckPath` or `ContainerHealthcheckProject`, which need no "
            + "shell."
    );

    /// <summary>A project to build beside the app is not there.</summary>
    public static readonly DiagnosticDescriptor CompanionMissing = new(
        "MULTISTAGE2033",
        Error,
        "{0} names '{1}', which is not there. Give the project's path, relative to this project.",
        "`ContainerHealthcheckProject` or `ContainerTestProjects` names a project file that does not exist.",
        "Correct the path. It is relative to the project that sets the property."
    );

    /// <summary>Tests are required, and there are none.</summary>
    public static readonly DiagnosticDescriptor NoTestsToRequire = new(
        "MULTISTAGE2034",
        Error,
        "ContainerRequireTests is true, but ContainerTestProjects names no project.",
        "The final image should wait for tests, and there are none.",
        "Set `ContainerTestProjects`, or remove `ContainerRequireTests`."
    );

    /// <summary>A secret is not described in a way that can be used.</summary>
    public static readonly DiagnosticDescriptor SecretUnusable = new(
        "MULTISTAGE2050",
        Error,
        "The ContainerSecret '{0}' {1}. Write Include=\"<id>\" with either Env=\"<variable>\" or Source=\"<file>\".",
        "A `ContainerSecret` has neither `Env` nor `Source`, or both, or an id with a character other than letters, digits, `-`, `_` and "
            + "`.`, or an id that another one has.",
        "Give each secret an id of its own and one place that holds it."
    );

    /// <summary>No step mounts a secret.</summary>
    public static readonly DiagnosticDescriptor SecretUnused = new(
        "MULTISTAGE2051",
        Warning,
        "No step mounts the secret '{0}'. Write RUN --mount=type=secret,id={0} in the step that needs it.",
        "A `ContainerSecret` is given to a build in which no `RUN` asks for it.",
        "Mount it where it is needed, or remove the item."
    );

    /// <summary>A step mounts a secret that nothing gives.</summary>
    public static readonly DiagnosticDescriptor SecretNotGiven = new(
        "MULTISTAGE2052",
        Warning,
        "A step mounts the secret '{0}', and no ContainerSecret gives it. The step runs without it.",
        "A `RUN --mount=type=secret` names an id that no `ContainerSecret` item has.",
        "Add a `ContainerSecret` with that id, or correct the id in the step."
    );
}
