using System.Diagnostics;
using System.Globalization;
using Microsoft.Build.Framework;
using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;

namespace MultiStage.Build.Tasks;

/// <summary>A task over the core: cancelable, and with one canonical line for what goes wrong.</summary>
public abstract class MultiStageTask : Microsoft.Build.Utilities.Task, ICancelableTask, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>The folder of the run's files: a <see cref="PipelineRun"/> below <c>$(IntermediateOutputPath)multistage</c>,
    /// absolute.</summary>
    [Required]
    public string PipelineDirectory { get; set; } = "";

    /// <summary>The project's absolute path.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <inheritdoc />
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc />
    public override bool Execute()
    {
        try
        {
            RunAsync(_cancellation.Token).GetAwaiter().GetResult();
        }
        catch (MultiStageException exception)
        {
            Report(exception.Diagnostic);
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            // MSBuild says itself that the build was cancelled; a task only has to fail.
            return false;
        }

        return !Log.HasLoggedErrors;
    }

    /// <summary>Does the task's work.</summary>
    /// <param name="cancellationToken">Set when the user cancels the build.</param>
    /// <returns>A task that ends with the work.</returns>
    protected abstract Task RunAsync(CancellationToken cancellationToken);

    /// <summary>Logs diagnostics, each at the line of what it is about.</summary>
    /// <param name="diagnostics">The diagnostics.</param>
    protected void Report(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
        {
            Report(diagnostic);
        }
    }

    /// <summary>Logs a diagnostic at the line of what it is about.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="severity">The severity; null for the diagnostic's own.</param>
    protected void Report(Diagnostic diagnostic, DiagnosticSeverity? severity = null)
    {
        var location = diagnostic.Location
            ?? (
                diagnostic.Item is { } item ? SourceLocator.FindItem(ProjectFile, item) : SourceLocator.Find(ProjectFile, diagnostic.About)
            );
        if ((severity ?? diagnostic.Descriptor.Severity) == DiagnosticSeverity.Error)
        {
            Log.LogError(
                null,
                diagnostic.Descriptor.Code,
                null,
                diagnostic.Descriptor.HelpLink,
                location.File,
                location.Line,
                location.Column,
                0,
                0,
                "{0}",
                Text(diagnostic)
            );
        }
        else
        {
            Log.LogWarning(
                null,
                diagnostic.Descriptor.Code,
                null,
                diagnostic.Descriptor.HelpLink,
                location.File,
                location.Line,
                location.Column,
                0,
                0,
                "{0}",
                Text(diagnostic)
            );
        }
    }

    /// <summary>Whether errors and warnings are all that the reader sees.</summary>
    private protected static bool IsTerminal =>
        TerminalLogger.IsOn(Environment.GetCommandLineArgs(), Environment.GetEnvironmentVariable, Console.IsOutputRedirected);

    /// <summary>What a message begins with that a terminal shall show; empty elsewhere.</summary>
    private protected string ForTerminal => IsTerminal ? $"{Path.GetFileNameWithoutExtension(ProjectFile)} -> " : "";

    private static string Text(Diagnostic diagnostic) =>
        IsTerminal && diagnostic.Block is { } block ? LogText.Safe(block) : diagnostic.Message;

    /// <summary>Says at detailed verbosity what was done since the last phase, or since the task began, and how long it took.</summary>
    /// <param name="done">What was done.</param>
    protected void Phase(string done)
    {
        Log.LogMessage(MessageImportance.Low, "  {0} ms  {1}", _clock.ElapsedMilliseconds.ToString(CultureInfo.InvariantCulture), done);
        _clock.Restart();
    }

    /// <summary>The run that this task is a part of.</summary>
    private protected PipelineRun Run => new(PipelineDirectory);

    /// <summary>Writes one of the run's files, and a copy of it for people.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="name">The file's name.</param>
    /// <param name="value">What is written.</param>
    protected void Write<T>(string name, T value)
    {
        PipelineFile.Write(PipelinePath(name), value);
        PipelineFile.Write(SharedPath(name), value);
    }

    /// <summary>The path of a file that is kept from run to run, or that people read.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>Its absolute path.</returns>
    protected string SharedPath(string name) => Path.Combine(Run.Shared, name);

    /// <summary>The path of the Dockerfile to build; its ignore file lies beside it.</summary>
    /// <param name="facts">The facts, which name the one that exists already.</param>
    /// <returns>Its absolute path.</returns>
    protected string DockerfileOf(ProjectFacts facts) => facts.Stages.Dockerfile ?? PipelinePath(PipelineFiles.Dockerfile);

    /// <summary>The path of one of the pipeline's files.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>Its absolute path.</returns>
    protected string PipelinePath(string name) => Path.Combine(PipelineDirectory, name);

    /// <summary>Reads what <c>GenerateMultiStageDockerfile</c> collected.</summary>
    /// <returns>The facts.</returns>
    protected ProjectFacts ReadFacts() =>
        PipelineFile.Read<ProjectFacts>(PipelinePath(PipelineFiles.Facts), "GenerateMultiStageDockerfile");

    /// <summary>Reads what <c>BuildMultiStageImage</c> built.</summary>
    /// <returns>The image.</returns>
    protected BuiltImage ReadImage() => PipelineFile.Read<BuiltImage>(PipelinePath(PipelineFiles.Image), "BuildMultiStageImage");

    /// <summary>Reads the budgets, which were understood before the image was built.</summary>
    /// <returns>The budgets.</returns>
    protected BudgetSettings ReadBudgets() =>
        PipelineFile.Read<BudgetSettings>(PipelinePath(PipelineFiles.Budgets), "BuildMultiStageImage");

    /// <summary>Reads what <c>MeasureMultiStageImage</c> measured.</summary>
    /// <returns>The sizes and verdicts, with the breakdown where one was made.</returns>
    protected SizeReport ReadSize() => SizeFiles.Read(PipelineDirectory);

    /// <summary>Releases what the task holds.</summary>
    /// <param name="disposing">Whether it is called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cancellation.Dispose();
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }
}
