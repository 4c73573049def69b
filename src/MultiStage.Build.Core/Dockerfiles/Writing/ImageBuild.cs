using System.Collections.Immutable;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Dockerfiles.Writing;

/// <summary>One image as another tool builds it from the generated Dockerfile.</summary>
/// <param name="Name">The name that the tool knows it by: lower-case letters, digits and <c>-</c>.</param>
/// <param name="Context">The build context, relative to the tool's file.</param>
/// <param name="Dockerfile">The Dockerfile, relative to the context.</param>
internal sealed record ImageBuild(string Name, string Context, string Dockerfile)
{
    /// <summary>The stage; null for one without a name.</summary>
    public string? Stage { get; init; }

    /// <summary>The names that the image gets.</summary>
    public required ImmutableArray<string> Tags { get; init; }

    /// <summary>The platforms; none for the builder's own.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>Build arguments.</summary>
    public required ImmutableSortedDictionary<string, BuildValue> Args { get; init; }

    /// <summary>Labels that the Dockerfile does not carry.</summary>
    public required ImmutableSortedDictionary<string, BuildValue> Labels { get; init; }

    /// <summary>Secrets that steps mount. A file is relative to the tool's file.</summary>
    public ImmutableArray<PlanSecret> Secrets { get; init; } = [];

    /// <summary>Agents of ssh, by their ids.</summary>
    public ImmutableArray<string> SshAgents { get; init; } = [];
}

/// <summary>A value: text, or what a variable of the environment has when the image is built.</summary>
/// <param name="Text">The text; empty for a variable.</param>
/// <param name="Variable">The variable that it reads; null for none.</param>
/// <param name="IsDate">Whether the variable holds seconds since 1970 and the value is that date, or the time of the build where it is
/// not set.</param>
internal sealed record BuildValue(string Text, string? Variable = null, bool IsDate = false)
{
    /// <summary>The variable with the time of the sources, in seconds since 1970.</summary>
    public const string SourceDate = "SOURCE_DATE_EPOCH";

    /// <summary>The time of the sources as labels have it.</summary>
    public static BuildValue Created { get; } = new("", SourceDate, IsDate: true);

    /// <summary>The value of a variable.</summary>
    public static BuildValue Of(string variable) => new("", variable);
}
