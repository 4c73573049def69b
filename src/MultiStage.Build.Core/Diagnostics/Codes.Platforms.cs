using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

/// <summary>Images for several platforms.</summary>
public static partial class Codes
{
    /// <summary>A step would run on a platform that the builder does not run.</summary>
    public static readonly DiagnosticDescriptor ForeignStep = new(
        "MULTISTAGE3050",
        Error,
        "The image is for {0} too, and the stage '{1}' would run '{2}' there. The builder runs {3} alone, and nothing is emulated. Do it "
            + "in a stage with OnBuildPlatform=\"true\" and copy what it makes, or have ContainerBuilder name a builder with a node of "
            + "each platform.",
        "An image for several platforms has a stage that runs a step, or installs packages, on a platform that no node of the builder has. "
            + "Native AOT compiles on the image's own platform.",
        "Move the step to a `ContainerStage` with `OnBuildPlatform=\"true\"`, and copy from there what is the same on every platform. "
            + "For native code, use a buildx builder with a node of each platform, or publish each platform on a machine of its own."
    );

    /// <summary>An image for several platforms cannot be made this way.</summary>
    public static readonly DiagnosticDescriptor PlatformsCannot = new(
        "MULTISTAGE3051",
        Error,
        "An image for {0} cannot be made this way: {1}.",
        "The project asks for several platforms, and for something that is there for one platform alone.",
        "Follow the message, or choose one platform: `-p:ContainerRuntimeIdentifier=linux-x64`."
    );

    /// <summary>A budget is for a platform that the image does not have.</summary>
    public static readonly DiagnosticDescriptor BudgetPlatformUnknown = new(
        "MULTISTAGE3052",
        Error,
        "ContainerPlatformBudget '{0}' {1}.",
        "A `ContainerPlatformBudget` item names a platform that the image is not for, or metadata that is not a budget's property.",
        "Name a platform of the image, as `linux-arm64` or `linux/arm64`, and give each limit under the name of its property."
    );

    /// <summary>The builder has no room for what the build is asked for.</summary>
    public static readonly DiagnosticDescriptor BuilderCannot = new(
        "MULTISTAGE3053",
        Error,
        "{0}, and the builder of a Docker daemon without the containerd image store cannot do that. Switch the daemon to that store, or "
            + "name another builder in ContainerBuilder: docker buildx create --name multistage",
        "`ContainerCacheTo`, `ContainerProvenance` or `ContainerSbom` needs a builder that keeps more than images of one platform.",
        "Switch the daemon to the containerd image store, or create a builder and set `ContainerBuilder` to its name."
    );
}
