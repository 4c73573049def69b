using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 107x: what a publish has on this machine, and not in the container.
public static partial class Codes
{
    /// <summary>A target runs a command that the SDK image does not have.</summary>
    public static readonly DiagnosticDescriptor CommandNotInImage = new(
        "MULTISTAGE1070",
        Error,
        "A target of the project runs '{0}', which the SDK image does not have. Add to the project: "
            + "<ContainerPackage Include=\"{1}\" Stage=\"builder\" />",
        "A publish on this machine finds the command on the machine. In the container the publish runs in the SDK image, which has the "
            + ".NET SDK, Git and little else.",
        "Install the command with a `ContainerPackage` item or a `ContainerStep` in the stage `builder`, or set `ContainerSdkImage` to an "
            + "image that has it. For tools that npm runs, see the recipes on the page of stages."
    );

    /// <summary>The context's own .dockerignore takes files out of the app.</summary>
    public static readonly DiagnosticDescriptor PublishedFileLeftOut = new(
        "MULTISTAGE1071",
        Warning,
        "Line {0} of .dockerignore ('{1}') leaves out '{2}'{3}: a publish on this machine copies that into the app, and the image goes "
            + "without it. Add the line !{2} below it, or set CopyToPublishDirectory to Never.",
        "A `Content` or `None` item that is published matches a pattern of the context's `.dockerignore`, which was perhaps meant for "
            + "other files of that name.",
        "Add an exception to `.dockerignore`. Where the app shall go without the file, set `CopyToPublishDirectory` of the item to "
            + "`Never`, so that every publish does."
    );
}
