using static MultiStage.Build.DiagnosticSeverity;

namespace MultiStage.Build;

// 2xxx: stages and Dockerfile.
public static partial class Diagnostics
{
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
}
