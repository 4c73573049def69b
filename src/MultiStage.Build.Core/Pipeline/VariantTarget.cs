using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline.Exploring;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Pipeline;

/// <summary>
/// What a publish with <c>ContainerVariant</c> begins with: the project's facts, collected with the variant's properties as if the command
/// line had them. All that follows is the publish's own.
/// </summary>
public sealed class VariantTarget(TargetRun run)
{
    /// <summary>This machine's part of a variant.</summary>
    public required VariantHost Host { get; init; }

    /// <summary>Where the project's restores write, absolute.</summary>
    public required string RestoreFolder { get; init; }

    /// <summary><c>ContainerVariant</c> items.</summary>
    public required ImmutableArray<ProjectItem> Items { get; init; }

    /// <summary>The project as it is without the variant.</summary>
    public required ExploredProject Project { get; init; }

    /// <summary><c>ContainerVariant</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Collects the facts.</summary>
    /// <returns>When they are written.</returns>
    /// <exception cref="MultiStageException"><see cref="Codes.VariantUnknown"/>, <see cref="Codes.VariantEmpty"/>,
    /// <see cref="Codes.VariantSetsPublish"/> or <see cref="Codes.VariantNotPrepared"/>.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var variant = VariantReader.Find(Items, Project, Name);
        run.Log.Message(Verbosity.Minimal, $"{run.ProjectName}: variant {variant.Name} ({variant})");
        using var restored = RestoredFiles.Remember(run.ProjectFile, RestoreFolder);
        var prepared = await Host.PrepareAsync(variant, run.Files.Folder, "_CollectMultiStageFacts", [], cancellationToken);
        if (prepared.Failure is { } failure)
        {
            throw Codes.VariantNotPrepared.ErrorAbout("ContainerVariant", variant.Name, failure);
        }

        run.Phase("the variant's facts written");
    }
}
