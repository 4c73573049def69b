using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;

namespace MultiStage.Build.Stages.Items;

/// <summary>What a build is asked for beside its image, in the words of <c>docker buildx build</c>.</summary>
/// <param name="CacheFrom">Where it takes steps from.</param>
/// <param name="CacheTo">Where it leaves them.</param>
/// <param name="Provenance">What it says of how the image came to be, such as <c>mode=max</c>; null for nothing.</param>
/// <param name="Sbom">The list of what the image holds; null for none.</param>
internal sealed record BuildExtras(ImmutableArray<string> CacheFrom, ImmutableArray<string> CacheTo, string? Provenance, string? Sbom)
{
    private const string ProvenanceProperty = "ContainerProvenance";

    private const string SbomProperty = "ContainerSbom";

    // The kinds of caches that BuildKit has. Source: https://docs.docker.com/build/cache/backends/
    private static readonly string[] s_kinds = ["registry", "local", "gha", "inline", "s3", "azblob"];

    // What names a folder of this machine, where a relative path is the project's.
    private static readonly string[] s_folders = ["src", "dest"];

    /// <summary>Whether the image has statements about it, which only an index has room for.</summary>
    public bool HasAttestations => Provenance is not null || Sbom is not null;

    /// <summary>Why only buildx can do it; null where the daemon can.</summary>
    public string? Need =>
        Provenance is not null ? $"{ProvenanceProperty} asks for an attestation"
        : Sbom is not null ? $"{SbomProperty} asks for an attestation"
        : !CacheTo.IsEmpty ? "ContainerCacheTo exports a cache"
        : !CacheFrom.IsEmpty ? "ContainerCacheFrom imports a cache"
        : null;

    /// <summary>Reads what a project asks for.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <param name="folder">The project's folder.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>.</exception>
    public static BuildExtras Read(StageFacts facts, string folder) =>
        new(
            [.. facts.CacheFrom.Select(item => Cache(item, folder))],
            [.. facts.CacheTo.Select(item => Cache(item, folder))],
            ProvenanceOf(facts.Provenance.Trim()),
            SbomOf(facts.Sbom.Trim())
        );

    private static string Cache(ProjectItem item, string folder)
    {
        var fields = item.Include.Split(',', StringSplitOptions.TrimEntries).ToList();
        // A reference alone is a registry's, as for the command.
        if (fields is [var reference] && !reference.Contains('=', StringComparison.Ordinal))
        {
            return $"type=registry,ref={reference}";
        }

        var kind = fields.Find(field => field.StartsWith("type=", StringComparison.Ordinal))?["type=".Length..];
        return s_kinds.Contains(kind)
            ? string.Join(',', fields.Select(field => Absolute(field, folder)))
            : throw Codes.ValueNotUnderstood.ErrorAt(
                item,
                item.Type,
                item.Include,
                $"an image's name, or type= with one of {string.Join(", ", s_kinds)} and its fields, such as type=local,dest=cache"
            );
    }

    private static string Absolute(string field, string folder)
    {
        var (name, value) = field.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (field[..at], field[(at + 1)..]) : (field, "");
        return s_folders.Contains(name) ? $"{name}={Path.GetFullPath(value, folder)}" : field;
    }

    private static string? ProvenanceOf(string text) =>
        text.ToUpperInvariant() switch
        {
            "" or "FALSE" => null,
            "TRUE" or "MIN" => "mode=min",
            "MAX" => "mode=max",
            _ => throw Codes.ValueNotUnderstood.ErrorAbout(ProvenanceProperty, ProvenanceProperty, text, "false, true, min or max"),
        };

    private static string? SbomOf(string text) =>
        text.ToUpperInvariant() switch
        {
            "" or "FALSE" => null,
            "TRUE" => "true",
            _ when Images.ImageReference.TryParse(text) is not null => $"generator={text}",
            _ => throw Codes.ValueNotUnderstood.ErrorAbout(SbomProperty, SbomProperty, text, "false, true or the image of a generator"),
        };
}
