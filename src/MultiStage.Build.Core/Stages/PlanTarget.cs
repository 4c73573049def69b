namespace MultiStage.Build.Stages;

/// <summary>What a plan may use of the builder that will run it.</summary>
internal abstract record PlanTarget
{
    private PlanTarget() { }

    /// <summary>BuildKit, which tells the platform to each stage and has linked copies and bind mounts.</summary>
    public sealed record BuildKit : PlanTarget;

    /// <summary>The classic builder.</summary>
    /// <param name="Architecture">The daemon's architecture as platforms name it, such as <c>amd64</c>.</param>
    public sealed record Classic(string Architecture) : PlanTarget;
}
