using System.Collections.Immutable;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Exceptions;
using Microsoft.Build.Graph;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks.Evaluation;

/// <summary>Evaluates with MSBuild's own project graph.</summary>
/// <param name="globals">The properties that the build was given.</param>
internal sealed class ClosureEvaluator(IReadOnlyDictionary<string, string> globals) : IClosureEvaluator, IDisposable
{
    // Keeps the text of project files.
    private readonly ProjectCollection _collection = new();
    private ImmutableArray<EvaluatedNode> _nodes = [];
    private FileBasedApp? _app;

    /// <inheritdoc />
    public IReadOnlyDictionary<string, string> GlobalProperties => globals;

    /// <inheritdoc />
    public string Unescape(string value) => ProjectCollection.Unescape(value);

    /// <inheritdoc />
    public (ImmutableArray<EvaluatedProject> Projects, ImmutableArray<string> Files) Evaluate(
        string project,
        FileBasedApp? app,
        IReadOnlyDictionary<string, string> properties,
        HostFolders host,
        FileQueries queries,
        CancellationToken cancellationToken
    )
    {
        _app = app;
        _nodes = Nodes(project, app, properties, host, queries, cancellationToken);
        return (
            [.. _nodes.Select(node => node.Project)],
            [
                .. _nodes
                    .SelectMany(node => node.Instance.ImportPaths.Append(node.Instance.FullPath).Concat(node.Project.DirectiveFiles))
                    .Select(Path.GetFullPath)
                    .Distinct(StringComparer.Ordinal),
            ]
        );
    }

    /// <inheritdoc />
    public Func<VisibleFiles, RestoreDifference> Trial(string context) => new RestoreTrial(context, _nodes, _app, _collection).Compare;

    /// <inheritdoc />
    public void Dispose() => _collection.Dispose();

    private ImmutableArray<EvaluatedNode> Nodes(
        string project,
        FileBasedApp? app,
        IReadOnlyDictionary<string, string> properties,
        HostFolders host,
        FileQueries queries,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var entry = new ProjectGraphEntryPoint(
                app?.ProjectPath ?? project,
                properties.ToDictionary(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase)
            );
            var context = Microsoft.Build.Evaluation.Context.EvaluationContext.Create(
                Microsoft.Build.Evaluation.Context.EvaluationContext.SharingPolicy.Shared,
                new RecordingFileSystem(queries)
            );
            var graph = new ProjectGraph(
                [entry],
                _collection,
                (path, given, projects) =>
                    ProjectText.Evaluate(
                        path,
                        app is null ? null : (app.ProjectPath, app.Text),
                        new()
                        {
                            GlobalProperties = given,
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
