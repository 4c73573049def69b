using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Reads a closure, with all that its restore needs.</summary>
/// <param name="evaluator">Has MSBuild evaluate the projects.</param>
/// <param name="path">The file that keeps what was found the last time.</param>
/// <param name="project">The project's absolute path.</param>
/// <param name="host">Where this machine keeps SDKs and packages.</param>
internal sealed class ProvenClosure(IClosureEvaluator evaluator, CachedClosure cached, string path, string project, HostFolders host)
{
    /// <summary>A closure of which nothing has to be read, because no stage builds it.</summary>
    /// <returns>The closure, no evaluation, and no warning.</returns>
    public static (ClosureFacts Closure, EvaluatedClosure Evaluated, ImmutableArray<Diagnostic> Warnings) NotRead(ClosureFacts closure) =>
        (closure, new([], "are not read: they are published on this machine"), []);

    /// <param name="configuredContext">The value of <c>ContainerBuildContext</c>, relative to the project; empty for the default.</param>
    /// <returns>The closure, the evaluations it was read from, and warnings.</returns>
    public (ClosureFacts Closure, EvaluatedClosure Evaluated, ImmutableArray<Diagnostic> Warnings) Read(
        string configuredContext,
        CancellationToken cancellationToken
    )
    {
        var evaluated = cached.Get(cancellationToken);
        var context = configuredContext.Length == 0 ? "" : Path.GetFullPath(configuredContext, Path.GetDirectoryName(project)!);
        var asked = evaluated.Read.AddRange(evaluated.Asked.Where(File.Exists));
        var (closure, warnings) = ClosureReader.Read(project, evaluated.Projects, host, context, asked);
        var given = RestoreRecord.GivenBy(cached.Given, closure, evaluated.Projects);
        if (RestoreRecord.Find(path, closure.Context, given) is not { } needs)
        {
            evaluated = evaluated.IsNew ? evaluated : cached.Evaluate("the files of a restore changed", cancellationToken);
            needs = new RestoreProof(evaluator.Trial(closure.Context)).Find(
                closure.RestoreInputs,
                new(closure, host, evaluated.Asked, evaluated.Read.Concat(UserSettings.Files(evaluated)), evaluated.Listings),
                SourceDirectives.WhyAfterSources(closure) ?? Linked(closure) ?? UnknownTask(closure, evaluated)
            );
            PipelineFile.WriteWithoutSecrets(
                path,
                new RestoreRecord(RestoreRecord.GivenBy(cached.Given, closure, evaluated.Projects), needs),
                cached.Secrets
            );
        }

        var (agreed, lost) = OwnIgnoreAgreement.Apply(closure.With(needs), evaluated.Projects);
        return (agreed, evaluated, [.. warnings, .. UserSettings.LeftOut(closure.Context, evaluated), .. lost]);
    }

    // In the restore layer the folder would be one of its own, and not the link.
    private static string? Linked(ClosureFacts closure) =>
        closure
            .RestoreInputs.SelectMany(file => ContextPath.Ancestors(ContextPath.Parent(file)))
            .Distinct(StringComparer.Ordinal)
            .Where(folder => folder.Length > 0 && new DirectoryInfo(Path.Combine(closure.Context, folder)).LinkTarget is not null)
            .Select(folder => $"{folder} is a symbolic link")
            .FirstOrDefault();

    private string? UnknownTask(ClosureFacts closure, EvaluatedClosure evaluated) =>
        evaluated.Projects.FirstOrDefault(one => one.UnknownInRestore is not null && !host.Hold(one.Path)) is { } found
            ? $"{ContextPath.Relative(closure.Context, found.Path)}: {found.UnknownInRestore}"
            : null;
}
