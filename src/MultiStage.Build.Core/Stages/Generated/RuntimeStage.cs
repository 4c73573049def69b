using System.Collections.Immutable;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Stages.Generated;

/// <summary>Plans the stage that is the image.</summary>
internal static class RuntimeStage
{
    /// <param name="facts">What was read from the project.</param>
    /// <param name="labels">The labels that the Dockerfile carries.</param>
    public static Stage Plan(ProjectFacts facts, ImmutableArray<NameValue> labels, PlanTarget target)
    {
        var container = facts.Container;
        // The test stage has what its builder has, and is there only where the tests passed: the image waits for them without a byte of
        // them. What was published on this machine comes with the context.
        var from =
            facts.RequiresTests ? TestStage.Name
            : facts.PublishedFolder is null ? BuildPlanner.BuilderStage
            : null;
        var (packages, app) = from is null ? HostFolders(facts.PublishedFolder!) : (BuildPlanner.PackagesFolder, BuildPlanner.AppFolder);
        var builder = facts.PublishedFolder is null ? from : container.SdkImage;
        var workdir = container.WorkingDirectory;
        var steps = ImmutableArray.CreateBuilder<Step>();
        if (labels.Length > 0)
        {
            steps.Add(new LabelStep(labels));
        }

        steps.AddRange(container.Environment.Select(variable => new EnvStep(variable)));
        steps.AddRange(container.Ports.Select(port => new ExposeStep(port)));
        steps.AddRange(container.TakenAlong.Select(path => new CopyStep([path], path, builder) { Link = target is PlanTarget.BuildKit }));
        steps.Add(new WorkdirStep(workdir));
        // What changes least comes first.
        steps.Add(Copy(packages) with { Why = "A separate layer for package files, which a change in the sources does not rebuild." });
        steps.Add(Copy(app));
        if (facts.Healthcheck?.Program is not null)
        {
            steps.Add(
                new CopyStep([HealthcheckRules.Folder], HealthcheckRules.Folder, BuildPlanner.HealthcheckerStage)
                {
                    Link = target is PlanTarget.BuildKit,
                }
            );
        }

        if (container.User.Length > 0)
        {
            steps.Add(new UserStep(container.User) { Anchor = StepAnchors.User });
        }

        if (facts.Healthcheck is { } check)
        {
            steps.Add(HealthcheckStep.Of(check));
        }

        if (container.Entrypoint.Length > 0)
        {
            steps.Add(new EntrypointStep(container.Entrypoint));
        }

        // An entry point replaces the base image's command with itself; without one that command would stay, and the SDK clears it.
        if (container.Command.Length > 0 || container.Entrypoint.Length == 0)
        {
            steps.Add(new CommandStep(container.Command));
        }

        return new Stage(
            BuildPlanner.RuntimeStage,
            container.BaseImage,
            facts.PublishedFolder is null
                ? "The app on its base image, without the SDK and the sources."
                : "The app on its base image, published by the machine that builds the image.",
            steps.ToImmutable()
        );

        CopyStep Copy(string folder) =>
            new([BuildPlanner.Folder(folder)], BuildPlanner.Folder(workdir.TrimEnd('/')), from)
            {
                Link = target is PlanTarget.BuildKit,
                Anchor = StepAnchors.App,
            };
    }

    /// <summary>The folders of the context that a publish on this machine fills.</summary>
    /// <param name="published">What both lie in.</param>
    /// <returns>That of packages, and that of the app itself.</returns>
    internal static (string Packages, string App) HostFolders(string published) =>
        ($"{published}/{BuildPlanner.HostPackagesFolder}", $"{published}/{BuildPlanner.HostAppFolder}");
}
