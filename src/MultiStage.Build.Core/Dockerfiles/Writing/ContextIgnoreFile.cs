using MultiStage.Build.Context;
using MultiStage.Build.Projects;

namespace MultiStage.Build.Dockerfiles.Writing;

/// <summary>The ignore file of a generated Dockerfile, with what the context's own <c>.dockerignore</c> leaves out.</summary>
internal static class ContextIgnoreFile
{
    /// <param name="facts">What was read from the project, and of the context.</param>
    public static string Write(ProjectFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var generated = DockerignoreWriter.Write(facts, []);
        return OwnIgnoreFile.Find(facts.Closure.Context) is { } own
            ? DockerignoreWriter.Write(facts, OwnIgnoreFile.Exclusions(facts.Closure.Context, IgnoreRules.Parse(generated), own.Text))
            : generated;
    }
}
