using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using MultiStage.Build.Facts;

namespace MultiStage.Build.Stages;

/// <summary>Plans the stage that restores and publishes.</summary>
internal static class BuilderStage
{
    // A daemon's layer stores stop at about 125 layers; far below that, a wall of COPY lines stops being readable.
    private const int MostCopies = 24;

    private const int MostSourceFolders = 8;

    /// <summary>Plans the stage.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <param name="target">The builder.</param>
    /// <returns>The stage.</returns>
    public static Stage Plan(ProjectFacts facts, PlanTarget target)
    {
        var publish = new PublishCommands(facts, target);
        var steps = ImmutableArray.CreateBuilder<Step>();
        if (publish.UsesTargetArchitecture)
        {
            steps.Add(new ArgStep("TARGETARCH"));
        }

        if (facts.Publish.IsAot && NativeToolchain.For(facts.Container.SdkImage) is { } toolchain)
        {
            steps.Add(toolchain);
        }

        var (purpose, restoreAndSources) = RestoreAndSources(facts.Closure, publish, target);
        steps.AddRange(restoreAndSources);
        steps.AddRange(facts.Publish.Stamps.Keys.Order(StringComparer.Ordinal).Select(name => new ArgStep(name) { Anchor = StepAnchors.Publish }));
        steps.Add(new ArgStep("SOURCE_DATE_EPOCH") { Anchor = StepAnchors.Publish, Why = "What is published is dated by its sources, so that the same sources make the same image." });
        steps.Add(new RunStep(publish.Publish(BuildPlanner.AppFolder, BuildPlanner.PackagesFolder))
        {
            Anchor = StepAnchors.Publish,
            Cache = publish.IsIncremental ? new CacheMount(CacheId(facts.Closure), PublishCommands.CacheFolder) : null,
        });
        return new Stage(BuildPlanner.BuilderStage, facts.Container.SdkImage, purpose, steps.ToImmutable())
        {
            OnBuildPlatform = publish.RunsOnBuildPlatform,
        };
    }

    // One for each set of projects. What is in it is checked by content, so it does no harm where two repositories meet in one.
    private static string CacheId(ClosureFacts closure)
    {
        var name = string.Concat(Path.GetFileNameWithoutExtension(closure.Project).ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' ? c : '-'));
        var projects = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', closure.Projects.Select(project => project.Path).Prepend(closure.Project))));
        return $"multistage-{name}-{Convert.ToHexStringLower(projects)[..8]}";
    }

    private static (string Purpose, ImmutableArray<Step> Steps) RestoreAndSources(ClosureFacts closure, PublishCommands publish, PlanTarget target)
    {
        var groups = closure.RestoreInputs
            .Where(file => !closure.LocalFeeds.Any(feed => ContextPath.IsBelow(feed, file)))
            .GroupBy(ContextPath.Parent, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        var feeds = closure.LocalFeeds.Select(feed => ForRestore([BuildPlanner.Folder(feed)], feed));
        var workdir = new WorkdirStep(GlobalProperties.SourceFolder) { Anchor = StepAnchors.Restore };
        var restore = new RunStep(publish.Restore()) { Anchor = StepAnchors.Restore };
        // BuildKit reads the flags of an instruction byte by byte, so a path beyond ASCII cannot be bound.
        var bound = groups.Count > MostCopies && target is PlanTarget.BuildKit ? groups.Where(group => group.All(file => Ascii.IsValid(file))).ToList() : [];
        var copied = groups.Except(bound).ToList();
        return copied.Count <= MostCopies
            ? (
                "Restores from project files alone, so that a change in the sources restores nothing, then publishes.",
                [
                    .. feeds,
                    .. copied.Select(group => ForRestore([.. group], group.Key)),
                    restore with { Bindings = [.. bound.SelectMany(group => group).Order(StringComparer.Ordinal)] },
                    workdir with { Why = "A build dates this folder by its commit, so that behind it each commit would restore again." },
                    .. Sources(closure, copied.SelectMany(group => group)),
                ])
            : (
                "Restores and publishes. To restore from this many project files alone, the builder would need too many layers.",
                [workdir, .. feeds, .. Sources(closure, []).Select(step => step with { Anchor = StepAnchors.Restore }), restore]);
    }

    private static CopyStep ForRestore(ImmutableArray<string> sources, string folder) =>
        new(sources, BuildPlanner.Folder($"{GlobalProperties.SourceFolder}/{folder}".TrimEnd('/'))) { Anchor = StepAnchors.Restore };

    // Named folders rather than everything: the reader sees what goes in, and the Dockerfile itself, which travels with the context, stays out.
    private static IEnumerable<Step> Sources(ClosureFacts closure, IEnumerable<string> copied)
    {
        var files = closure.OutsideFiles.Concat(closure.RestoreInputs)
            .Except(copied, StringComparer.Ordinal)
            .Where(file => !closure.LocalFeeds.Any(feed => ContextPath.IsBelow(feed, file)))
            .ToLookup(file => ContextPath.Parent(file).Length == 0);
        var folders = closure.Projects.Select(project => project.Folder)
            .Concat(files[false])
            .Select(folder => folder.Split('/')[0])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        if (folders.Contains("") || folders.Count > MostSourceFolders)
        {
            return [new CopyStep(["."], ".")];
        }

        var loose = files[true].Order(StringComparer.Ordinal).ToImmutableArray();
        return folders.Select(folder => new CopyStep([BuildPlanner.Folder(folder)], BuildPlanner.Folder(folder)))
            .Concat(loose.Length > 0 ? [new CopyStep(loose, "./")] : Enumerable.Empty<CopyStep>());
    }
}
