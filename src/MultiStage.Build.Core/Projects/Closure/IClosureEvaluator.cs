using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Has MSBuild evaluate projects.</summary>
public interface IClosureEvaluator
{
    /// <summary>The properties that the build was given, by name in any casing, escaped as MSBuild has them.</summary>
    IReadOnlyDictionary<string, string> GlobalProperties { get; }

    /// <summary>Undoes MSBuild's escapes.</summary>
    string Unescape(string value);

    /// <summary>Evaluates a project, or a file-based app that has none, and everything it references.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.EvaluationFailed"/>.</exception>
    /// <returns>An evaluation for each project and target framework, and the absolute paths of all files that were read.</returns>
    (ImmutableArray<EvaluatedProject> Projects, ImmutableArray<string> Files) Evaluate(
        string project,
        FileBasedApp? app,
        IReadOnlyDictionary<string, string> properties,
        HostFolders host,
        FileQueries queries,
        CancellationToken cancellationToken
    );

    /// <summary>Evaluates what was evaluated last once more, where only some files of a context are visible.</summary>
    /// <returns>Compares what a restore then reads with what it reads on this machine.</returns>
    Func<VisibleFiles, RestoreDifference> Trial(string context);
}
