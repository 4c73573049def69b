using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Pipeline.InBuilder;

namespace MultiStage.Build.Tasks;

/// <summary>Inside the builder, after everything was published: keeps the compile cache within its size.</summary>
[MSBuildMultiThreadableTask]
public sealed class TrimCompileCache : MultiStageTask
{
    /// <summary><c>MultiStageCompileCache</c>.</summary>
    [Required]
    public string Cache { get; set; } = "";

    /// <summary>The size, in bytes.</summary>
    [Required]
    public long Limit { get; set; }

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        new CompileCache(Cache).Trim(Limit);
        return Task.CompletedTask;
    }
}
