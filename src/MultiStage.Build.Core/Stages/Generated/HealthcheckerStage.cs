using System.Collections.Immutable;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Stages.Generated;

/// <summary>Plans the stage that builds what the image's health check runs.</summary>
internal static class HealthcheckerStage
{
    // In full everywhere: a build dates the folder of a WORKDIR by its commit, so that each commit would publish the probe again.
    private const string ProbeFolder = "/healthchecker/";

    /// <param name="facts">What was read from the project.</param>
    /// <returns>The stage; none where the image has all that its check runs.</returns>
    public static ImmutableArray<Stage> Plan(ProjectFacts facts, PlanTarget target)
    {
        if (facts.Healthcheck?.Program is not { } program)
        {
            return [];
        }

        var own = facts with { Closure = program.Closure ?? facts.Closure, Publish = Publish(program, facts.Publish) };
        var commands = new PublishCommands(own, target);
        var steps = ImmutableArray.CreateBuilder<Step>();
        if (commands.UsesTargetArchitecture && (program.Closure is not null || program.Runtime is not HealthcheckRuntime.Shared))
        {
            steps.Add(new ArgStep("TARGETARCH"));
        }

        steps.AddRange(BuilderStage.BuildTools(own.Publish, facts.Container.SdkImage));
        steps.AddRange(program.Closure is { } closure ? OfProject(closure, facts, commands) : OfProbe(program, facts, commands, target));
        return
        [
            .. program.Closure is { } inputs
                ? RestoreInputsStage.Plan(inputs, BuildPlanner.HealthcheckerStage, facts.Container.SdkImage, target)
                : [],
            new Stage(
                BuildPlanner.HealthcheckerStage,
                facts.Container.SdkImage,
                program.Closure is null
                    ? "The program that checks the app's health over HTTP: the image needs no shell and no curl for it."
                    : "The program that checks the app's health, in a separate stage.",
                steps.ToImmutable()
            )
            {
                OnBuildPlatform = commands.RunsOnBuildPlatform,
            },
        ];
    }

    private static PublishFacts Publish(HealthcheckProgram program, PublishFacts app) =>
        app with
        {
            TargetFramework = program.Closure is null ? null : program.TargetFramework,
            SelfContained = program.Runtime is not HealthcheckRuntime.Shared,
            IsAot = program.Runtime is HealthcheckRuntime.Native,
            Properties = program is { Runtime: HealthcheckRuntime.Native, Closure: not null }
                ? app.Properties.SetItem("PublishAot", "true")
                : app.Properties,
            Stamps = app.Stamps.Clear(),
            Variant = null,
            Git = new(),
            // It is small, and its project need not have this package, which makes the cache safe.
            UsesCompileCache = false,
        };

    private static IEnumerable<Step> OfProject(ClosureFacts closure, ProjectFacts facts, PublishCommands commands) =>
        [
            .. BuilderStage.Variables(closure.Environment.Values.Keys, StepAnchors.Restore),
            .. BuilderStage.RestoreAndSources(closure, facts.Inputs, commands, BuildPlanner.HealthcheckerStage).Steps,
            Dated([.. commands.Publish(HealthcheckRules.Folder.TrimEnd('/'))], facts),
        ];

    // The same program should be the same layer, whenever it was built.
    private static RunStep Dated(ImmutableArray<string> publish, ProjectFacts facts) =>
        new([.. publish, $"&& find {HealthcheckRules.Folder.TrimEnd('/')} -exec touch -d @0 {{}} +"])
        {
            Secrets = PublishCommands.Secrets(facts),
        };

    private static IEnumerable<Step> OfProbe(HealthcheckProgram program, ProjectFacts facts, PublishCommands commands, PlanTarget target)
    {
        var isPortable = program.Runtime is HealthcheckRuntime.Shared;
        return
        [
            // What makes it run without the image's dotnet comes from where the app's packages come from.
            .. isPortable ? [] : PackageSources(facts.Closure),
            InlineFile.Plan(
                ProbeFolder + "probe.csproj",
                HealthProbe.Project(program, facts.Container.BaseImage == ScratchImage.Name),
                target
            ),
            InlineFile.Plan(ProbeFolder + "Program.cs", HealthProbe.Source, target),
            Dated(
                [
                    $"dotnet publish {ProbeFolder}probe.csproj",
                    .. isPortable ? [] : new[] { commands.RuntimeIdentifier },
                    $"-o {HealthcheckRules.Folder.TrimEnd('/')}",
                ],
                facts
            ),
        ];
    }

    private static IEnumerable<Step> PackageSources(ClosureFacts closure)
    {
        var configuration = closure
            .RestoreInputs.Where(file => file.Equals("nuget.config", StringComparison.OrdinalIgnoreCase))
            .ToImmutableArray();
        return configuration.Length == 0
            ? []
            :
            [
                new CopyStep(configuration, ProbeFolder),
                .. closure.LocalFeeds.Select(feed => new CopyStep([BuildPlanner.Folder(feed)], ProbeFolder + BuildPlanner.Folder(feed))),
            ];
    }
}
