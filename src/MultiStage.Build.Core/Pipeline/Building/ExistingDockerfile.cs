using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Projects;

namespace MultiStage.Build.Pipeline.Building;

/// <summary>A Dockerfile that exists, on its way to the daemon as <c>docker build</c> would send it.</summary>
internal static class ExistingDockerfile
{
    /// <param name="path">Its absolute path.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.DockerfileNotUnderstood"/>.</exception>
    public static string ReadText(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var why = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : exception.Message;
            throw Codes.DockerfileNotUnderstood.ErrorAbout("ContainerDockerfile", path, why);
        }
    }

    /// <summary>Refuses a text that needs BuildKit, for a daemon without it.</summary>
    /// <param name="path">Its absolute path, for messages.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NeedsBuildKit"/>, at the line that does.</exception>
    public static void RequireClassic(string text, string path)
    {
        if (DockerfileReader.NeedsBuildKit(text) is { } needed)
        {
            throw new MultiStageException(
                Codes.NeedsBuildKit.With(
                    $"The Dockerfile uses {needed.Feature}, which",
                    "Enable BuildKit, or write the line without it."
                ) with
                {
                    Location = new(path, needed.Line, 1),
                }
            );
        }
    }

    /// <summary>The text of the ignore file that counts: the one beside the Dockerfile, else that of the context.</summary>
    /// <param name="path">The Dockerfile's absolute path.</param>
    /// <returns>The text; empty where there is none.</returns>
    public static string IgnoreText(string path, ProjectFacts facts)
    {
        var beside = path + OwnIgnoreFile.Name;
        return File.Exists(beside) || facts.Source is not ImageSource.Dockerfile
            ? File.ReadAllText(beside)
            : OwnIgnoreFile.Find(facts.Closure.Context)?.Text ?? "";
    }

    /// <summary>Where it lies in the context, so that a <c>COPY . .</c> finds it there.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <returns>The relative path; null for a generated Dockerfile and for one outside the context.</returns>
    public static string? InContext(string path, ProjectFacts facts) =>
        facts.Source is ImageSource.Dockerfile && ContextPath.Contains(facts.Closure.Context, path)
            ? ContextPath.Relative(facts.Closure.Context, path)
            : null;
}
