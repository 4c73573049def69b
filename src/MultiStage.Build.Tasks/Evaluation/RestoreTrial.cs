using Microsoft.Build.Evaluation;
using Microsoft.Build.Evaluation.Context;
using Microsoft.Build.Exceptions;
using MultiStage.Build.Context;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks.Evaluation;

/// <summary>Evaluates a closure once more in a folder that holds some files of the context alone, as the restore in the container
/// does.</summary>
/// <param name="context">The build context's absolute path.</param>
/// <param name="nodes">The evaluations on this machine.</param>
/// <param name="app">The project in memory, where a file without one is published; else null.</param>
/// <param name="collection">What holds the text of the tools' own files already.</param>
internal sealed class RestoreTrial(string context, IEnumerable<EvaluatedNode> nodes, FileBasedApp? app, ProjectCollection collection)
{
    private readonly List<EvaluatedNode> _nodes = [.. nodes.Where(node => ContextPath.Contains(context, node.Project.Path))];
    private HashSet<string>? _unstable;

    /// <summary>Compares what a restore would read.</summary>
    /// <param name="visible">What the folder holds.</param>
    /// <returns>How it differs from what a restore reads on this machine.</returns>
    public RestoreDifference Compare(VisibleFiles visible)
    {
        var root = Directory.CreateTempSubdirectory("multistage-").FullName;
        try
        {
            var copy = new ContextCopy(context, root);
            copy.Write(visible, _nodes.SelectMany(node => node.Unsent).Distinct(StringComparer.Ordinal));
            var difference = CompareIn(copy);
            if (difference.IsNone)
            {
                return difference;
            }

            // What differs each time, such as the time of day, differs on one machine too.
            _unstable ??= [.. CompareIn(new ContextCopy(context, context)).Expressions];
            return difference with { Expressions = [.. difference.Expressions.Except(_unstable, StringComparer.Ordinal)] };
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private RestoreDifference CompareIn(ContextCopy copy)
    {
        var evaluation = EvaluationContext.Create(EvaluationContext.SharingPolicy.Shared);
        var differences = _nodes.AsParallel().AsOrdered().Select(node => Compare(node, copy, evaluation)).ToList();
        return new(
            [.. differences.SelectMany(difference => difference.Expressions).Distinct(StringComparer.Ordinal)],
            [.. differences.SelectMany(difference => difference.Missing).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]
        );
    }

    private RestoreDifference Compare(EvaluatedNode node, ContextCopy copy, EvaluationContext evaluation)
    {
        var project = ContextPath.Relative(context, node.Project.Path);
        try
        {
            var view = RestoreView.Of(
                ProjectText.Evaluate(
                    copy.Into(node.Instance.FullPath),
                    app is null ? null : (copy.Into(app.ProjectPath), copy.Into(app.Text)),
                    new()
                    {
                        GlobalProperties = node.Instance.GlobalProperties.ToDictionary(
                            p => p.Key,
                            // The file lies with the run's, and every evaluation reads it there.
                            p => p.Key == VariantFile.Hook ? p.Value : copy.Into(p.Value),
                            StringComparer.OrdinalIgnoreCase
                        ),
                        ProjectCollection = collection,
                        EvaluationContext = evaluation,
                    }
                )
            );
            var differing = view
                .Keys.Union(node.View.Keys, StringComparer.Ordinal)
                .Where(key => !view.TryGetValue(key, out var value) || copy.Back(value) != node.View.GetValueOrDefault(key))
                .ToList();
            var failed = differing
                .Select(key => view.GetValueOrDefault(key, ""))
                .Where(value => value.StartsWith(RestoreView.Failed, StringComparison.Ordinal));
            return new([.. differing.Select(expression => $"{project}: {expression}")], [.. failed.SelectMany(copy.Named)]);
        }
        catch (InvalidProjectFileException exception)
        {
            return new([$"{project}: {copy.Told(exception.BaseMessage)}"], [.. copy.Named(exception.BaseMessage)]);
        }
    }
}
