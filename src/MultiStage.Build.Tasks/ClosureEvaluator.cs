using System.Collections.Immutable;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Exceptions;
using Microsoft.Build.Graph;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Evaluates a project and everything it references, with MSBuild's own project graph.</summary>
internal static class ClosureEvaluator
{
    /// <summary>Evaluates a closure.</summary>
    /// <param name="project">The project's absolute path.</param>
    /// <param name="app">The project in memory, where a file without one is published; else null.</param>
    /// <param name="globalProperties">The properties that the publish has.</param>
    /// <param name="host">Where this machine keeps SDKs and packages.</param>
    /// <param name="queries">The file system.</param>
    /// <param name="collection">Keeps the text of project files.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.EvaluationFailed"/>.</exception>
    /// <returns>An evaluation for each project and target framework.</returns>
    public static ImmutableArray<EvaluatedNode> Evaluate(
        string project,
        FileBasedApp? app,
        IReadOnlyDictionary<string, string> globalProperties,
        HostFolders host,
        FileQueries queries,
        ProjectCollection collection,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var entry = new ProjectGraphEntryPoint(
                app?.ProjectPath ?? project,
                globalProperties.ToDictionary(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase)
            );
            var context = Microsoft.Build.Evaluation.Context.EvaluationContext.Create(
                Microsoft.Build.Evaluation.Context.EvaluationContext.SharingPolicy.Shared,
                new RecordingFileSystem(queries)
            );
            var graph = new ProjectGraph(
                [entry],
                collection,
                (path, properties, projects) =>
                    ProjectText.Evaluate(
                        path,
                        app is null ? null : (app.ProjectPath, app.Text),
                        new()
                        {
                            GlobalProperties = properties,
                            ProjectCollection = projects,
                            EvaluationContext = context,
                        }
                    ),
                Environment.ProcessorCount,
                cancellationToken
            );
            return
            [
                .. graph
                    .ProjectNodes.AsParallel()
                    .AsOrdered()
                    .WithCancellation(cancellationToken)
                    .Select(node => EvaluatedNode.Read(node.ProjectInstance, host, queries, app)),
            ];
        }
        catch (InvalidProjectFileException exception)
        {
            throw Unreadable(project, exception);
        }
        catch (AggregateException exception)
            when (exception.Flatten().InnerExceptions.OfType<InvalidProjectFileException>().FirstOrDefault() is { } first)
        {
            // The graph collects what its threads met; the first is enough to go on.
            throw Unreadable(project, first);
        }
        catch (CircularDependencyException exception)
        {
            throw Codes.EvaluationFailed.Error(project, exception.Message);
        }
    }

    private static MultiStageException Unreadable(string project, InvalidProjectFileException exception) =>
        Codes.EvaluationFailed.Error(
            project,
            exception.LineNumber == 0
                ? exception.BaseMessage
                : $"{exception.ProjectFile}({exception.LineNumber},{exception.ColumnNumber}): {exception.BaseMessage}"
        );
}
