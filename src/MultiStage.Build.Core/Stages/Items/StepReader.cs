using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;

namespace MultiStage.Build.Stages.Items;

/// <summary>Turns <c>ContainerStep</c> items into steps.</summary>
internal sealed class StepReader(StageNames names, PlanTarget target)
{
    /// <param name="stage">The stage it belongs to.</param>
    /// <param name="anchors">The positions that the stage has.</param>
    /// <exception cref="MultiStageException">What is wrong with the item.</exception>
    public PlacedStep Read(ProjectItem item, string stage, ImmutableArray<string> anchors)
    {
        var (metadata, keyword) = ItemRules.InstructionOf(item);
        return new(
            metadata switch
            {
                "Run" => Run(item, stage),
                "Copy" or "Add" => Copy(item, keyword, stage),
                _ => Written(item, metadata, keyword),
            },
            Position(item, stage, anchors)
        );
    }

    private static StepPosition Position(ProjectItem item, string stage, ImmutableArray<string> anchors)
    {
        var (before, after) = (item["Before"], item["After"]);
        var (anchor, isAfter) = after.Length > 0 ? (after, true) : (before, false);
        var known = anchors.FirstOrDefault(name => name.Equals(anchor, StringComparison.OrdinalIgnoreCase));
        // An image that keeps its base image's user has no switch to one; behind that place is then the end.
        if (
            known is null
            && isAfter
            && anchor.Equals(StepAnchors.User, StringComparison.OrdinalIgnoreCase)
            && anchors.Contains(StepAnchors.App)
        )
        {
            known = StepAnchors.User;
        }

        if ((before.Length > 0 && after.Length > 0) || (anchor.Length > 0 && known is null))
        {
            var written = string.Join(
                " and ",
                new[] { ("Before", before), ("After", after) }
                    .Where(pair => pair.Item2.Length > 0)
                    .Select(pair => $"{pair.Item1}=\"{pair.Item2}\"")
            );
            var takes = anchors.IsEmpty
                ? "no position: its steps are in file order"
                : $"one of Before or After with {string.Join(" or ", anchors)}, or neither";
            throw Codes.StepPosition.ErrorAt(item, item.Include, written, stage, takes);
        }

        return new(known ?? "", isAfter);
    }

    private static WrittenStep Written(ProjectItem item, string metadata, string keyword)
    {
        var lines = StepText.Lines(item[metadata]);
        return StepText.IsContinued(lines[^1])
            ? throw Unusable(item, metadata, lines[^1], "a text that does not end in a backslash, which would take in the next instruction")
            : new WrittenStep(keyword, lines);
    }

    private ScriptStep Run(ProjectItem item, string stage)
    {
        var lines = StepText.Lines(item["Run"]);
        var (flags, command) = StepText.Run(lines[0]);
        var mounted = flags
            .Select(StepText.MountOf)
            .OfType<Mount>()
            .Where(mount => mount.From is not null)
            .Select(mount => names.Source(item, "Run", mount.From!, stage));
        var step = new ScriptStep(command.Length == 0 && lines.Length > 1 ? lines.RemoveAt(0) : lines.SetItem(0, command))
        {
            Flags = flags,
            Mounted = [.. mounted],
        };
        if (flags.Any(flag => flag.StartsWith("--mount=", StringComparison.Ordinal)))
        {
            RequireBuildKit(item, "a mount", "Use a Copy instead.");
        }

        if (!step.IsOneLine)
        {
            RequireBuildKit(item, "a script", "Write one command, whose lines end in && \\.");
        }

        return step;
    }

    private CopyStep Copy(ProjectItem item, string keyword, string stage)
    {
        var text = item["Copy"] + item["Add"];
        var (flags, sources) = StepText.Copy(text);
        if (!text.TrimStart().StartsWith('[') && sources.FirstOrDefault(StepText.BeginsHeredoc) is { } heredoc)
        {
            throw Unusable(item, keyword == "ADD" ? "Add" : "Copy", heredoc, "paths; a file whose text is given here is written by a Run");
        }

        var destination = item["Destination"].Trim();
        if (sources.Length == 0 || destination.Length == 0)
        {
            throw Codes.CopyIncomplete.ErrorAt(item, item.Include, sources.Length == 0 ? "has no source" : "has no Destination");
        }

        var from = item["From"].Trim();
        var written = flags
            .Where(flag => flag.StartsWith("--from=", StringComparison.Ordinal))
            .Select(flag => flag["--from=".Length..])
            .LastOrDefault("");
        flags =
        [
            .. flags
                .Where(flag => !flag.StartsWith("--from=", StringComparison.Ordinal))
                .Select(flag => RequireFlag(item, keyword == "ADD" ? "Add" : "Copy", flag)),
            .. Flag(item, "Chown"),
            .. Flag(item, "Chmod"),
        ];
        if (flags.FirstOrDefault(flag => !flag.StartsWith("--chown=", StringComparison.Ordinal)) is { } modern)
        {
            RequireBuildKit(item, $"the flag {modern}", "Leave it out.");
        }

        var source = from.Length > 0 ? from : written;
        return new CopyStep(sources, destination, source.Length > 0 ? names.Source(item, "From", source, stage) : null)
        {
            Keyword = keyword,
            Flags = flags,
            IsAsWritten = true,
        };
    }

    private void RequireBuildKit(ProjectItem item, string what, string instead)
    {
        if (target is PlanTarget.Classic)
        {
            throw Codes.NeedsBuildKit.ErrorAt(item, $"ContainerStep '{item.Include}' uses {what}, which", instead);
        }
    }

    private static ImmutableArray<string> Flag(ProjectItem item, string metadata)
    {
        var value = item[metadata].Trim();
        return value.Length == 0 ? [] : [$"--{metadata.ToLowerInvariant()}={RequireFlag(item, metadata, value)}"];
    }

    // A flag ends at a blank, and quotes and backslashes mean something in it.
    private static string RequireFlag(ProjectItem item, string metadata, string value) =>
        value.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '\\')
            ? throw Unusable(item, metadata, value, "one word without quotes and backslashes")
            : value;

    private static MultiStageException Unusable(ProjectItem item, string metadata, string value, string takes) =>
        Codes.ValueNotUnderstood.ErrorAt(item, $"The {metadata} of ContainerStep '{item.Include}'", value, takes);
}
