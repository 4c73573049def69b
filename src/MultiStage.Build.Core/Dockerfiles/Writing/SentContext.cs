using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Sources;

namespace MultiStage.Build.Dockerfiles.Writing;

/// <summary>Decides what of the build context is sent, and what each stage copies of it.</summary>
internal static class SentContext
{
    /// <summary>Decides it.</summary>
    /// <param name="facts">What was read from the project and those that are built beside it.</param>
    /// <param name="projectFile">The project's absolute path.</param>
    /// <param name="scope">The value of <c>ContainerBuildInputScope</c>; empty for the default.</param>
    /// <param name="buildInputs">The <c>ContainerBuildInput</c> items.</param>
    /// <param name="outputFolders">What builds write on this machine, as the project names it.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>, <see cref="Codes.BuildInputMissing"/>.</exception>
    /// <returns>The facts with it, and warnings.</returns>
    public static (ProjectFacts Facts, ImmutableArray<Diagnostic> Warnings) Read(
        ProjectFacts facts,
        string projectFile,
        string scope,
        ImmutableArray<ProjectItem> buildInputs,
        IEnumerable<string> outputFolders
    )
    {
        ArgumentNullException.ThrowIfNull(facts);
        var (context, inputs) = (facts.Closure.Context, Scope(scope));
        if (facts.PublishedFolder is not null && !facts.Companions.Any())
        {
            // Nothing is built of the context: what this machine published is all that is sent, and what steps copy.
            return (facts, []);
        }

        facts = facts with
        {
            Closure = facts.Closure with { NeverSent = [.. NeverSent(facts, Path.GetDirectoryName(projectFile)!, outputFolders)] },
        };
        var (read, root, links) = ContextFactsReader.Read(
            facts,
            inputs,
            [
                .. buildInputs
                    .Select(item => BuildInput(item, projectFile, context))
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ]
        );
        var rules = IgnoreRules.Parse(ContextIgnoreFile.Write(read));
        var sent = new SentFiles(read, root, rules.IsExcluded, (OwnIgnoreFile.Find(context)?.Rules ?? IgnoreRules.None).IsExcluded);
        return (sent.WithSources(), [.. links, .. sent.Warnings()]);
    }

    private static InputScope Scope(string scope) =>
        scope.ToUpperInvariant() switch
        {
            "" or "REPOSITORY" => InputScope.Repository,
            "CLOSURE" => InputScope.Closure,
            _ => throw Codes.ValueNotUnderstood.ErrorAbout(
                "ContainerBuildInputScope",
                "ContainerBuildInputScope",
                scope,
                "Repository or Closure"
            ),
        };

    private static string BuildInput(ProjectItem item, string projectFile, string context)
    {
        var path = Path.TrimEndingDirectorySeparator(
            Path.GetFullPath(item.Include.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(projectFile)!)
        );
        return Path.Exists(path) && ContextPath.Contains(context, path)
            ? ContextPath.Relative(context, path)
            : throw Codes.BuildInputMissing.ErrorAt(item, item.Include, context);
    }

    // A folder that holds projects is more than an output, whatever a property says.
    private static IEnumerable<string> NeverSent(ProjectFacts facts, string folder, IEnumerable<string> outputFolders)
    {
        var projects = facts.Inputs.Projects;
        var known = projects.SelectMany(project => project.OutputFolders).ToList();
        return outputFolders
            .Where(output => output.Length > 0)
            .Select(output =>
                Path.TrimEndingDirectorySeparator(Path.GetFullPath(output.Replace('\\', Path.DirectorySeparatorChar), folder))
            )
            .Where(path => ContextPath.Contains(facts.Closure.Context, path))
            .Select(path => ContextPath.Relative(facts.Closure.Context, path))
            .Where(path => !projects.Any(project => ContextPath.IsBelow(path, project.Folder)) && ContextPath.Nearest(path, known) is null)
            .Concat(facts.Closure.NeverSent)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
    }
}
