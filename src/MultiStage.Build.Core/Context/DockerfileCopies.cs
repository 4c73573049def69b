using System.Collections.Immutable;

namespace MultiStage.Build.Context;

/// <summary>
/// Keeps one file of the context out of a Dockerfile's <c>COPY . .</c>. An ignore file cannot: BuildKit applies none to a context that was
/// sent as a tar. Its <c>--exclude</c> can.
/// </summary>
internal static class DockerfileCopies
{
    /// <summary>The first Docker daemon whose own Dockerfile frontend knows <c>--exclude</c> (BuildKit 0.25).</summary>
    public static Version FirstDocker { get; } = new(28, 5);

    /// <summary>The first BuildKit whose own Dockerfile frontend knows <c>--exclude</c>.</summary>
    public static Version FirstBuildKit { get; } = new(0, 25);

    /// <summary>Whether a builder is new enough.</summary>
    /// <param name="version">What it says of its version. Distributions append what no <see cref="Version"/> holds: 28.5.2+dfsg4.</param>
    /// <returns>Whether it is; not where the version cannot be read.</returns>
    public static bool IsKnownTo(string version, Version first) =>
        version.TrimStart('v').Split('.') is [var major, var minor, ..]
        && Version.TryParse($"{major}.{minor}", out var parsed)
        && parsed >= first;

    /// <summary>Adds <c>--exclude</c> to instructions.</summary>
    /// <param name="ends">Where the keywords of those instructions end in it, ascending.</param>
    /// <param name="file">The file, at the context's root.</param>
    /// <returns>The text, its lines where they were.</returns>
    public static string Exclude(string dockerfile, ImmutableArray<int> ends, string file) =>
        ends.Reverse().Aggregate(dockerfile, (text, end) => text.Insert(end, Flag(file)));

    /// <summary>Takes out of a step's name what <see cref="Exclude"/> put into it.</summary>
    /// <returns>The name as the Dockerfile's author knows it.</returns>
    public static string Restore(string name, string file) => name.Replace(Flag(file), "", StringComparison.Ordinal);

    private static string Flag(string file) => $" --exclude={file}";
}
