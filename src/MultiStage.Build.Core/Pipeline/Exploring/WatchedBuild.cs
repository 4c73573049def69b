using System.Collections.Immutable;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Pipeline.Exploring;

/// <summary>Passes the events of a build on, and picks out the compilers' warnings.</summary>
/// <param name="log">Where the events go.</param>
internal sealed class WatchedBuild(BuildLog log) : IProgress<BuildEvent>
{
    private readonly CompilerWarnings _warnings = new();

    /// <summary>Whether the app was published, and not taken from what the daemon had.</summary>
    public bool HasPublished { get; private set; }

    public ImmutableArray<string> Warnings => _warnings.Lines;

    /// <inheritdoc />
    public void Report(BuildEvent value)
    {
        log.Report(value);
        if (value is StepOutput output)
        {
            _warnings.Read(output.Text);
        }

        HasPublished |= value is StepCompleted { Cached: false } step && step.Name.Contains("dotnet publish", StringComparison.Ordinal);
    }
}
