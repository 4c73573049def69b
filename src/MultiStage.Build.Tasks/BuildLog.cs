using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using MultiStage.Build.Engines;

namespace MultiStage.Build.Tasks;

/// <summary>Writes the events of a build to the MSBuild log as they come.</summary>
internal sealed class BuildLog(TaskLoggingHelper log) : IProgress<BuildEvent>
{
    public void Start(string name, string stage, EngineInfo engine) =>
        log.LogMessage(MessageImportance.High, "Building {0} (stage {1}) with Docker {2}", name, stage, engine.ServerVersion);

    public void Report(BuildEvent value)
    {
        switch (value)
        {
            case StepCompleted step:
                log.LogMessage(MessageImportance.High, "  {0} {1}", step.Name, step.Cached ? "cached" : step.Duration);
                break;
            case StepOutput output:
                log.LogMessage(MessageImportance.Normal, "    {0}", output.Text);
                break;
        }
    }

    public void ShowFailure() => log.LogMessage(MessageImportance.Low, "failed");
}
