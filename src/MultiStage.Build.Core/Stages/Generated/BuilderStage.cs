using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Stages.Generated;

/// <summary>Plans the stage that restores and publishes.</summary>
internal static class BuilderStage
{
    // A daemon's layer stores stop at about 125 layers; far below that, a wall of COPY lines stops being readable.
    private const int MostCopies = 24;

    private const int MostSourceFolders = 8;

    /// <param name="facts">What was read from the project.</param>
    public static Stage Plan(ProjectFacts facts, PlanTarget target)
    {
        var publish = new PublishCommands(facts, target);
        var steps = ImmutableArray.CreateBuilder<Step>();
        if (publish.UsesTargetArchitecture)
        {
            steps.Add(new ArgStep("TARGETARCH"));
        }

        steps.AddRange(BuildTools(facts.Publish, facts.Container.SdkImage));
        steps.AddRange(Variables(facts.Publish.Environment.ForRestore, StepAnchors.Restore));
        steps.AddRange(VariantFiles.Restore(facts, target));
        var (purpose, restoreAndSources) = RestoreAndSources(facts.Closure, facts.Inputs, publish, BuildPlanner.BuilderStage);
        steps.AddRange(restoreAndSources);
        steps.AddRange(
            Variables(
                facts.Publish.Environment.Values.Keys.Except(facts.Publish.Environment.ForRestore, StringComparer.Ordinal),
                StepAnchors.Publish
            )
        );
        steps.AddRange(
            facts.Publish.Stamps.Keys.Order(StringComparer.Ordinal).Select(name => new ArgStep(name) { Anchor = StepAnchors.Publish })
        );
        steps.AddRange(VariantFiles.Publish(facts, target));
        steps.AddRange(Versions(facts.Publish.Git, target));
        steps.Add(
            new ArgStep("SOURCE_DATE_EPOCH")
            {
                Anchor = StepAnchors.Publish,
                Why = "Published files get the date of the sources, so that the same sources make the same image.",
            }
        );
        steps.Add(
            new RunStep(publish.Publish(BuildPlanner.AppFolder, BuildPlanner.PackagesFolder))
            {
                Anchor = StepAnchors.Publish,
                Cache = PublishCommands.CompileCache(facts.Publish, target),
                Secrets = PublishCommands.Secrets(facts),
            }
        );
        return new Stage(BuildPlanner.BuilderStage, facts.Container.SdkImage, purpose, steps.ToImmutable())
        {
            OnBuildPlatform = publish.RunsOnBuildPlatform,
        };
    }

    /// <summary>Plans what a stage that builds the tests begins with, where there is no builder stage to begin with.</summary>
    /// <param name="facts">What was read from the project.</param>
    internal static IEnumerable<Step> ForTests(ProjectFacts facts, PlanTarget target) =>
        [
            .. BuildTools(facts.Publish with { IsAot = false }, facts.Container.SdkImage),
            .. Variables(facts.Publish.Environment.Values.Keys, StepAnchors.Restore),
            .. VariantFiles.Restore(facts, target),
            .. VariantFiles.Publish(facts, target),
        ];

    /// <summary>Plans what a stage that builds needs before anything of the app.</summary>
    internal static IEnumerable<Step> BuildTools(PublishFacts publish, string sdkImage)
    {
        // Compilers and MSBuild run for seconds and do not win back what profiling costs: see "Seconds in the container" in the reference.
        yield return new EnvStep(new NameValue("DOTNET_TieredPGO", "0"));
        // Each command in a new container would look for newer workloads.
        yield return new EnvStep(new NameValue("DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE", "true"));
        if (publish.IsAot && NativeToolchain.For(sdkImage) is { } toolchain)
        {
            yield return toolchain;
        }
    }

    /// <summary>Declares environment variables: an argument is one to every later step, as it is to a publish on this machine.</summary>
    /// <param name="anchor">The step that reads them.</param>
    internal static IEnumerable<Step> Variables(IEnumerable<string> names, string anchor) =>
        names
            .Order(StringComparer.Ordinal)
            .Select(
                (name, index) =>
                    new ArgStep(name)
                    {
                        Anchor = anchor,
                        Why = index == 0 ? "Environment variables that the project reads, passed with the build." : null,
                    }
            );

    private static IEnumerable<Step> Versions(GitVersions git, PlanTarget target)
    {
        IEnumerable<Step> file = git.NeedsNerdbank ? [InlineFile.Plan(NerdbankVersions.Path, NerdbankVersions.Lines, target)] : [];
        return file.Concat(git.Values.Keys.Order(StringComparer.Ordinal).Select(name => new ArgStep(name)))
            .Select(
                (step, index) =>
                    step with
                    {
                        Anchor = StepAnchors.Publish,
                        Why =
                            index == 0
                                ? "There is no Git repository here, so the build passes what Git says of the commit in the environment."
                                : null,
                    }
            );
    }

    /// <summary>Plans the restore, and what it and the build read.</summary>
    /// <param name="context">All that lies in the context.</param>
    /// <returns>Why the stage is as it is, and its steps up to the sources.</returns>
    internal static (string Purpose, ImmutableArray<Step> Steps) RestoreAndSources(
        ClosureFacts closure,
        ClosureFacts context,
        PublishCommands publish,
        string stage
    )
    {
        var folder = new WorkdirStep(GlobalProperties.SourceFolder) { Anchor = StepAnchors.Restore };
        var steps = Before(closure, context, publish.RestoreStep(), [folder], stage);
        return (
            closure.WhyRestoreAfterSources is { } why
                ? $"Restores after the sources, because without them the restore would differ from the one on the host "
                    + $"({OneLine(why)}); then publishes."
                : "Restores from the project files alone, so that a change in the sources does not restore again; then publishes.",
            steps
        );
    }

    // A comment ends with its line.
    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Plans the steps before a build: the files that a restore reads, the restore, and the sources.</summary>
    /// <param name="context">All that lies in the context.</param>
    /// <param name="folder">The step that makes the sources' folder; none in a stage that has it already.</param>
    /// <returns>The steps; the restore is the last one where it cannot be had from its own files alone.</returns>
    internal static ImmutableArray<Step> Before(
        ClosureFacts closure,
        ClosureFacts context,
        RunStep restore,
        ImmutableArray<WorkdirStep> folder,
        string stage
    )
    {
        var inputs = RestoreInputsStage.Files(closure).ToList();
        var feeds = closure.LocalFeeds.Select(feed => ForRestore([BuildPlanner.Folder(feed)], feed));
        restore = Placeholders.Around(restore, closure.Placeholders, beforeSources: folder.Length > 0) with
        {
            Anchor = StepAnchors.Restore,
        };
        var marker = WithoutRepository(closure.Placeholders);
        if (closure.WhyRestoreAfterSources is not null)
        {
            return
            [
                .. folder,
                .. marker,
                .. feeds,
                .. Sources(closure, context, []).Select(step => step with { Anchor = StepAnchors.Restore }),
                restore,
            ];
        }

        var copies = RestoreInputsStage.IsNeededBy(closure)
            ? [RestoreInputsStage.Copy(stage) with { Anchor = StepAnchors.Restore }]
            : inputs
                .GroupBy(ContextPath.Parent, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => ForRestore([.. group], group.Key));
        return
        [
            .. marker,
            .. feeds,
            .. copies,
            restore,
            .. folder.Select(step => step with { Why = "After restore, because this layer changes with every commit." }),
            .. Sources(closure, context, inputs),
        ];
    }

    // The SDK fails on a repository that it cannot read.
    private static IEnumerable<EnvStep> WithoutRepository(ImmutableArray<string> placeholders) =>
        placeholders.Any(LeftOutNames.IsOfGit)
            ?
            [
                new(new NameValue("EnableSourceControlManagerQueries", "false"))
                {
                    Anchor = StepAnchors.Restore,
                    Why = "The .git that projects look for is empty here: the SDK must not read it.",
                },
                new(new NameValue("EnableSourceLink", "false")) { Anchor = StepAnchors.Restore },
            ]
            : [];

    private static CopyStep ForRestore(ImmutableArray<string> sources, string folder) =>
        new(sources, BuildPlanner.Folder($"{GlobalProperties.SourceFolder}/{folder}".TrimEnd('/'))) { Anchor = StepAnchors.Restore };

    // Named folders rather than everything: the reader sees what goes in, and the Dockerfile itself, which travels with the context, stays
    // out.
    private static IEnumerable<Step> Sources(ClosureFacts closure, ClosureFacts context, IEnumerable<string> copied) =>
        closure.Sources.Length == 0 ? Named(closure, context, copied)
        : closure.Sources.Length > MostCopies || closure.Sources.Contains("./") ? [new CopyStep(["."], ".")]
        :
        [
            .. closure.Sources.Where(source => source.EndsWith('/')).Select(folder => new CopyStep([folder], folder)),
            .. closure
                .Sources.Where(source => !source.EndsWith('/'))
                .GroupBy(ContextPath.Parent, StringComparer.Ordinal)
                .Select(files => new CopyStep([.. files], BuildPlanner.Folder(files.Key))),
        ];

    private static IEnumerable<Step> Named(ClosureFacts closure, ClosureFacts context, IEnumerable<string> copied)
    {
        var files = closure
            .OutsideFiles.Concat(closure.RestoreInputs)
            .Except(copied, StringComparer.Ordinal)
            .Where(file => !closure.LocalFeeds.Any(feed => ContextPath.IsBelow(feed, file)))
            .ToLookup(file => ContextPath.Parent(file).Length == 0);
        var folders = closure
            .Projects.Select(project => project.Folder)
            .Concat(files[false])
            .Select(folder => folder.Split('/')[0])
            .Distinct(StringComparer.Ordinal)
            .SelectMany(folder => Apart(folder, closure, context))
            .Order(StringComparer.Ordinal)
            .ToList();
        if (folders.Contains("") || folders.Count > (context.Projects.Length > closure.Projects.Length ? MostCopies : MostSourceFolders))
        {
            return [new CopyStep(["."], ".")];
        }

        var loose = files[true].Order(StringComparer.Ordinal).ToImmutableArray();
        return folders
            .Select(folder => new CopyStep([BuildPlanner.Folder(folder)], BuildPlanner.Folder(folder)))
            .Concat(loose.Length > 0 ? [new CopyStep(loose, "./")] : Enumerable.Empty<CopyStep>());
    }

    // Where projects that are built elsewhere lie beside ours, ours are copied one by one: a changed test must not compile the app again.
    private static IEnumerable<string> Apart(string folder, ClosureFacts closure, ClosureFacts context)
    {
        var others = context.Projects.ExceptBy(
            closure.Projects.Select(project => project.Path),
            project => project.Path,
            StringComparer.Ordinal
        );
        if (folder.Length == 0 || !others.Any(project => ContextPath.Nearest(project.Folder, [folder]) is not null))
        {
            return [folder];
        }

        List<string> own = [.. closure.Projects.Select(project => project.Folder), .. closure.OutsideFiles.Select(ContextPath.Parent)];
        return own.Where(path => ContextPath.Nearest(path, [folder]) is not null)
            .Distinct(StringComparer.Ordinal)
            .Where(path => !own.Any(other => other != path && ContextPath.IsBelow(other, path)));
    }
}
