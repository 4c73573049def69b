using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 5xxx: verification and tests.
public static partial class Codes
{
    /// <summary>The container did not become healthy.</summary>
    public static readonly DiagnosticDescriptor NotHealthy = new(
        "MULTISTAGE5001",
        Error,
        "'{0}' did not become healthy within {1}; its last check says: {2}. The rejected image is {3}; no tag was moved and "
            + "nothing was pushed.",
        "`ContainerVerify` ran the image, and its health check did not succeed in the time that its start period, interval, retries and "
            + "timeout allow; the container's log is shown above the error.",
        "Read the log. `docker run` of the rejected image shows the same; give a slow app a longer `ContainerHealthcheckStartPeriod`."
    );

    /// <summary>Nothing answered on the container's ports.</summary>
    public static readonly DiagnosticDescriptor NoAnswer = new(
        "MULTISTAGE5002",
        Error,
        "'{0}' does not answer on {1} within {2}. The rejected image is {3}; no tag was moved and nothing was pushed.",
        "`ContainerVerify` ran the image, and no app listens on any TCP port that it exposes; the container's log is shown above the "
            + "error.",
        "Check that the app listens on all addresses (`http://+:8080`, not `localhost`) of a port that the image exposes; give a slow "
            + "app a longer `ContainerHealthcheckStartPeriod`."
    );

    /// <summary>The container ended.</summary>
    public static readonly DiagnosticDescriptor ContainerEnded = new(
        "MULTISTAGE5003",
        Error,
        "'{0}' exited when it was run: {1}. The rejected image is {2}; no tag was moved and nothing was pushed.",
        "`ContainerVerify` ran the image, and its process ended with an error, or before it was healthy or had answered; the "
            + "container's log is shown above the error.",
        "Read the log. The container gets the image's own environment and nothing else: what the app needs to start has to have a default."
    );

    /// <summary>The container could not be started.</summary>
    public static readonly DiagnosticDescriptor ContainerNotStarted = new(
        "MULTISTAGE5004",
        Error,
        "'{0}' cannot be started: {1}. The rejected image is {2}; no tag was moved and nothing was pushed.",
        "`ContainerVerify` could not start the image: its entry point is not there or cannot be run, or the daemon has no port left.",
        "Check `ContainerEntrypoint`, `ContainerAppCommand` and `ContainerUser`; the daemon's own words are in the message."
    );

    /// <summary>A test failed.</summary>
    public static readonly DiagnosticDescriptor TestFailed = new(
        "MULTISTAGE5005",
        Error,
        "The test {0} failed: {1}",
        "A test of a project in `ContainerTestProjects` failed in the container. Where its source line is known, the error is located "
            + "there.",
        "Fix the code or the test. The `.trx` files lie in the folder that the line above the errors names."
    );

    /// <summary>The tests of a project could not be run.</summary>
    public static readonly DiagnosticDescriptor TestRunFailed = new(
        "MULTISTAGE5006",
        Error,
        "The tests of '{0}' ended with exit code {1} and without a failed test. What they left is in '{2}'.",
        "The test run itself failed in the container: it crashed, or found no test.",
        "Read the step's log, which `-v:normal` shows; `dotnet test` of the project on this machine should say the same."
    );

    /// <summary>A test project cannot write a result file.</summary>
    public static readonly DiagnosticDescriptor NoTestReport = new(
        "MULTISTAGE5007",
        Error,
        "The tests of '{0}' run on Microsoft.Testing.Platform without its extension for .trx files. Add the package "
            + "Microsoft.Testing.Extensions.TrxReport to the project.",
        "The project is a program of Microsoft.Testing.Platform that does not know `--report-trx`, so that its results cannot be read.",
        "Reference `Microsoft.Testing.Extensions.TrxReport`, which the packages `MSTest` and `MSTest.Sdk` bring along."
    );

    /// <summary>ContainerVariants or ContainerVariant name a variant that is not there.</summary>
    public static readonly DiagnosticDescriptor VariantUnknown = new(
        "MULTISTAGE5010",
        Error,
        "{0} names '{1}', which is not a variant of this project. Its variants are {2}.",
        "`ContainerVariants` or `ContainerVariant` has a name that no `ContainerVariant` item has. The project may have removed the "
            + "package's own.",
        "Write one of the names in the message, or add a `ContainerVariant` item of that name with the properties that it sets."
    );

    /// <summary>A ContainerVariant item sets nothing.</summary>
    public static readonly DiagnosticDescriptor VariantEmpty = new(
        "MULTISTAGE5011",
        Error,
        "The ContainerVariant '{0}' sets no property.",
        "A `ContainerVariant` item of the project has no metadata, so that its image would be today's.",
        "Give it the properties that it sets, as metadata: `<ContainerVariant Include=\"small\" PublishTrimmed=\"true\" />`."
    );

    /// <summary>The user's own check fails.</summary>
    public static readonly DiagnosticDescriptor VariantCheckFailed = new(
        "MULTISTAGE5012",
        Error,
        "ContainerVariantCheck fails with exit code {0}: {1}",
        "The command, test project or stage of `ContainerVariantCheck` ran against the container and failed.",
        "Run it against a container of today's image. `CONTAINER_ADDRESS` has the address, `CONTAINER_ID` the container's id."
    );

    /// <summary>Today's image does not work.</summary>
    public static readonly DiagnosticDescriptor NothingToExplore = new(
        "MULTISTAGE5013",
        Error,
        "Today's image {0}. Nothing was explored: a variant can only be compared with an image that works.",
        "`ExploreMultiStageImages` builds and tries out the project's image as it is before any variant, and that one does not work.",
        "Fix it first; `dotnet publish -p:ContainerVerify=true` shows the same with the container's log."
    );

    /// <summary>The variant of a publish cannot be restored or evaluated.</summary>
    public static readonly DiagnosticDescriptor VariantNotPrepared = new(
        "MULTISTAGE5014",
        Error,
        "The variant '{0}' cannot be built: {1}",
        "The project was restored and evaluated with the properties of the variant that `ContainerVariant` names, and that failed.",
        "Publish with the variant's properties instead (`-p:PublishTrimmed=true`): the whole log then shows what is wrong."
    );

    /// <summary>A variant sets what belongs to the publish.</summary>
    public static readonly DiagnosticDescriptor VariantSetsPublish = new(
        "MULTISTAGE5015",
        Error,
        "The variant '{0}' sets {1}, which a variant cannot: it is a setting of the publish and not of the image.",
        "A `ContainerVariant` item has metadata for a budget, or for how the image is built, verified, named or delivered.",
        "Set the property in the project or on the command line; a variant sets what the image is made of."
    );

    /// <summary>The project uses the file that a variant needs.</summary>
    public static readonly DiagnosticDescriptor VariantHookTaken = new(
        "MULTISTAGE5016",
        Error,
        "The variant '{0}' cannot be built: the project sets {1}, which a variant needs to give the project its properties.",
        "A variant's properties reach the project through `BeforeMicrosoftNETSdkTargets`, and the project or the command line names a "
            + "file of its own there.",
        "Import that file at the end of the project instead, or publish with the variant's properties."
    );
}
