using System.Collections.Immutable;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Exceptions;
using Microsoft.Build.Execution;
using Microsoft.Build.Graph;
using MultiStage.Build.Facts;

namespace MultiStage.Build.Tasks;

/// <summary>Evaluates a project and everything it references, with MSBuild's own project graph.</summary>
internal static class ClosureEvaluator
{
    // Files that a build reads and that a property names instead of an item.
    private static readonly string[] FileProperties =
    [
        "AssemblyOriginatorKeyFile", "ApplicationIcon", "ApplicationManifest", "CodeAnalysisRuleSet", "Win32Resource", "Win32Manifest",
        "StartupObjectFile", "DocumentationTemplate", "NuspecFile", "NuGetLockFilePath", "TrimmerRootDescriptor", "IlcRdXmlFilePath",
    ];

    private static readonly string[] OutputProperties =
        ["BaseOutputPath", "BaseIntermediateOutputPath", "MSBuildProjectExtensionsPath", "OutDir", "IntermediateOutputPath", "PublishDir"];

    /// <summary>Evaluates a closure.</summary>
    /// <param name="project">The project's absolute path.</param>
    /// <param name="globalProperties">The properties that the publish has.</param>
    /// <param name="cancellationToken">Ends the evaluation.</param>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.EvaluationFailed"/>.</exception>
    /// <returns>An evaluation for each project and target framework.</returns>
    public static ImmutableArray<EvaluatedProject> Evaluate(
        string project, IReadOnlyDictionary<string, string> globalProperties, CancellationToken cancellationToken)
    {
        using var collection = new ProjectCollection();
        try
        {
            var entry = new ProjectGraphEntryPoint(project, globalProperties.ToDictionary(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase));
            var context = Microsoft.Build.Evaluation.Context.EvaluationContext.Create(
                Microsoft.Build.Evaluation.Context.EvaluationContext.SharingPolicy.Shared);
            var graph = new ProjectGraph(
                [entry],
                collection,
                (path, properties, projects) => ProjectInstance.FromFile(
                    path,
                    new() { GlobalProperties = properties, ProjectCollection = projects, EvaluationContext = context }),
                Environment.ProcessorCount,
                cancellationToken);
            return [.. graph.ProjectNodes.AsParallel().WithCancellation(cancellationToken).Select(node => Read(node.ProjectInstance))];
        }
        catch (InvalidProjectFileException exception)
        {
            throw Unreadable(project, exception);
        }
        catch (AggregateException exception) when (exception.Flatten().InnerExceptions.OfType<InvalidProjectFileException>().FirstOrDefault() is { } first)
        {
            // The graph collects what its threads met; the first is enough to go on.
            throw Unreadable(project, first);
        }
        catch (CircularDependencyException exception)
        {
            throw Diagnostics.EvaluationFailed.Error(project, exception.Message);
        }
    }

    private static MultiStageException Unreadable(string project, InvalidProjectFileException exception) =>
        Diagnostics.EvaluationFailed.Error(
            project, exception.LineNumber == 0 ? exception.BaseMessage : $"{exception.ProjectFile}({exception.LineNumber},{exception.ColumnNumber}): {exception.BaseMessage}");

    private static EvaluatedProject Read(ProjectInstance project)
    {
        var outputs = OutputProperties
            .Select(name => project.GetPropertyValue(name))
            .Where(value => value.Length > 0)
            .Select(value => Path.TrimEndingDirectorySeparator(FullPath(project, value)))
            .Where(folder => folder != Path.TrimEndingDirectorySeparator(project.Directory))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return new EvaluatedProject(Path.GetFullPath(project.FullPath))
        {
            Imports = [.. project.ImportPaths.Select(Path.GetFullPath)],
            // A folder that lies in another one of the list adds nothing.
            OutputFolders = [.. outputs.Where(folder => !outputs.Any(other => other != folder && ContextPath.Contains(other, folder)))],
            Files = [.. Files(project).Distinct(StringComparer.Ordinal)],
        };
    }

    // Files in the project's own folder come with the folder; only those elsewhere have to be asked for.
    private static IEnumerable<string> Files(ProjectInstance project)
    {
        var items = project.Items
            .Where(item => item.ItemType is not ("ProjectReference" or "_ProjectReferenceByAssembly" or "Reference" or "Folder") || item.HasMetadata("HintPath"))
            .Select(item => item.GetMetadataValue("HintPath") is { Length: > 0 } hint ? hint : item.EvaluatedInclude);
        return items.Concat(FileProperties.Select(project.GetPropertyValue))
            .Where(path => path.Length > 0 && (path.Contains("..", StringComparison.Ordinal) || Path.IsPathFullyQualified(path)))
            .Select(path => FullPath(project, path))
            .Where(path => !ContextPath.Contains(project.Directory, path) && File.Exists(path));
    }

    private static string FullPath(ProjectInstance project, string path) =>
        Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), project.Directory);
}
