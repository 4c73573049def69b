using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Stages.Items;

/// <summary>What metadata the items that describe stages take.</summary>
internal static class ItemRules
{
    /// <summary>The metadata of <c>ContainerStep</c> that are instructions, each with its keyword in a Dockerfile.</summary>
    public static ImmutableArray<(string Metadata, string Keyword)> Instructions { get; } =
    [
        ("Run", "RUN"),
        ("Copy", "COPY"),
        ("Env", "ENV"),
        ("Arg", "ARG"),
        ("User", "USER"),
        ("Workdir", "WORKDIR"),
        ("Expose", "EXPOSE"),
        ("Label", "LABEL"),
        ("Entrypoint", "ENTRYPOINT"),
        ("Cmd", "CMD"),
        ("Healthcheck", "HEALTHCHECK"),
        ("Volume", "VOLUME"),
        ("Shell", "SHELL"),
        ("StopSignal", "STOPSIGNAL"),
        ("Add", "ADD"),
    ];

    private static readonly string[] OnOneLine = ["User", "Workdir", "StopSignal"];

    private static readonly string[] Places = ["Stage", "Before", "After"];

    private static readonly string[] OfCopy = ["From", "Destination", "Chown", "Chmod"];

    private static readonly string[] OfStage = ["BaseImage", "WorkingDirectory", "OnBuildPlatform", "After"];

    /// <summary>The instructions, for a message.</summary>
    public static string InstructionNames => string.Join(", ", Instructions.Select(instruction => instruction.Metadata));

    /// <summary>Refuses a stage with metadata that no stage takes.</summary>
    /// <param name="stage">The <c>ContainerStage</c> item.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.MetadataUnknown"/>.</exception>
    public static void CheckStage(ProjectItem stage) => Check(stage, OfStage, OfStage);

    /// <summary>Refuses a step with metadata that no step takes, or that its instruction does not take.</summary>
    /// <param name="step">The <c>ContainerStep</c> item.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.MetadataUnknown"/>, <see cref="Codes.StepInstructions"/>.</exception>
    /// <returns>The step's one instruction.</returns>
    public static (string Metadata, string Keyword) InstructionOf(ProjectItem step)
    {
        // A misspelt instruction is also a step without one, and only the former says what is wrong.
        Check(
            step,
            [.. Instructions.Select(instruction => instruction.Metadata), .. Places, .. OfCopy],
            [.. Instructions.Select(instruction => instruction.Metadata), .. Places, .. OfCopy]
        );
        var found = Instructions.Where(instruction => step[instruction.Metadata].Trim().Length > 0).ToList();
        if (found.Count != 1)
        {
            var what = found.Count == 0 ? "no instruction" : string.Join(" and ", found.Select(instruction => instruction.Metadata));
            throw Codes.StepInstructions.ErrorAt(step, step.Include, what, InstructionNames);
        }

        string[] own = found[0].Metadata switch
        {
            "Copy" => OfCopy,
            "Add" => [.. OfCopy.Skip(1)],
            _ => [],
        };
        string[] taken = [found[0].Metadata, .. own, .. Places];
        // One that is set to nothing says nothing that could be lost.
        Check(
            step with
            {
                Metadata = step.Metadata.RemoveRange(step.Metadata.Where(pair => pair.Value.Length == 0).Select(pair => pair.Key)),
            },
            taken,
            taken
        );
        return found[0];
    }

    /// <summary>Refuses an item with metadata that it does not take.</summary>
    /// <param name="listed">What of it the message lists.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.MetadataUnknown"/>.</exception>
    public static void Check(ProjectItem item, IReadOnlyCollection<string> known, IReadOnlyCollection<string> listed)
    {
        CheckTexts(item);
        foreach (var name in item.Metadata.Keys.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            var meant = ClosestName.To(name, known) is { } similar ? $"; did you mean '{similar}'?" : ".";
            throw Codes.MetadataUnknown.ErrorAt(item, item.Type, item.Include, name, meant, string.Join(", ", listed));
        }
    }

    // An instruction may go over several lines; a name, a path or a flag may not.
    private static void CheckTexts(ProjectItem item)
    {
        foreach (var (name, value) in item.Metadata.Prepend(KeyValuePair.Create("Include", item.Include)))
        {
            var isText =
                Instructions.Any(instruction => instruction.Metadata.Equals(name, StringComparison.OrdinalIgnoreCase))
                && !OnOneLine.Contains(name, StringComparer.OrdinalIgnoreCase);
            var text = value.Trim();
            if ((isText ? LineText.ProblemOfLines(text) : LineText.Problem(text)) is { } problem)
            {
                throw Codes.ValueNotRepresentable.ErrorAt(item, $"The {name} of {item.Type} '{item.Include}'", problem);
            }
        }
    }
}
