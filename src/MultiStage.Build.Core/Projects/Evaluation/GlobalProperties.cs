using System.Collections.Frozen;
using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>Decides which properties of the command line reach the build inside the container, and how.</summary>
internal static class GlobalProperties
{
    // Each of these is either rendered by a switch of its own, means something on the host alone, or names a place on the host.
    internal static readonly FrozenSet<string> NotForwarded = new[]
    {
        "Configuration",
        "TargetFramework",
        "RuntimeIdentifier",
        "SelfContained",
        "PublishProtocol",
        "WebPublishMethod",
        "DeployOnBuild",
        "UseCurrentRuntimeIdentifier",
        "NoBuild",
        "NoRestore",
        "BuildProjectReferences",
        "GeneratePackageOnBuild",
        "OutputPath",
        "OutDir",
        "PublishDir",
        "BaseOutputPath",
        "IntermediateOutputPath",
        "BaseIntermediateOutputPath",
        "ArtifactsPath",
        "UseArtifactsOutput",
        "MSBuildProjectExtensionsPath",
        "CurrentSolutionConfigurationContents",
        "BuildingSolutionFile",
        "NuGetInteractive",
        "RestoreConfigFile",
        "RestorePackagesPath",
        "NuGetPackageRoot",
        "RestoreForce",
        "RestoreUseSkipNonexistentTargets",
        "ProvideCommandLineArgs",
        "RestoreNoCache",
        "RestoreDisableParallel",
        "DesignTimeBuild",
        "BuildingInsideVisualStudio",
        "BuildingProject",
        "ExcludeRestorePackageImports",
        "IsGraphBuild",
        "RegistryUrl",
        "PublishImageTag",
        "AutoGenerateImageTag",
        "LocalRegistry",
        "EnableSdkContainerSupport",
        "PublishMultiStage",
        "DOTNET_RUNNING_IN_CONTAINER",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // A publish of a solution gives them to every project, and most do not read them.
    internal static readonly FrozenSet<string> ForwardedWhereRead = new[]
    {
        "SolutionDir",
        "SolutionExt",
        "SolutionFileName",
        "SolutionName",
        "SolutionPath",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    internal static readonly FrozenSet<string> VersionStamps = new[]
    {
        "Version",
        "VersionPrefix",
        "VersionSuffix",
        "PackageVersion",
        "AssemblyVersion",
        "FileVersion",
        "InformationalVersion",
        "SourceRevisionId",
        "RepositoryCommit",
        "RepositoryBranch",
        "BuildNumber",
        "BuildId",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Sorts the properties of a command line by what becomes of them.</summary>
    /// <param name="properties">The global properties, by name.</param>
    /// <param name="context">The build context's absolute path.</param>
    /// <param name="isRead">Whether the repository's own files read a property.</param>
    /// <returns>What is forwarded, and what is reported about the rest. No diagnostic holds a secret's value.</returns>
    public static ForwardedProperties Forward(
        IEnumerable<KeyValuePair<string, string>> properties,
        string context,
        Func<string, bool> isRead
    )
    {
        var forwarded = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        var stamps = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        var diagnostics = ImmutableArray.CreateBuilder<Diagnostic>();
        var given = properties.OrderBy(p => p.Key, StringComparer.OrdinalIgnoreCase).ToList();
        var inSolution = given.Exists(p => p.Key.Equals("BuildingSolutionFile", StringComparison.OrdinalIgnoreCase));
        foreach (var (name, value) in given)
        {
            if (IsHostOnly(name) || (IsOfSolution(name, value, inSolution) && !isRead(name)) || IsProfileOfTheSdk(name, value))
            {
                continue;
            }

            if (IsSecret(name, value))
            {
                diagnostics.Add(Codes.SecretNotForwarded.With(name));
            }
            else if (VersionStamps.Contains(name))
            {
                stamps[name] = value;
            }
            else if (InContainer(value, context, out var outside) is { } inContainer)
            {
                forwarded[name] = inContainer;
            }
            else
            {
                diagnostics.Add(Codes.PathNotForwarded.With(name, outside!));
            }
        }

        return new(forwarded.ToImmutable(), stamps.ToImmutable(), diagnostics.ToImmutable());
    }

    /// <summary>Where the context's root lies inside the builder stage.</summary>
    public const string SourceFolder = "/src";

    /// <summary>Writes a value with the paths that its parts have in the container.</summary>
    /// <param name="value">The value; a list has semicolons.</param>
    /// <param name="context">The build context's absolute path.</param>
    /// <param name="outside">The part that is a path outside the context.</param>
    /// <returns>The value; null where a part of it means nothing in the container.</returns>
    internal static string? InContainer(string value, string context, out string? outside)
    {
        var parts = value.Split(';');
        outside = parts.FirstOrDefault(part => IsHostPath(part, context) && !ContextPath.Contains(context, Path.GetFullPath(part)));
        return outside is null
            ? string.Join(';', parts.Select(part => IsHostPath(part, context) ? PathInContainer(part, context) : part))
            : null;
    }

    /// <summary>Whether a property or variable must not be kept in an image's history.</summary>
    /// <returns>Whether it looks like a secret.</returns>
    internal static bool IsSecret(string name, string value) => SecretText.Is(name, value);

    private static string PathInContainer(string path, string context)
    {
        var relative = ContextPath.Relative(context, Path.GetFullPath(path));
        return (relative.Length == 0 ? SourceFolder : $"{SourceFolder}/{relative}") + (Path.EndsInDirectorySeparator(path) ? "/" : "");
    }

    // The platform is the default of every project. A Dockerfile says the same whether its project is read by itself or with a solution.
    private static bool IsOfSolution(string name, string value, bool inSolution) =>
        ForwardedWhereRead.Contains(name)
        || (
            inSolution
            && name.Equals("Platform", StringComparison.OrdinalIgnoreCase)
            && value.Equals("AnyCPU", StringComparison.OrdinalIgnoreCase)
        );

    // Its own profiles say how to upload, which is nothing for the container: DefaultContainer, DefaultFileSystem and so on.
    private static bool IsProfileOfTheSdk(string name, string value) =>
        name.Equals("PublishProfile", StringComparison.OrdinalIgnoreCase)
        && value.StartsWith("Default", StringComparison.OrdinalIgnoreCase);

    // Underscored and MSBuild-prefixed names are the toolchain's own; Container* and MultiStage* were read by this package already.
    internal static bool IsHostOnly(string name) =>
        (name.StartsWith('_') && name != "_PublishProfileRootFolder")
        || name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Container", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("MultiStage", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_CLI_", StringComparison.OrdinalIgnoreCase)
        || NotForwarded.Contains(name);

    // '/api' may be the tail of a URL, and '/x' a switch: with slashes alone, it is a path where this machine has it, or has the folder it
    // begins with.
    private static bool IsHostPath(string value, string context) =>
        Path.IsPathFullyQualified(value)
        && !value.StartsWith("//", StringComparison.Ordinal)
        && (
            !value.StartsWith('/') || ContextPath.Contains(context, Path.GetFullPath(value)) || IsOnThisMachine(value.Trim('/').Split('/'))
        );

    private static bool IsOnThisMachine(string[] parts) =>
        parts[0].Length > 0 && (parts.Length == 1 ? Path.Exists("/" + parts[0]) : Directory.Exists("/" + parts[0]));
}

/// <summary>What becomes of the properties of a command line.</summary>
/// <param name="Properties">Those that restore and publish get as they are.</param>
/// <param name="Stamps">Those that stamp a version and reach publish as build arguments.</param>
/// <param name="Diagnostics">What is reported about the others.</param>
internal sealed record ForwardedProperties(
    ImmutableSortedDictionary<string, string> Properties,
    ImmutableSortedDictionary<string, string> Stamps,
    ImmutableArray<Diagnostic> Diagnostics
)
{
    /// <summary>The environment variables that reach the container.</summary>
    public EnvironmentFacts Environment { get; init; } = new();

    /// <summary>Whether a version may change from build to build.</summary>
    public bool StampsVersion => Stamps.Count > 0 || Environment.StampsVersion;
}
