using System.Collections.Immutable;
using MultiStage.Build.Context;

namespace MultiStage.Build.Projects.Closure;

/// <summary>What NuGet reads on a machine beside the files of a repository.</summary>
/// <param name="Files">The configuration of the user and of the machine, the nearest first.</param>
/// <param name="Variable">Reads an environment variable.</param>
/// <param name="DefaultSource">The source that a machine uses where none is configured.</param>
internal sealed record NuGetHost(ImmutableArray<string> Files, Func<string, string?> Variable, string? DefaultSource)
{
    /// <summary>This machine.</summary>
    public static NuGetHost This =>
        new(
            [.. UserSources.Files(), .. OfMachine()],
            Environment.GetEnvironmentVariable,
            MultiStage.Build.Projects.Closure.DefaultSource.Find()
        );

    private static IEnumerable<string> OfMachine()
    {
        var folder = Path.Combine(
            Environment.GetEnvironmentVariable("NUGET_COMMON_APPLICATION_DATA") is { Length: > 0 } given
                ? given
                : HostSystem.This.MachineFolder,
            "NuGet",
            "Config"
        );
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.config").Order(StringComparer.Ordinal) : [];
    }
}
