using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 105x: what project files say and nothing reads.
public static partial class Codes
{
    /// <summary>A name is misspelt.</summary>
    public static readonly DiagnosticDescriptor NameMisspelt = new(
        "MULTISTAGE1050",
        Warning,
        "'{0}' is not a property or item that anything reads. Did you mean '{1}'?",
        "A name that begins with `Container`, `MultiStage` or `PublishMultiStage` is one letter away from a known one.",
        "Correct the name. If it is a name of your own, choose another one, or add the code to `NoWarn`."
    );

    /// <summary>A name has no effect on this kind of image.</summary>
    public static readonly DiagnosticDescriptor NameHasNoEffect = new(
        "MULTISTAGE1051",
        Warning,
        "{0} has no effect {1}. {2}.",
        "Some properties and items are about a .NET project whose Dockerfile is generated, and the image is made of stages alone or of a "
            + "Dockerfile that exists.",
        "Write what the message says, and remove the property or item."
    );

    /// <summary>A step of a project of stages alone is overridden by a property or an item.</summary>
    public static readonly DiagnosticDescriptor StepOverridden = new(
        "MULTISTAGE1054",
        Warning,
        "The {1} of ContainerStep '{0}' has no effect: {2} is set, and is written at the end of the final stage.",
        "In a project of stages alone, the final stage has an entry point, a command or a health check both as a step and by a property or "
            + "an item. Docker takes the last one.",
        "Remove the step, or the property or item that the message names."
    );

    /// <summary>A publish folder was asked for.</summary>
    public static readonly DiagnosticDescriptor OutputFolderUnused = new(
        "MULTISTAGE1052",
        Warning,
        "Nothing is written to the folder of -o (PublishDir): the image is the only output. To save it to a file: dotnet publish "
            + "-p:PublishMultiStage=true -p:ContainerArchiveOutputPath=image.tar.gz",
        "`dotnet publish` was called with `-o`, or with the property `PublishDir`.",
        "Leave it out. Set `ContainerArchiveOutputPath` for an archive of the image."
    );

    /// <summary>A file for another tool names a Dockerfile that no checkout has.</summary>
    public static readonly DiagnosticDescriptor ImageFileNamesOutput = new(
        "MULTISTAGE1080",
        Warning,
        "{0} names a Dockerfile below obj for '{1}', which a fresh checkout does not have. Set ContainerDockerfileOutput to a path that "
            + "you commit.",
        "`GenerateMultiStageBake` or `GenerateMultiStageCompose` wrote its file for a project whose Dockerfile is generated into its "
            + "output folder.",
        "Set `ContainerDockerfileOutput`, generate again, and commit the Dockerfile with its ignore file and the file that names it."
    );
}
