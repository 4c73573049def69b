using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Reporting.Ci;

namespace MultiStage.Build.Pipeline;

/// <summary>Reads every budget of the project before anything is built, so that a typo costs no build.</summary>
public sealed class BudgetsTarget(TargetRun run)
{
    /// <summary>The budgets, as the project writes them.</summary>
    public required BudgetProperties Budgets { get; init; }

    /// <summary><c>ContainerSizeBaseline</c>.</summary>
    public required string Baseline { get; init; }

    /// <summary><c>ContainerSizeBaselineImage</c>; empty where the baseline is a file.</summary>
    public required string BaselineImage { get; init; }

    /// <summary><c>TargetFramework</c>.</summary>
    public required string TargetFramework { get; init; }

    /// <summary><c>TargetFrameworks</c>; where there are several, a command has to name one.</summary>
    public required string TargetFrameworks { get; init; }

    /// <summary><c>ContainerImage</c>.</summary>
    public required string Image { get; init; }

    /// <summary><c>ContainerArchive</c>.</summary>
    public required string Archive { get; init; }

    /// <summary><c>ContainerRuntimeIdentifier</c>.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>Runs the target, which writes <c>budgets.json</c> and <c>baseline.json</c>.</summary>
    /// <exception cref="MultiStageException">A budget cannot be understood.</exception>
    public void Run()
    {
        run.Write(PipelineFiles.Budgets, BudgetReader.Read(Budgets));
        var file = run.FullPath(Baseline);
        PipelineFile.Write(
            run.Path(PipelineFiles.Baseline),
            BaselineImage.Length > 0
                ? new BaselineSettings(file, BaselineImage, new(BaselineImage, $"push the new image as {BaselineImage}"))
                : new BaselineSettings(
                    file,
                    null,
                    new(run.Repository.Relative(file), AcceptCommand())
                    {
                        IsRequired = BuildServers.IsOn(Environment.GetEnvironmentVariable),
                    }
                )
        );
    }

    // An image that something else built has to be named again.
    private string AcceptCommand()
    {
        string[] subject =
            Image.Length > 0 ? [$"\"-p:ContainerImage={Image}\""]
            : Archive.Length > 0 ? [$"\"-p:ContainerArchive={Archive}\""]
            : [];
        string[] others =
            subject.Length == 0
                ? []
                :
                [
                    RuntimeIdentifier.Length > 0 ? $"-p:ContainerRuntimeIdentifier={RuntimeIdentifier}" : "",
                    $"\"-p:ContainerSizeBaseline={Baseline}\"",
                ];
        string[] words =
        [
            $"dotnet msbuild {run.Repository.Quoted(run.ProjectFile)} -t:UpdateMultiStageSizeBaseline",
            TargetFrameworks.Contains(';', StringComparison.Ordinal) ? $"-p:TargetFramework={TargetFramework}" : "",
            .. subject,
            .. others,
        ];
        return string.Join(' ', words.Where(word => word.Length > 0));
    }
}
