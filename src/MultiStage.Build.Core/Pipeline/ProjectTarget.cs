using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Pipeline;

/// <summary>Reads what a plan needs of the evaluated project.</summary>
/// <param name="evaluator">Has MSBuild evaluate the project and what it references.</param>
public sealed class ProjectTarget(TargetRun run, IClosureEvaluator evaluator)
{
    /// <summary><c>ContainerBuildContext</c>; empty for the default.</summary>
    public required string BuildContext { get; init; }

    /// <summary>The SDK, and where its files and those of packages are.</summary>
    public required ToolFolders Tools { get; init; }

    /// <summary><c>Configuration</c>.</summary>
    public required string Configuration { get; init; }

    /// <summary><c>TargetFramework</c>.</summary>
    public required string TargetFramework { get; init; }

    /// <summary><c>TargetFrameworks</c>; empty where the project has one.</summary>
    public required string TargetFrameworks { get; init; }

    /// <summary><c>ContainerPublishMode</c>; empty for <c>Container</c>.</summary>
    public required string PublishMode { get; init; }

    /// <summary>The folder that a publish on this machine fills, absolute.</summary>
    public required string PublishedFolder { get; init; }

    /// <summary>Whether a stage builds projects even where this one is published on this machine: a health check, or tests.</summary>
    public required bool HasCompanions { get; init; }

    /// <summary><c>ContainerCompileCache</c>.</summary>
    public required string CompileCache { get; init; }

    /// <summary><c>SelfContained</c>.</summary>
    public required bool SelfContained { get; init; }

    /// <summary>What the targets of the project found in Git.</summary>
    public required FoundVersions Versions { get; init; }

    /// <summary>What the project says of its image.</summary>
    public required ContainerSettings Container { get; init; }

    /// <summary>The items that describe stages.</summary>
    public required StageFacts Stages { get; init; }

    /// <summary>Runs the target, which writes <c>project.json</c>.</summary>
    /// <exception cref="MultiStageException">The project asks for what cannot be built.</exception>
    public void Run(CancellationToken cancellationToken)
    {
        var onHost =
            PublishModes.Parse(PublishMode) is Projects.PublishMode.Host
                ? new HostPublish(Path.TrimEndingDirectorySeparator(PublishedFolder))
                : null;
        var (closure, evaluated, warnings) =
            onHost is null || HasCompanions
                ? ReadClosure(cancellationToken)
                : ProvenClosure.NotRead(onHost.Closure(BuildContext.Length == 0 ? "" : run.FullPath(BuildContext), run.ProjectFile));
        run.Phase($"the closure's {closure.Projects.Length} projects {evaluated.How}");
        var reads = HostVariables.Reads(evaluated);
        var variant = ReadVariant(reads);
        var forwarded = Forward(evaluated, reads, closure.Context, variant);
        var publish = Publish(forwarded, reads, variant);
        var settings = Container with
        {
            HasOwnRuntime = SelfContained || Container.Native.IsAot,
            VersionIsStamped = forwarded.StampsVersion || Versions.MinVer.Length > 0 || !Versions.Nerdbank.IsEmpty,
        };
        run.Report(
            warnings
                .AddRange(forwarded.Diagnostics)
                .AddRange(StartWarnings.For(publish, settings))
                .AddRange(LockRules.Warnings(closure, publish))
        );
        var facts = new ProjectFacts(closure, publish, ContainerRules.Apply(settings, GlobalJson(closure)))
        {
            Stages = Stages with { Copied = CopiedFiles.Find(closure.Context, Stages.Steps) },
        };
        PipelineFile.Write(run.Path(PipelineFiles.Project), onHost?.Apply(facts) ?? facts);
        run.Phase("facts written");
    }

    private (ClosureFacts Closure, EvaluatedClosure Evaluated, ImmutableArray<Diagnostic> Warnings) ReadClosure(
        CancellationToken cancellationToken
    )
    {
        var cached = Tools.Closure(evaluator, run.SharedPath(PipelineFiles.Closure), run.ProjectFile, evaluator.GlobalProperties);
        var proven = new ProvenClosure(
            evaluator,
            cached,
            run.SharedPath(PipelineFiles.Restore),
            run.ProjectFile,
            HostFolders.Of(Tools.Folders, run.ProjectFile)
        );
        return proven.Read(BuildContext, cancellationToken);
    }

    // What of the command line and of this process's environment reaches the container.
    private ForwardedProperties Forward(EvaluatedClosure evaluated, PropertyReads reads, string context, VariantFacts? variant)
    {
        var variables = HostVariables.Of(evaluated, reads, context, evaluator.GlobalProperties.Keys);
        var forwarded = GlobalProperties.Forward(
            evaluator
                .GlobalProperties.Where(p => variant is null || p.Key != VariantFile.Hook)
                .Select(p => KeyValuePair.Create(p.Key, evaluator.Unescape(p.Value))),
            context,
            reads.Contains
        );
        return forwarded with { Environment = variables, Diagnostics = forwarded.Diagnostics.AddRange(variables.Warnings) };
    }

    private VariantFacts? ReadVariant(PropertyReads reads)
    {
        var file = run.Path(PipelineFiles.Variant);
        return File.Exists(file) && PipelineFile.Read<Variant>(file, "ExploreMultiStageImages") is { } variant
            ? VariantFacts.Of(variant.Name, variant.Properties, reads)
            : null;
    }

    private PublishFacts Publish(ForwardedProperties forwarded, PropertyReads reads, VariantFacts? variant) =>
        new()
        {
            Configuration = Configuration,
            TargetFramework =
                TargetFrameworks.Length > 0 || evaluator.GlobalProperties.ContainsKey("TargetFramework") ? TargetFramework : null,
            RuntimeIdentifier = Container.RuntimeIdentifier.Length > 0 ? Container.RuntimeIdentifier : null,
            IsMusl = Container.Native.IsMusl,
            SelfContained = SelfContained,
            IsAot = Container.Native.IsAot,
            UsesCompileCache = SwitchSetting.Parse("ContainerCompileCache", CompileCache),
            // Before .NET 8 a runtime identifier alone meant self-contained.
            MustSayFrameworkDependent = Version.TryParse(Container.FrameworkVersion, out var version) && version.Major < 8,
            Properties = forwarded.Properties,
            Stamps = forwarded.Stamps,
            Environment = forwarded.Environment,
            Variant = variant,
            Git = GitVersions.Read(Versions, forwarded.Stamps, reads.Contains),
        };

    // Inside the container `dotnet` starts in the context's root, so only the global.json there chooses the SDK.
    private static string? GlobalJson(ClosureFacts closure) =>
        closure.RestoreInputs.Contains("global.json") ? File.ReadAllText(Path.Combine(closure.Context, "global.json")) : null;
}
