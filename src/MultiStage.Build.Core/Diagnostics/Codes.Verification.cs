using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 5xxx: verification and tests.
public static partial class Codes
{
    /// <summary>The container did not become healthy.</summary>
    public static readonly DiagnosticDescriptor NotHealthy = new(
        "MULTISTAGE5001",
        Error,
        "'{0}' did not become healthy within {1}; its check says: {2}. The rejected image is {3}; no tag was moved and nothing was pushed.",
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
        "'{0}' ended when it was run: {1}. The rejected image is {2}; no tag was moved and nothing was pushed.",
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
        "Mend the code or the test. The `.trx` files lie in the folder that the line above the errors names."
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
}
