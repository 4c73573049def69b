using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>What a closure's restore needs, kept with all that it depends on. Written to <c>restore.json</c>.</summary>
/// <param name="Given">What it depends on, as a hash.</param>
internal sealed record RestoreRecord(string Given, RestoreNeeds Needs)
{
    /// <summary>Puts what the needs depend on into one text.</summary>
    /// <param name="closure">The closure, with the files that every restore reads.</param>
    public static string GivenBy(string evaluation, ClosureFacts closure, ImmutableArray<EvaluatedProject> projects) =>
        FileHash.OfText(
            closure
                .RestoreInputs.AsParallel()
                .AsOrdered()
                .Select(file => $"{file} {FileHash.OrEmpty(Path.Combine(closure.Context, file))}")
                .AsEnumerable()
                .Concat(projects.Select(project => $"{project.Path} {project.RestoreView}"))
                .Prepend(closure.Context)
                .Prepend(evaluation)
        );

    /// <summary>Finds what was kept.</summary>
    /// <param name="context">The build context's absolute path.</param>
    /// <param name="given">What the needs depend on now.</param>
    /// <returns>The needs; null where they have to be found again.</returns>
    public static RestoreNeeds? Find(string path, string context, string given)
    {
        try
        {
            var kept = File.Exists(path) ? PipelineFile.Read<RestoreRecord>(path, "GenerateMultiStageDockerfile") : null;
            return kept?.Given == given && kept.Needs.AreThere(context) ? kept.Needs : null;
        }
        catch (MultiStageException)
        {
            // A file of another version, or one that was cut short, says nothing.
            return null;
        }
    }
}
