using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 4030 to 4049: growth over a baseline, and waivers.
public static partial class Codes
{
    /// <summary>The image grew by more than its growth budget allows.</summary>
    public static readonly DiagnosticDescriptor GrowthBudgetBroken = new(
        "MULTISTAGE4030",
        Error,
        "Image '{0}' grew by {1} ({2}) over its baseline of {3}, {4} more than its growth budget of {5}. {6}Accept the new size: {7}. {8}",
        "The image is larger than its baseline by more than `ContainerSizeGrowthBudget` allows; with a percentage and a size, by more "
            + "than both. It was not tagged and not pushed.",
        "Look at what grew, above the error. If the growth is wanted, run the command in the message and commit the baseline."
    );

    /// <summary>The growth budget cannot be read.</summary>
    public static readonly DiagnosticDescriptor GrowthBudgetNotUnderstood = new(
        "MULTISTAGE4031",
        Error,
        "{0} is '{1}', which is not a valid growth: {2}. Write a percentage, a size, or both, such as 5%, 3MB or 5%;3MB.",
        "A budget with a typo would never fail, so it is an error.",
        "Write a percentage with its `%`, a size with its unit, or both with a semicolon between them."
    );

    /// <summary>The baseline file cannot be used.</summary>
    public static readonly DiagnosticDescriptor BaselineUnusable = new(
        "MULTISTAGE4032",
        Error,
        "The size baseline '{0}' cannot be read: {1}. Write it again: {2}",
        "The file that `ContainerSizeBaseline` names was edited by hand, was cut short, or holds the marks of a merge conflict.",
        "Run the command that the message gives, and commit the result."
    );

    /// <summary>There is a growth budget and nothing to compare with.</summary>
    public static readonly DiagnosticDescriptor NoBaseline = new(
        "MULTISTAGE4033",
        Warning,
        "The growth of image '{0}' is not checked: there is no baseline '{1}'. Write the first one: {2}",
        "`ContainerSizeGrowthBudget` is set and there is no baseline yet. It is an error where the environment variable `CI` is set.",
        "Run the command that the message gives and commit the file that it writes."
    );

    /// <summary>The baseline is of something else.</summary>
    public static readonly DiagnosticDescriptor BaselineNotComparable = new(
        "MULTISTAGE4034",
        Warning,
        "Image '{0}' is not compared with its baseline '{1}': {2}. Accept the new size: {3}",
        "The baseline is of another platform, another base image or another definition of size, so a difference would say nothing of "
            + "what the project changed.",
        "Run the command that the message gives. Keep a baseline for each platform with `ContainerSizeBaseline`."
    );

    /// <summary>A waiver lacks something or means nothing.</summary>
    public static readonly DiagnosticDescriptor WaiverNotUnderstood = new(
        "MULTISTAGE4035",
        Error,
        "The ContainerBudgetWaiver '{0}' cannot be used: {1}. It needs Until (such as 2027-03-31), Reason and AllowUpTo.",
        "A waiver lacks its end, its reason or its ceiling, or is for a budget that the project does not have.",
        "Give the item all three, and as its name that of the budget's property, or the name of a path's or a stage's budget."
    );

    /// <summary>A waiver's last day is over.</summary>
    public static readonly DiagnosticDescriptor WaiverExpired = new(
        "MULTISTAGE4036",
        Error,
        "The waiver for {0} ended on {1} (UTC). Its reason was: {2}. {3}",
        "The `Until` of a `ContainerBudgetWaiver` is past. It is an error even where the budget is kept again, so that no waiver outlives "
            + "its reason unnoticed.",
        "Remove the item, or renew it with a new `Until`."
    );

    /// <summary>A budget is broken, and a waiver allows it.</summary>
    public static readonly DiagnosticDescriptor BudgetWaived = new(
        "MULTISTAGE4037",
        Warning,
        "Image '{0}': {1} is {2} over its limit of {3}; waived until {4} (UTC) up to {5}: {6}",
        "The image breaks a budget for which there is a `ContainerBudgetWaiver`, and is below its `AllowUpTo`.",
        "Make the image smaller before the waiver ends."
    );

    /// <summary>The image to compare with is not available.</summary>
    public static readonly DiagnosticDescriptor BaselineImageUnavailable = new(
        "MULTISTAGE4038",
        Error,
        "The image '{0}', which is the size baseline, is not on the daemon and could not be pulled: {1}",
        "`ContainerSizeBaselineImage` names an image that neither the daemon nor its registry has, or the registry cannot be reached or "
            + "asks for a login.",
        "Check the name and `docker login`, or compare with a file instead."
    );
}
