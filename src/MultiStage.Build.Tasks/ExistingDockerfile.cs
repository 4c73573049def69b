using MultiStage.Build.Dockerfiles;
using MultiStage.Build.Facts;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tasks;

/// <summary>A Dockerfile that exists, on its way to the daemon as <c>docker build</c> would send it.</summary>
internal static class ExistingDockerfile
{
    /// <summary>Reads its text.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.DockerfileNotUnderstood"/>.</exception>
    /// <returns>The text.</returns>
    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var why = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message;
            throw Diagnostics.DockerfileNotUnderstood.ErrorAbout("ContainerDockerfile", path, why);
        }
    }

    /// <summary>Prepares its text for the daemon.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Its absolute path, for messages.</param>
    /// <param name="plan">Its stages.</param>
    /// <param name="stage">The one to build.</param>
    /// <param name="hasBuildKit">Whether the daemon has BuildKit.</param>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.NeedsBuildKit"/>, at the line that does.</exception>
    /// <returns>The text as it is, or up to a stage that cannot be asked for by name.</returns>
    public static string ForBuild(string text, string path, BuildPlan plan, Stage stage, bool hasBuildKit)
    {
        if (!hasBuildKit && DockerfileReader.NeedsBuildKit(text) is { } needed)
        {
            throw new MultiStageException(
                Diagnostics.NeedsBuildKit.With($"The Dockerfile uses {needed.Feature}, which", "Enable BuildKit, or write the line without it.") with { Location = new(path, needed.Line, 1) });
        }

        return stage.IsUnnamed ? DockerfileReader.UpTo(text, plan.Stages.IndexOf(stage)) : text;
    }

    /// <summary>The text of the ignore file that counts: the one beside the Dockerfile, else that of the context.</summary>
    /// <param name="path">The Dockerfile's absolute path.</param>
    /// <param name="facts">The facts.</param>
    /// <returns>The text; empty where there is none.</returns>
    public static string IgnoreText(string path, ProjectFacts facts)
    {
        var own = Path.Combine(facts.Closure.Context, ".dockerignore");
        return File.Exists(path + ".dockerignore") || facts.Source is not ImageSource.Dockerfile
            ? File.ReadAllText(path + ".dockerignore")
            : File.Exists(own) ? File.ReadAllText(own) : "";
    }

    /// <summary>Where it lies in the context, so that a <c>COPY . .</c> finds it there.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="facts">The facts.</param>
    /// <returns>The relative path; null for a generated Dockerfile and for one outside the context.</returns>
    public static string? InContext(string path, ProjectFacts facts) =>
        facts.Source is ImageSource.Dockerfile && ContextPath.Contains(facts.Closure.Context, path) ? ContextPath.Relative(facts.Closure.Context, path) : null;
}
