using System.Collections;
using Microsoft.Build.Framework;
using MultiStage.Build.Publishing;

namespace MultiStage.Build.Tasks;

/// <summary>Inside the builder, before anything is built: puts back what an earlier build left.</summary>
public sealed class BeginIncrementalBuild : MultiStageTask
{
    // MSBuild keeps the build from one task to the next; both run in the published project.
    internal const string BuildKey = "MultiStage.Build.IncrementalBuild";

    /// <summary><c>MultiStageBuildCache</c>.</summary>
    [Required]
    public string Cache { get; set; } = "";

    /// <summary>The folder that all sources lie in: the one that <c>dotnet</c> was started in.</summary>
    [Required]
    public string Sources { get; set; } = "";

    /// <summary>Folders whose files take part in a build and do not lie in the sources.</summary>
    public string[] ToolFolders { get; set; } = [];

    /// <summary><c>NETCoreSdkVersion</c>.</summary>
    [Required]
    public string SdkVersion { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(CancellationToken cancellationToken)
    {
        var engine = (IBuildEngine6)BuildEngine;
        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value ?? ""));
        var surroundings = Surroundings.List(engine.GetGlobalProperties(), environment, ToolFolders.Where(folder => folder.Length > 0));
        try
        {
            var (build, outcome) = IncrementalBuild.Begin(
                new BuildStore(Cache), Sources, ProjectFile, [.. surroundings, $"sdk {SdkVersion}"], DateTime.UtcNow);
            engine.RegisterTaskObject(BuildKey, build, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);
            Log.LogMessage(MessageImportance.High, "{0}", outcome);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(Diagnostics.BuildCacheUnusable.With(Cache, e.Message));
        }

        return Task.CompletedTask;
    }
}
