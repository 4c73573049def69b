using System.Collections.Immutable;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Projects.Companions;

/// <summary>The image's health check.</summary>
internal sealed record HealthcheckFacts(HealthcheckKind Kind)
{
    /// <summary>The line for the image's shell.</summary>
    public string Command { get; init; } = "";

    /// <summary>The program and its arguments, for which the image needs no shell.</summary>
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>How the project or the probe is published; null for the other kinds.</summary>
    public HealthcheckProgram? Program { get; init; }

    /// <summary>The time between two checks, as a duration of Docker's; null for Docker's default.</summary>
    public string? Interval { get; init; }

    /// <summary>How long a check may take.</summary>
    public string? Timeout { get; init; }

    /// <summary>How long failures do not count.</summary>
    public string? StartPeriod { get; init; }

    /// <summary>How many failures in a row make the container unhealthy.</summary>
    public int? Retries { get; init; }
}

/// <summary>How a program that checks the app's health is published.</summary>
/// <param name="Name">The name of its assembly.</param>
/// <param name="Runtime">What it needs of the image.</param>
internal sealed record HealthcheckProgram(string Name, HealthcheckRuntime Runtime)
{
    /// <summary>The framework to publish; null where the project has one.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>The project and what it references; null for the probe.</summary>
    public ClosureFacts? Closure { get; init; }
}

/// <summary>What a health check's program needs of the image.</summary>
internal enum HealthcheckRuntime
{
    /// <summary>The <c>dotnet</c> that the app runs on.</summary>
    Shared,

    /// <summary>Nothing: it carries its own runtime.</summary>
    SelfContained,

    /// <summary>Nothing: it is compiled ahead of time.</summary>
    Native,
}
