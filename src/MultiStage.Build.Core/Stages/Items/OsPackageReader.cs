using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Stages.Items;

/// <summary>Turns <c>ContainerPackage</c> items into one installing step for each stage.</summary>
internal static class OsPackageReader
{
    private static readonly string[] Known = ["Stage", "Version", "Manager"];

    /// <summary>Puts the packages of a project into its stages, in front of every other step of the project.</summary>
    /// <param name="stages">The stages, the final one last.</param>
    /// <param name="user">The user of the generated final stage; empty where there is none to come back to.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NoPackageManager"/>, <see cref="Codes.PackageManagerUnknown"/>, and what is
    /// wrong with an item.</exception>
    public static ImmutableArray<Stage> Install(
        ImmutableArray<Stage> stages,
        StageNames names,
        ImmutableArray<ProjectItem> items,
        string user
    )
    {
        foreach (var item in items)
        {
            ItemRules.Check(item, Known, Known);
        }

        foreach (var group in items.GroupBy(item => item["Stage"].Length > 0 ? names.Stage(item, "Stage") : stages[^1].Name))
        {
            var stage = stages.First(stage => stage.Name == group.Key);
            var image = RootImage(stage, stages);
            var install = new PackagesStep(
                Manager(group, stage, image),
                [.. group.Select(Package).DistinctBy(package => package.Name).OrderBy(package => package.Name, StringComparer.Ordinal)]
            );
            // Base images of .NET are root's; of any other it is not known, and where the stage goes on as a user of its own that does no
            // harm.
            ImmutableArray<PlacedStep> steps =
                stage == stages[^1] && user.Length > 0 && !IsRoots(image)
                    ? [new(new UserStep("root"), default), new(install, default)]
                    : [new(install, default)];
            stages = stages.Replace(stage, stage with { Steps = StepAnchors.Weave(stage.Steps, steps) });
        }

        return stages;
    }

    private static PackageManager Manager(IEnumerable<ProjectItem> items, Stage stage, string? image)
    {
        if (items.FirstOrDefault(item => item["Manager"].Length > 0) is { } said)
        {
            // Not parsed as an enumeration, which takes numbers too.
            return
                Enum.GetValues<PackageManager>()
                    .Where(manager => manager.ToString().Equals(said["Manager"], StringComparison.OrdinalIgnoreCase))
                    .ToArray()
                    is [var chosen]
                ? chosen
                : throw Codes.ValueNotUnderstood.ErrorAt(
                    said,
                    $"The Manager of ContainerPackage '{said.Include}'",
                    said["Manager"],
                    "apt, apk or tdnf"
                );
        }

        var first = items.First();
        return ImageSystem.Of(image) switch
        {
            (true, { } manager) => manager,
            (true, null) => throw Codes.NoPackageManager.ErrorAt(first, first.Include, stage.Name, image ?? ScratchImage.Name),
            _ => throw Codes.PackageManagerUnknown.ErrorAt(first, first.Include, image),
        };
    }

    private static OsPackage Package(ProjectItem item)
    {
        var (name, version) = (item.Include, item["Version"]);
        // A name that begins with a dash is a switch to the package manager.
        return
            !name.StartsWith('-')
            && name.Concat(version).All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '-' or '_' or '~' or ':' or '*')
            ? new(name, version.Length > 0 ? version : null)
            : throw Codes.ValueNotUnderstood.ErrorAt(
                item,
                "ContainerPackage",
                version.Length > 0 ? $"{name} {version}" : name,
                "the name of one package, and its version in Version"
            );
    }

    private static bool IsRoots(string? image) => image is not null && DotNetImage.TryParse(image) is not null;

    private static string? RootImage(Stage stage, ImmutableArray<Stage> stages)
    {
        // Stages that depend on each other are reported later. Here the search only has to end.
        var met = new HashSet<string>(StringComparer.Ordinal);
        while (met.Add(stage.Name) && stages.FirstOrDefault(other => other.Name == stage.From) is { } parent)
        {
            stage = parent;
        }

        return stage.From == ScratchImage.Name ? null : stage.From;
    }
}
