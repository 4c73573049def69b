using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Companions;

/// <summary>The health check's properties as the project has them; those that are not set are empty.</summary>
public sealed record HealthcheckSettings
{
    /// <summary><c>ContainerHealthcheckCommand</c>.</summary>
    public string Command { get; init; } = "";

    /// <summary><c>ContainerHealthcheckProject</c>.</summary>
    public string Project { get; init; } = "";

    /// <summary><c>ContainerHealthcheckPath</c>.</summary>
    public string Path { get; init; } = "";

    /// <summary><c>ContainerHealthcheckInterval</c>.</summary>
    public string Interval { get; init; } = "";

    /// <summary><c>ContainerHealthcheckTimeout</c>.</summary>
    public string Timeout { get; init; } = "";

    /// <summary><c>ContainerHealthcheckStartPeriod</c>.</summary>
    public string StartPeriod { get; init; } = "";

    /// <summary><c>ContainerHealthcheckRetries</c>.</summary>
    public string Retries { get; init; } = "";

    /// <summary>The version of the app's target framework, such as <c>10.0</c>.</summary>
    public required string FrameworkVersion { get; init; }
}

/// <summary>A project that is built beside the app: for its health check, or to test it.</summary>
/// <param name="Closure">The project and what it references, in the app's build context.</param>
/// <param name="Evaluation">What its own evaluation says.</param>
internal sealed record Companion(ClosureFacts Closure, EvaluatedProject Evaluation);
