using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines;

/// <summary>How an engine is spoken to.</summary>
internal sealed record EngineOptions
{
    /// <summary>How long a daemon, a registry or a credential helper may say nothing while it is asked for something.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a daemon may say nothing during a build, where a step may run for long without output.</summary>
    public TimeSpan BuildSilenceLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long to wait before a transfer is tried again for the first time; each further wait is twice as long.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Told what went wrong and did not stop anything.</summary>
    public Action<Diagnostic> Tell { get; init; } = _ => { };
}
