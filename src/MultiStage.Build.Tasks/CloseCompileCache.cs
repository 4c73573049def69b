using System.Globalization;
using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Pipeline.InBuilder;

namespace MultiStage.Build.Tasks;

/// <summary>Inside the builder, after a project was compiled: seals what the compiler kept.</summary>
[MSBuildMultiThreadableTask]
public sealed class CloseCompileCache : MultiStageTask
{
    /// <summary>The folder that the compiler had.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>When it was opened.</summary>
    [Required]
    public string Begun { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        Log.LogMessage(
            MessageImportance.High,
            "  {0}: {1}",
            Path.GetFileNameWithoutExtension(ProjectFile),
            CompileCache.Close(Folder, DateTime.Parse(Begun, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)) switch
            {
                true => "compiled, and kept in the compile cache",
                false => "taken from the compile cache",
                null => "compiled, and not kept: this compiler has no cache, or the folder cannot be written",
            }
        );
        return Task.CompletedTask;
    }
}
