using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 1xxx: project facts and input.
public static partial class Codes
{
    /// <summary>A project with several target frameworks was published without naming one.</summary>
    public static readonly DiagnosticDescriptor SeveralTargetFrameworks = new(
        "MULTISTAGE1001",
        Error,
        "'{0}' targets {1}; an image holds one of them. Choose one: dotnet publish -f {2} -p:PublishMultiStage=true",
        "The project has `TargetFrameworks` and no `TargetFramework` was given.",
        "Add `-f <framework>`, or set `TargetFramework` in the project."
    );

    /// <summary>The .NET SDK is older than the tasks need.</summary>
    public static readonly DiagnosticDescriptor SdkTooOld = new(
        "MULTISTAGE1002",
        Error,
        "MultiStage.Build needs the .NET SDK 10.0.100 or newer; this is {0}. Install it, or check the version in global.json.",
        "The package's tasks run on .NET 10.",
        "Install the .NET 10 SDK. Projects that target older frameworks are published by it as before."
    );

    /// <summary>A file that the build reads is not in the build context.</summary>
    public static readonly DiagnosticDescriptor InputOutsideContext = new(
        "MULTISTAGE1003",
        Error,
        "'{0}', which '{1}' reads, is outside the build context '{2}'. Set ContainerBuildContext to a folder that holds both, such as "
            + "'{3}'.",
        "The container sees only the build context; a file outside it would be missing there.",
        "Set `ContainerBuildContext` to a folder that holds every input, or move the file into the repository."
    );

    /// <summary>The project or one it references could not be evaluated.</summary>
    public static readonly DiagnosticDescriptor EvaluationFailed = new(
        "MULTISTAGE1004",
        Error,
        "The projects that '{0}' needs could not be read: {1}",
        "A project file or one of its imports is missing or malformed.",
        "Fix the file that the message names; `dotnet build` of the project reports the same problem."
    );

    /// <summary>A global property looks like a secret.</summary>
    public static readonly DiagnosticDescriptor SecretNotForwarded = new(
        "MULTISTAGE1005",
        Warning,
        "The property '{0}' looks like a secret and is not passed to the build in the container, where it would stay in the image's "
            + "history.",
        "A property given on the command line has a name such as `ApiKey`, `Password` or `Token`, or a URL with a password as its value.",
        "Nothing to do if only this machine needs it. Otherwise give the container's build what it needs without a secret, or rename the "
            + "property."
    );

    /// <summary>A global property names a path that the container does not have.</summary>
    public static readonly DiagnosticDescriptor PathNotForwarded = new(
        "MULTISTAGE1006",
        Warning,
        "The property '{0}' names '{1}', which is outside the build context, and is not passed to the build in the container.",
        "A property given on the command line has an absolute path as its value, which means nothing inside the container.",
        "Give a path inside the build context, or widen `ContainerBuildContext`."
    );

    /// <summary>Several runtime identifiers cannot be in one image.</summary>
    public static readonly DiagnosticDescriptor SeveralRuntimeIdentifiers = new(
        "MULTISTAGE1007",
        Error,
        "One image cannot be for {0}: {1}. Correct the list, or choose one: -p:ContainerRuntimeIdentifier=linux-x64",
        "`ContainerRuntimeIdentifiers` (or `RuntimeIdentifiers` alone) lists glibc and musl together, or a platform twice.",
        "List one C library, and each platform once. Publish twice, with two tags, for an image on Debian and one on Alpine."
    );

    /// <summary>The image would not run on Linux.</summary>
    public static readonly DiagnosticDescriptor NotLinux = new(
        "MULTISTAGE1008",
        Error,
        "'{0}' is not a Linux runtime identifier. Choose one: dotnet publish -r linux-x64 -p:PublishMultiStage=true",
        "Images are built from Linux base images.",
        "Publish with `-r linux-x64` or `-r linux-arm64`, or set `ContainerRuntimeIdentifier`."
    );

    /// <summary>The build context is not a folder that can be used.</summary>
    public static readonly DiagnosticDescriptor ContextUnusable = new(
        "MULTISTAGE1009",
        Error,
        "ContainerBuildContext '{0}' {1}.",
        "The folder does not exist, or the project is not in it.",
        "Set `ContainerBuildContext` to a folder that holds the project and everything it references, or remove it for the default."
    );

    /// <summary>A property has a value that means nothing.</summary>
    public static readonly DiagnosticDescriptor ValueNotUnderstood = new(
        "MULTISTAGE1010",
        Error,
        "{0} is '{1}'; it takes {2}.",
        "A property has a value outside the ones it takes.",
        "Use one of the values that the message lists."
    );

    /// <summary>A file handed from one stage of the pipeline to the next is missing or damaged.</summary>
    public static readonly DiagnosticDescriptor PipelineFileUnusable = new(
        "MULTISTAGE1011",
        Error,
        "'{0}' cannot be read: {1}. Run the target {2}, which writes it.",
        "A pipeline target was called without the one before it, or the file was edited or cut short.",
        "Run the target that the message names, or publish again."
    );

    /// <summary>A NuGet configuration above the build context does not reach the container.</summary>
    public static readonly DiagnosticDescriptor ConfigurationOutsideContext = new(
        "MULTISTAGE1012",
        Warning,
        "'{0}' applies on this machine but lies above the build context '{1}', so the build in the container does not see it.",
        "A `nuget.config` or `global.json` lies in a folder above the build context.",
        "Set `ContainerBuildContext` to that folder, or move the file into the repository."
    );

    /// <summary>The items for entry point and command contradict each other.</summary>
    public static readonly DiagnosticDescriptor EntrypointConflict = new(
        "MULTISTAGE1013",
        Error,
        "{0}.",
        "`ContainerEntrypoint`, `ContainerEntrypointArgs`, `ContainerAppCommand`, `ContainerAppCommandArgs` and "
            + "`ContainerAppCommandInstruction` are combined in a way that the .NET SDK's container support refuses too.",
        "Set `ContainerAppCommandArgs` for arguments that always apply and `ContainerDefaultArgs` for ones that `docker run` may "
            + "replace; set `ContainerEntrypoint` alone for a program that starts the app."
    );

    /// <summary>A value cannot be written into a Dockerfile.</summary>
    public static readonly DiagnosticDescriptor ValueNotRepresentable = new(
        "MULTISTAGE1014",
        Error,
        "{0} holds {1}, which no Dockerfile instruction can hold there.",
        "A value has a line break, a control character or half of a character, or is longer than a line of a Dockerfile may be. In an "
            + "instruction it would end its line, or come out as something else.",
        "Put the value on one line without control characters, or read it from a file when the app runs."
    );

    /// <summary>A file could not be written.</summary>
    public static readonly DiagnosticDescriptor FileNotWritten = new(
        "MULTISTAGE1015",
        Error,
        "'{0}' could not be written: {1}",
        "The path is a folder, or the folder is not writable, or the disk is full.",
        "Check `ContainerDockerfileOutput`, which takes the path of a file, and the rights on `obj`. A file that was there stays as it was."
    );

    /// <summary>Lock files pin no package for a runtime, and a floating version may then come out otherwise.</summary>
    public static readonly DiagnosticDescriptor FloatingVersionNotLocked = new(
        "MULTISTAGE1016",
        Warning,
        "The lock files pin nothing for a runtime, so the restore in the container may take a newer version of {0} than they say. Set "
            + "RuntimeIdentifiers to {1} in the project and restore again.",
        "A project with a lock file asks for a package by a floating version, and its lock file was made without a runtime identifier.",
        "Set `RuntimeIdentifiers` in the published project and restore, so that its lock file holds them; or ask for a fixed version."
    );

    /// <summary>A project that is not an app was published by itself.</summary>
    public static readonly DiagnosticDescriptor NoImageOfItsOwn = new(
        "MULTISTAGE1020",
        Warning,
        "'{0}' has no image of its own: {1}.",
        "A library, a test project or an app that runs in a browser was published by itself. In a publish of a solution it is "
            + "skipped silently.",
        "Publish what the message names. A program that only looks like a test project sets `IsTestProject` and "
            + "`IsTestingPlatformApplication` to `false`."
    );

    /// <summary>The SDK does not say which project a file-based app has.</summary>
    public static readonly DiagnosticDescriptor FileBasedApp = new(
        "MULTISTAGE1021",
        Error,
        "The .NET SDK does not say which project it makes from '{0}'. Turn the file into a project: dotnet project convert {0}",
        "A C# file without a project was published, and `dotnet run-api`, which editors ask for its project, gave no answer.",
        "Use a newer .NET SDK. Or run `dotnet project convert` and publish the project that it writes; `#:package` and `#:property` "
            + "lines become its references and properties."
    );

    /// <summary>A folder that no project owns makes the context large.</summary>
    public static readonly DiagnosticDescriptor LargeFolderSent = new(
        "MULTISTAGE1040",
        Warning,
        "'{0}' ({1}) belongs to no project and is sent to the builder. If the build does not read it, add the line {0} to "
            + ".dockerignore; if it does, name it in a ContainerBuildInput item.",
        "The publish in the container sees the build context without what other projects own, and a folder of more than 50 MB belongs "
            + "to no project.",
        "Leave the folder out in `.dockerignore`. Where the build reads it, name it in a `ContainerBuildInput` item, which also ends the "
            + "warning."
    );

    /// <summary>The user's ignore file leaves out what the build needs.</summary>
    public static readonly DiagnosticDescriptor LeftOutByIgnoreFile = new(
        "MULTISTAGE1041",
        Error,
        "Line {0} of .dockerignore ('{1}') leaves out '{2}', which '{3}' needs. Add the line !{2} below it.",
        "A project file, an import, a source file or another file that the publish cannot do without matches a pattern of the context's "
            + "`.dockerignore`.",
        "Add the exception that the message names, or narrow the pattern."
    );

    /// <summary>A link leads out of the context.</summary>
    public static readonly DiagnosticDescriptor LinkLeavesContext = new(
        "MULTISTAGE1042",
        Warning,
        "The link '{0}' leads to '{1}', which the container does not have.",
        "A symbolic link in the build context leads out of it, or gives an absolute path of this machine.",
        "Make the link relative and let it lead to a file in the context; or leave it out in `.dockerignore`."
    );

    /// <summary>A file that looks like a secret is sent.</summary>
    public static readonly DiagnosticDescriptor SecretSent = new(
        "MULTISTAGE1043",
        Warning,
        "The project names {0}, which looks like a secret: it is sent to the builder, and may be published into the image.",
        "An item or a property of the project, or a pattern such as the Web SDK's `**/*.json`, names a file whose name suggests a secret.",
        "Take the file out of the items (`<Content Remove=\"secrets.json\" />`) or leave it out in `.dockerignore`, and give the app "
            + "its secret when it runs."
    );

    /// <summary>A file that looks like a secret is not sent.</summary>
    public static readonly DiagnosticDescriptor SecretLeftOut = new(
        "MULTISTAGE1044",
        Warning,
        "Not sent to the builder, because the name looks like a secret's: {0}. If the build reads it, name it in a ContainerBuildInput "
            + "item; if not, leave it out in .dockerignore.",
        "A file that no item and no property names has a name such as `.env`, `*.pem` or `*.key`, and no `.gitignore` leaves it out.",
        "Name the file in a `ContainerBuildInput` item, or add it to `.dockerignore` or `.gitignore`."
    );

    /// <summary>A build input is not there.</summary>
    public static readonly DiagnosticDescriptor BuildInputMissing = new(
        "MULTISTAGE1045",
        Error,
        "ContainerBuildInput names '{0}', which is not in the build context '{1}'.",
        "The path is mistyped, or is not relative to the project, or lies outside the build context.",
        "Write the path relative to the project, and set `ContainerBuildContext` to a folder that holds it."
    );

    /// <summary>A user's settings decide how this machine builds, and the container does not get them.</summary>
    public static readonly DiagnosticDescriptor UserSettingsLeftOut = new(
        "MULTISTAGE1047",
        Warning,
        "Line {0} of .dockerignore, '{1}', leaves out '{2}', which sets {3} on this machine: the image is built without it.",
        "A `.user` file beside a project sets what a build reads, and the context's `.dockerignore` keeps it from the builder.",
        "Move the setting to the project file, or add the file to `.dockerignore` with a `!` in front of it."
    );

    /// <summary>A target asks Git, and no repository is in the container.</summary>
    public static readonly DiagnosticDescriptor GitNotSent = new(
        "MULTISTAGE1048",
        Warning,
        "'{0}' finds no repository in the container, because .git is not sent: what it would say is missing there.",
        "A target of the project, or a package, reads the repository's history with a command. The SDK's own `SourceRevisionId`, MinVer "
            + "and Nerdbank.GitVersioning are given what Git says on this machine.",
        "Take the value from `$(SourceRevisionId)`, or send the repository with a `ContainerBuildInput` item that names its `.git` "
            + "folder, and see that Git is in the builder: `<ContainerPackage Include=\"git\" Stage=\"builder\" />` installs it."
    );

    /// <summary>A step in the container misses a file that this machine has.</summary>
    public static readonly DiagnosticDescriptor InputNotSent = new(
        "MULTISTAGE1046",
        Error,
        "The build in the container looks for '{0}', which is on this machine and was not sent{1}. {2}",
        "A step failed because a file is not in the container: no item names it, or it belongs to another project, or an ignore file "
            + "leaves it out.",
        "Name the file, or the folder that holds it, in a `ContainerBuildInput` item; or change the line of `.dockerignore` that the "
            + "message names."
    );

    /// <summary>A base image has nothing of what the app needs to start.</summary>
    public static readonly DiagnosticDescriptor NothingToStartWith = new(
        "MULTISTAGE1030",
        Warning,
        "ContainerBaseImage is 'scratch', which has no {0}, and the app does not start without it.",
        "Only an app that is compiled ahead of time (`PublishAot`) into a static program (`StaticExecutable`) runs on an empty image.",
        "Set `PublishAot` and `StaticExecutable` to `true`, or choose another `ContainerBaseImage`, or copy what is missing into the image."
    );

    /// <summary>The app is published for another C library than the base image has.</summary>
    public static readonly DiagnosticDescriptor OtherCLibrary = new(
        "MULTISTAGE1031",
        Warning,
        "The app is published for {0}, which is {1}, and '{2}' has {3}: it will not start there.",
        "A runtime identifier was chosen that does not fit the base image. A self-contained app is bound to one C library.",
        "Use `linux-musl-x64` or `linux-musl-arm64` on Alpine and `linux-x64` or `linux-arm64` elsewhere, or choose no runtime "
            + "identifier: it then follows from the base image."
    );

    /// <summary>An app that is compiled ahead of time may need a newer C library than its base image has.</summary>
    public static readonly DiagnosticDescriptor OlderCLibrary = new(
        "MULTISTAGE1032",
        Warning,
        "The builder's C library is newer than the one in '{0}', and an app that is compiled ahead of time may not start there. Set "
            + "ContainerFamily, for example to noble-chiseled.",
        "Native code needs at least the C library that it was linked against. SDK images with a native toolchain are not made for "
            + "distributions this old.",
        "Set `ContainerFamily` to a newer distribution, or `ContainerSdkImage` to an image of that distribution which has the SDK, "
            + "clang and zlib."
    );

    /// <summary>The base image has another user or other ports than its name suggests.</summary>
    public static readonly DiagnosticDescriptor BaseImageIsOther = new(
        "MULTISTAGE1033",
        Warning,
        "'{0}' has {1}, and the image is built accordingly; the Dockerfile was written without looking at it. {2}, so that both "
            + "are the same.",
        "The base image's name does not say what it is. The Dockerfile is written without a daemon: it assumes one of Microsoft's where "
            + "the app needs a .NET runtime, and otherwise one without the variable `APP_UID`.",
        "Set `ContainerUser` and `ContainerPort` as the message says: building the Dockerfile by hand then makes the same image."
    );

    /// <summary>Environment variables that the project reads look like secrets.</summary>
    public static readonly DiagnosticDescriptor SecretVariables = new(
        "MULTISTAGE1034",
        Warning,
        "The project reads environment variables that look like secrets, and the build in the container does not get them, because they "
            + "would stay in the image's history: {0}.",
        "A project file or an import reads a variable with a name such as `API_TOKEN`, or one whose value is a URL with a password, and "
            + "it is set.",
        "Nothing to do if only this machine needs it. Otherwise give the container's build what it needs without a secret, or rename the "
            + "variable."
    );

    /// <summary>Environment variables that the project reads name paths that the container does not have.</summary>
    public static readonly DiagnosticDescriptor VariablesOutsideContext = new(
        "MULTISTAGE1035",
        Warning,
        "The project reads environment variables that name places outside the build context, and the build in the container does not "
            + "get them: {0}.",
        "A project file or an import reads a variable whose value is an absolute path of this machine.",
        "Name a path inside the build context, or widen `ContainerBuildContext`; or let the project do without the variable where it is "
            + "not set."
    );
}
