using System.Collections.Immutable;
using System.Text;
using MultiStage.Build.Facts;

namespace MultiStage.Build.Stages;

/// <summary>Turns facts into a plan.</summary>
public static class BuildPlanner
{
    /// <summary>The name of the stage that restores and publishes.</summary>
    public const string BuilderStage = "builder";

    /// <summary>The name of the stage that runs.</summary>
    public const string RuntimeStage = "runtime";

    private const string PublishFolder = "/publish/";

    // A daemon's layer stores stop at about 125 layers; far below that, a wall of COPY lines stops being readable.
    private const int MostCopies = 24;

    private const int MostSourceFolders = 8;

    /// <summary>Plans the image of a project.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <param name="target">The builder.</param>
    /// <returns>The plan.</returns>
    public static BuildPlan Plan(ProjectFacts facts, PlanTarget target)
    {
        var (labels, buildLabels) = SplitLabels(facts.Container);
        return new BuildPlan(facts.Closure.Project, [Builder(facts, target), Runtime(facts.Container, labels, target)])
        {
            // They reach MSBuild's command line through the shell, which takes nothing away.
            BuildArgs = facts.Publish.Stamps.ToImmutableSortedDictionary(stamp => stamp.Key, stamp => MSBuildValue.Escape(stamp.Value), StringComparer.Ordinal),
            Labels = buildLabels,
            TargetFramework = facts.Publish.TargetFramework,
            Platform = facts.Container.Platform,
        };
    }

    private static Stage Builder(ProjectFacts facts, PlanTarget target)
    {
        var publish = new PublishCommands(facts, target);
        var steps = ImmutableArray.CreateBuilder<Step>();
        if (publish.UsesTargetArchitecture)
        {
            steps.Add(new ArgStep("TARGETARCH"));
        }

        steps.Add(new WorkdirStep(GlobalProperties.SourceFolder));
        var (purpose, restoreAndSources) = RestoreAndSources(facts.Closure, publish, target);
        steps.AddRange(restoreAndSources);
        steps.AddRange(facts.Publish.Stamps.Keys.Order(StringComparer.Ordinal).Select(name => new ArgStep(name)));
        steps.Add(new RunStep(publish.Publish(PublishFolder.TrimEnd('/'))));
        return new Stage(BuilderStage, facts.Container.SdkImage, purpose, steps.ToImmutable())
        {
            OnBuildPlatform = publish.RunsOnBuildPlatform,
        };
    }

    private static (string Purpose, ImmutableArray<Step> Steps) RestoreAndSources(ClosureFacts closure, PublishCommands publish, PlanTarget target)
    {
        var groups = closure.RestoreInputs
            .Where(file => !closure.LocalFeeds.Any(feed => ContextPath.IsBelow(feed, file)))
            .GroupBy(ContextPath.Parent, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .ToList();
        var feeds = closure.LocalFeeds.Select(feed => new CopyStep([Folder(feed)], Folder(feed)));
        var restore = new RunStep(publish.Restore());
        // BuildKit reads the flags of an instruction byte by byte, so a path beyond ASCII cannot be bound.
        var bound = groups.Count > MostCopies && target is PlanTarget.BuildKit ? groups.Where(group => group.All(file => Ascii.IsValid(file))).ToList() : [];
        var copied = groups.Except(bound).ToList();
        return copied.Count <= MostCopies
            ? (
                "Restores from project files alone, so that a change in the sources restores nothing, then publishes.",
                [
                    .. feeds,
                    .. copied.Select(group => new CopyStep([.. group], Folder(group.Key))),
                    restore with { Bindings = [.. bound.SelectMany(group => group).Order(StringComparer.Ordinal)] },
                    .. Sources(closure, copied.SelectMany(group => group)),
                ])
            : (
                "Restores and publishes. To restore from this many project files alone, the builder would need too many layers.",
                [.. feeds, .. Sources(closure, []), restore]);
    }

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
        return folders.Select(folder => new CopyStep([Folder(folder)], Folder(folder)))
            .Concat(loose.Length > 0 ? [new CopyStep(loose, "./")] : Enumerable.Empty<CopyStep>());
    }

    private static Stage Runtime(ContainerFacts container, ImmutableArray<NameValue> labels, PlanTarget target)
    {
        var workdir = container.WorkingDirectory;
        var steps = ImmutableArray.CreateBuilder<Step>();
        if (labels.Length > 0)
        {
            steps.Add(new LabelStep(labels));
        }

        steps.AddRange(container.Environment.Select(variable => new EnvStep(variable)));
        steps.AddRange(container.Ports.Select(port => new ExposeStep(port)));
        steps.Add(new WorkdirStep(workdir));
        steps.Add(new CopyStep([PublishFolder], Folder(workdir.TrimEnd('/')), BuilderStage) { Link = target is PlanTarget.BuildKit });
        if (container.User.Length > 0)
        {
            steps.Add(new UserStep(container.User));
        }

        if (container.Entrypoint.Length > 0)
        {
            steps.Add(new EntrypointStep(container.Entrypoint));
        }

        if (container.Command.Length > 0)
        {
            steps.Add(new CommandStep(container.Command));
        }

        return new Stage(RuntimeStage, container.BaseImage, "The app on the base image that it runs on; neither the SDK nor the sources are in it.", steps.ToImmutable());
    }

    // An instruction is one line, and no escape for a line break exists; the daemon takes such labels from the request instead.
    private static (ImmutableArray<NameValue> Labels, ImmutableSortedDictionary<string, string> BuildLabels) SplitLabels(ContainerFacts container)
    {
        var labels = container.Labels.GroupBy(l => l.Name, StringComparer.Ordinal).Select(g => g.Last()).ToList();
        var multiline = labels.Where(label => label.Value.AsSpan().ContainsAny('\r', '\n')).ToList();
        return (
            [.. labels.Except(multiline)],
            container.BuildLabels.Concat(multiline)
                .GroupBy(l => l.Name, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal));
    }

    private static string Folder(string path) => path switch
    {
        "" => "./",
        _ => path + "/",
    };
}
