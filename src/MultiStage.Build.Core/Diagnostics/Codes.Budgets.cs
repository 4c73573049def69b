using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 4xxx: measurement and budgets.
public static partial class Codes
{
    /// <summary>The image is larger than its total budget.</summary>
    public static readonly DiagnosticDescriptor SizeBudgetBroken = new(
        "MULTISTAGE4001",
        Error,
        "{0} is {1}, {2} ({3}) over its {4} budget. {5}{6}",
        "The image's total size, in unpacked bytes, is above `ContainerSizeBudget`. The image was built and is on the daemon under the "
            + "id in the message, but no tag was moved to it and it was not pushed; with `ContainerSizeBudgetSeverity` set to `warning` it "
            + "is delivered.",
        "Make the image smaller: the breakdown above the error says what is in it. Or raise `ContainerSizeBudget`."
    );

    /// <summary>A budget cannot be read.</summary>
    public static readonly DiagnosticDescriptor BudgetNotUnderstood = new(
        "MULTISTAGE4002",
        Error,
        "{0} is '{1}', which is not a valid size: {2}. Write a number with a unit, such as 120MB, 1.5GiB, or plain bytes.",
        "A budget with a typo would never fail, so it is an error.",
        "Write the size as a positive number with `B`, `kB`, `MB`, `GB`, `KiB`, `MiB` or `GiB`, or as plain bytes. A percentage "
            + "is not a size."
    );

    /// <summary>The image's size could not be measured exactly.</summary>
    public static readonly DiagnosticDescriptor NotMeasured = new(
        "MULTISTAGE4003",
        Error,
        "The size of image {0} could not be measured: {1}",
        "The daemon gave no layer sizes and the image could not be read as an archive.",
        "Check that the image exists on the daemon. A size that is not measured never counts as passed."
    );

    /// <summary>The app adds more to its base image than its budget allows.</summary>
    public static readonly DiagnosticDescriptor AppBudgetBroken = new(
        "MULTISTAGE4004",
        Error,
        "{0} is {1}, {2} ({3}) over its {4} budget. {5}{6}",
        "What the image has beyond its base image is above `ContainerAppSizeBudget`. The base image does not count.",
        "Look at the packages, files and layers in the table above the error, or raise `ContainerAppSizeBudget`."
    );

    /// <summary>A layer is larger than any layer may be.</summary>
    public static readonly DiagnosticDescriptor LayerBudgetBroken = new(
        "MULTISTAGE4005",
        Error,
        "{0} is {1}, {2} ({3}) over its {4} budget. {5}{6}",
        "A layer that is not the base image's is above `ContainerLayerSizeBudget`.",
        "Split the layer, or make what it copies or installs smaller; or raise `ContainerLayerSizeBudget`."
    );

    /// <summary>The image has more layers than it may have.</summary>
    public static readonly DiagnosticDescriptor LayerCountBudgetBroken = new(
        "MULTISTAGE4006",
        Error,
        "{0} is {1}, {2} ({3}) over its {4} budget. {5}{6}",
        "The image has more layers, those of its base image among them, than `ContainerLayerCountBudget` allows.",
        "Join steps, or take a base image with fewer layers; or raise `ContainerLayerCountBudget`."
    );

    /// <summary>The image takes more to pull than its budget allows.</summary>
    public static readonly DiagnosticDescriptor CompressedBudgetBroken = new(
        "MULTISTAGE4007",
        Error,
        "{0} is {1}, {2} ({3}) over its {4} budget. {5}{6}",
        "The sum of the compressed layers is above `ContainerCompressedSizeBudget`: exactly, or, where the layers were compressed here "
            + "to estimate it, by more than the estimate can be wrong.",
        "Make the image smaller, or raise `ContainerCompressedSizeBudget`."
    );

    /// <summary>The image carries more unseen bytes than it may.</summary>
    public static readonly DiagnosticDescriptor WastedBudgetBroken = new(
        "MULTISTAGE4008",
        Error,
        "{0} is {1}, {2} ({3}) over its {4} budget. {5}{6}",
        "Layers overwrite, delete or hide more bytes of the layers below than `ContainerWastedSizeBudget` allows; they are still stored "
            + "and pulled.",
        "Delete a file in the step that makes it; set owner and mode while copying (`--chown`, `--chmod`) and not afterwards; or raise "
            + "`ContainerWastedSizeBudget`."
    );

    /// <summary>Files take more than their budget allows.</summary>
    public static readonly DiagnosticDescriptor PathBudgetBroken = new(
        "MULTISTAGE4009",
        Error,
        "{0} is {1}, {2} ({3}) over its {4} budget. {5}{6}",
        "The files that the `Path` of a `ContainerPathBudget` item matches are together larger than its `Max`.",
        "Make the files smaller or fewer; or raise `Max`."
    );

    /// <summary>The image of a stage is larger than it may be.</summary>
    public static readonly DiagnosticDescriptor StageBudgetBroken = new(
        "MULTISTAGE4010",
        Error,
        "{0} is {1}, {2} ({3}) over its {4} budget. {5}{6}",
        "The image of a stage by itself, in unpacked bytes, is above the `Max` of its `ContainerStageBudget` item.",
        "Make the stage smaller; or raise `Max`."
    );

    /// <summary>A budget is nearly used up.</summary>
    public static readonly DiagnosticDescriptor BudgetNear = new(
        "MULTISTAGE4011",
        Warning,
        "{0} is {1}, {2} of its {3} budget. Warnings begin at {4} (ContainerSizeBudgetWarnAt).",
        "A value is above the point that `ContainerSizeBudgetWarnAt` sets, and not above its budget.",
        "Make it smaller before it breaks the budget, or move `ContainerSizeBudgetWarnAt`."
    );

    /// <summary>A budget depends on what could not be measured.</summary>
    public static readonly DiagnosticDescriptor BudgetNotMeasured = new(
        "MULTISTAGE4012",
        Error,
        "{0} cannot be checked: {1} was not measured, because {2}. {3}",
        "What a budget limits could not be measured. Such a budget never counts as kept.",
        "The message says what is missing: pull the base image, or give the budget a path that lies in the app's folder."
    );

    /// <summary>An item that sets a budget lacks metadata.</summary>
    public static readonly DiagnosticDescriptor BudgetIncomplete = new(
        "MULTISTAGE4013",
        Error,
        "The {0} item '{1}' has no {2}. Write {2}=\"{3}\" or the like.",
        "A `ContainerPathBudget` item needs `Path` and `Max`, a `ContainerStageBudget` item `Max`.",
        "Add the metadata that the message names. A path in `Include` would be taken for files on this machine."
    );

    /// <summary>Two items set a budget for one thing.</summary>
    public static readonly DiagnosticDescriptor BudgetTwice = new(
        "MULTISTAGE4014",
        Error,
        "There are two {0} items '{1}', so it is not clear which limit applies. Remove one, or give it another name.",
        "Two `ContainerPathBudget` or two `ContainerStageBudget` items have the same name.",
        "Remove one of them, or rename it."
    );

    /// <summary>The point where warnings begin makes no sense.</summary>
    public static readonly DiagnosticDescriptor WarnAtUnusable = new(
        "MULTISTAGE4015",
        Error,
        "ContainerSizeBudgetWarnAt is '{0}', and {1}. Write a percentage such as 90%, or a size below ContainerSizeBudget.",
        "`ContainerSizeBudgetWarnAt` is neither a percentage between 0 and 100 nor a size below `ContainerSizeBudget`, or there "
            + "is no budget.",
        "Set it to a percentage, which holds for every budget, or to a size below `ContainerSizeBudget`; or remove it."
    );

    /// <summary>An estimate is too close to its budget to tell.</summary>
    public static readonly DiagnosticDescriptor BudgetUnsure = new(
        "MULTISTAGE4016",
        Warning,
        "{0} is {1}, too close to its {2} budget to tell: the layers were compressed here, which is right within 5 %. After a push the "
            + "registry is asked for the exact size.",
        "The pull size was estimated by compressing the layers here, and the limit lies within the estimate's error.",
        "Push the image, after which the registry's own figures are checked, see `MULTISTAGE4007`; or leave more room."
    );

    /// <summary>An archive cannot be measured.</summary>
    public static readonly DiagnosticDescriptor ArchiveUnusable = new(
        "MULTISTAGE4017",
        Error,
        "The archive '{0}' cannot be measured: {1}.",
        "`ContainerArchive` names a file that is missing, is not an image archive, is cut short, or has no image for the platform.",
        "Write it with `docker save` or a builder's `docker` or `oci` output; choose a platform with `ContainerRuntimeIdentifier`."
    );

    /// <summary>Two images were named to be measured.</summary>
    public static readonly DiagnosticDescriptor TwoSubjects = new(
        "MULTISTAGE4018",
        Error,
        "Both ContainerImage ('{0}') and ContainerArchive ('{1}') are set. Set only the one that is to be measured.",
        "`ContainerImage` and `ContainerArchive` are set together.",
        "Set one of them."
    );

    /// <summary>An image that something else built was to be delivered.</summary>
    public static readonly DiagnosticDescriptor ForeignDelivery = new(
        "MULTISTAGE4019",
        Error,
        "{0} names an image that something else built: it is measured and gated, and never tagged, pushed or saved. Run the target "
            + "EnforceMultiStageSizeBudgets, or leave {0} empty to build this project's own image.",
        "`ContainerImage` or `ContainerArchive` is set and the project is published.",
        "Run `dotnet msbuild -t:MeasureMultiStageImage` or `-t:EnforceMultiStageSizeBudgets`; or remove the property."
    );

    /// <summary>A path budget limits no file.</summary>
    public static readonly DiagnosticDescriptor PathMatchesNothing = new(
        "MULTISTAGE4021",
        Warning,
        "ContainerPathBudget '{0}' limits nothing: no file of image '{2}' matches Path=\"{1}\".",
        "The `Path` of a `ContainerPathBudget` item is misspelt, or its files are gone from the image, so the budget can never be broken.",
        "Correct `Path`, which is a path inside the image such as `/app/wwwroot/**`, or remove the item."
    );

    /// <summary>The exact pull size of a pushed image cannot be learned.</summary>
    public static readonly DiagnosticDescriptor PullSizeUnknown = new(
        "MULTISTAGE4020",
        Warning,
        "The exact pull size of '{0}' is not known: {1}. It was pushed, and its budget was checked against the estimate alone.",
        "The image was pushed, `ContainerCompressedSizeBudget` is set, and the registry did not say what it stores " + "of the image.",
        "Let this machine read from the registry as the daemon does: the same network, and credentials that may pull."
    );

    /// <summary>The image to measure is not available.</summary>
    public static readonly DiagnosticDescriptor MeasuredImageUnavailable = new(
        "MULTISTAGE4022",
        Error,
        "There is no image to measure. {0}",
        "`ContainerImage` names an image that neither the daemon nor its registry has, or the registry asks for a login.",
        "Check the name, or run the command in the message."
    );
}
