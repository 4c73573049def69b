using static MultiStage.Build.DiagnosticSeverity;

namespace MultiStage.Build;

// 4xxx: measurement and budgets.
public static partial class Diagnostics
{
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
}
