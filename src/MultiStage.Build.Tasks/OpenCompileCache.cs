using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Pipeline.InBuilder;

namespace MultiStage.Build.Tasks;

/// <summary>Inside the builder, before a project is compiled: finds the folder in which the compiler looks for the output.</summary>
[MSBuildMultiThreadableTask]
public sealed class OpenCompileCache : MultiStageTask
{
    /// <summary><c>MultiStageCompileCache</c>.</summary>
    [Required]
    public string Cache { get; set; } = "";

    /// <summary>Settings of the compiler that its own key leaves out.</summary>
    public string[] Texts { get; set; } = [];

    /// <summary>The files that the compiler reads.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary><c>Analyzer</c> items.</summary>
    public ITaskItem[] Analyzers { get; set; } = [];

    /// <summary><c>NetCoreRoot</c>.</summary>
    public string Sdk { get; set; } = "";

    /// <summary><c>MSBuildWarningsAsErrors</c> that are not <c>WarningsAsErrors</c>, which are errors to MSBuild alone.</summary>
    public string[] WarningsAsErrors { get; set; } = [];

    /// <summary>Whether every warning of the compiler is an error to it, so that an output had none.</summary>
    public bool HasNoWarnings { get; set; }

    /// <summary>The folder; empty where there is none.</summary>
    [Output]
    public string Folder { get; private set; } = "";

    /// <summary>When it was opened.</summary>
    [Output]
    public string Begun { get; private set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        Begun = DateTime.UtcNow.ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        // MSBuild turns a warning into an error after the compiler has succeeded, and the warning does not come again with an output from
        // the cache.
        var fails = !HasNoWarnings && (WarningsAsErrors.Length > 0 || ((IBuildEngine8)BuildEngine).ShouldTreatWarningAsError("CS0000"));
        Folder = fails ? "" : new CompileCache(Cache).Open(CompileInputs.List(Texts, Paths(Files), Paths(Analyzers), Sdk)) ?? "";
        return Task.CompletedTask;
    }

    private static List<string> Paths(ITaskItem[] items) => [.. items.Select(item => item.GetMetadata("FullPath"))];
}
