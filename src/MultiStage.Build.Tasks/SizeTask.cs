using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tasks;

/// <summary>A task of the size gate, which knows where the project's baseline is.</summary>
public abstract class SizeTask : MultiStageTask
{
    /// <summary><c>ContainerSizeBaseline</c>, absolute or relative to the project.</summary>
    public string Baseline { get; set; } = "";

    /// <summary><c>ContainerSizeBaselineImage</c>; empty where the baseline is a file.</summary>
    public string BaselineImageName { get; set; } = "";

    /// <summary><c>TargetFramework</c>.</summary>
    public string TargetFramework { get; set; } = "";

    /// <summary><c>TargetFrameworks</c>; where there are several, a command has to name one.</summary>
    public string TargetFrameworks { get; set; } = "";

    /// <summary>What the command that accepts a size needs beside the project, to measure an image that something else built; empty for the
    /// project's own.</summary>
    public string AcceptArguments { get; set; } = "";

    /// <summary>The baseline file's absolute path.</summary>
    protected string BaselinePath => Path.GetFullPath(Baseline, Path.GetDirectoryName(ProjectFile)!);

    /// <summary>The repository that the project is in.</summary>
    protected RepositoryFolder Repository => RepositoryFolder.Of(ProjectFile);

    /// <summary>Where the baseline is, and how it is accepted.</summary>
    protected BaselinePlace Place
    {
        get
        {
            var framework = TargetFrameworks.Contains(';', StringComparison.Ordinal) ? $" -p:TargetFramework={TargetFramework}" : "";
            var accept =
                $"dotnet msbuild {Repository.Quoted(ProjectFile)} "
                + $"-t:UpdateMultiStageSizeBaseline{framework}{(AcceptArguments.Length > 0 ? $" {AcceptArguments}" : "")}";
            return BaselineImageName.Length > 0
                ? new BaselinePlace(BaselineImageName, $"push the new image as {BaselineImageName}")
                : new BaselinePlace(Repository.Relative(BaselinePath), accept);
        }
    }

    /// <summary>Writes <c>size.json</c> and, where the report has one, <c>breakdown.json</c>; and copies for people.</summary>
    /// <param name="report">The report.</param>
    protected void Write(SizeReport report)
    {
        SizeFiles.Write(PipelineDirectory, report);
        SizeFiles.Write(Run.Shared, report);
    }

    /// <summary>Finds the baseline: an image, or the baseline file.</summary>
    /// <param name="engine">The daemon that has the image, or pulls it.</param>
    /// <param name="measureAsync">Measures the image, once the daemon has it.</param>
    /// <param name="cancellationToken">Ends the pull.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.BaselineImageUnavailable"/>, or of the file.</exception>
    /// <returns>The baseline; null where there is none.</returns>
    protected async Task<BaselineFound?> FindBaselineAsync(
        Engine engine,
        Func<Task<BaselineFound>> measureAsync,
        CancellationToken cancellationToken
    )
    {
        if (BaselineImageName.Length == 0)
        {
            return ReadBaselineFile();
        }

        try
        {
            await engine.Store.EnsureAsync(BaselineImageName, null, new Progress<BuildEvent>(), cancellationToken);
        }
        catch (MultiStageException e) when (e.Diagnostic.Descriptor == Codes.BaseImageUnavailable)
        {
            throw new MultiStageException(
                Codes.BaselineImageUnavailable.With(BaselineImageName, e.Diagnostic.Message) with
                {
                    About = "ContainerSizeBaselineImage",
                },
                e
            );
        }

        return await measureAsync();
    }

    /// <summary>Reads the baseline file.</summary>
    /// <returns>The baseline; null where there is no such file.</returns>
    protected BaselineFound? ReadBaselineFile() =>
        File.Exists(BaselinePath)
            ? new BaselineFound(
                SizeBaselineFile.Read(
                    PipelineFile.ReadText(BaselinePath, "UpdateMultiStageSizeBaseline"),
                    Place.Source,
                    Place.AcceptCommand
                ),
                Place.Source
            )
            : null;
}
