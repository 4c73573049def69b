using MultiStage.Build.Projects;

namespace MultiStage.Build.Pipeline.Exploring;

/// <summary>Whether a project runs anything on its base image.</summary>
public static class StepsOnBase
{
    private const string Runtime = "runtime";

    /// <summary>Looks for it.</summary>
    /// <param name="stages">What the project says of stages.</param>
    /// <returns>Whether a step runs in the runtime stage, or packages are added to it.</returns>
    public static bool Any(StageFacts stages) =>
        stages.Packages.Any(package => IsRuntime(package["Stage"]))
        || stages.Steps.Any(step => step["Run"].Length > 0 && IsRuntime(step["Stage"]));

    private static bool IsRuntime(string stage) => stage.Length == 0 || stage.Equals(Runtime, StringComparison.OrdinalIgnoreCase);
}
