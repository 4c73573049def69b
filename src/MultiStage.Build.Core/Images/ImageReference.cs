using System.Text.RegularExpressions;

namespace MultiStage.Build.Images;

/// <summary>
/// The name of an image, taken apart as Docker does: <c>[registry/]repository[:tag][@digest]</c>. The first element is a registry where it
/// has a dot or a colon or is <c>localhost</c>; otherwise the image is on Docker Hub.
/// </summary>
/// <param name="Registry">The registry's host and port; <see cref="DockerHub"/> where the name has none.</param>
/// <param name="Repository">The repository within the registry, such as <c>library/busybox</c>.</param>
/// <param name="Tag">The tag; null where only a digest names the image.</param>
/// <param name="Digest">The digest, <c>sha256:…</c>; null where the name has none.</param>
internal sealed partial record ImageReference(string Registry, string Repository, string? Tag, string? Digest)
{
    /// <summary>The registry of names that have none.</summary>
    public const string DockerHub = "docker.io";

    /// <summary>What a name looks like, for a message.</summary>
    public const string Takes = "an image's name, such as mcr.microsoft.com/dotnet/sdk:10.0";

    private const int MostRepositoryLength = 255;
    private const int ShownDigits = 12;

    /// <summary>Takes a name apart. A name without tag and digest means <c>latest</c>.</summary>
    /// <returns>Its parts, or null where it is not a valid image name.</returns>
    public static ImageReference? TryParse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var (rest, digest) = Split(name, name.LastIndexOf('@'));
        var colon = rest.LastIndexOf(':');
        (rest, var tag) = Split(rest, colon > rest.LastIndexOf('/') ? colon : -1);
        var slash = rest.IndexOf('/');
        var first = slash < 0 ? "" : rest[..slash];
        var hasRegistry = first.AsSpan().IndexOfAny('.', ':') >= 0 || first == "localhost";
        var registry = hasRegistry ? first : DockerHub;
        var repository = hasRegistry ? rest[(slash + 1)..] : rest;
        if (registry is "index.docker.io" or "registry-1.docker.io")
        {
            registry = DockerHub;
        }

        if (
            !Host().IsMatch(registry)
            || repository.Length > MostRepositoryLength
            || !Path().IsMatch(repository)
            || (tag is not null && !TagName().IsMatch(tag))
            || (digest is not null && !DigestName().IsMatch(digest))
        )
        {
            return null;
        }

        if (registry == DockerHub && !repository.Contains('/'))
        {
            repository = "library/" + repository;
        }

        return new(registry, repository, tag ?? (digest is null ? "latest" : null), digest);
    }

    /// <summary>The name without tag and digest as people write it: Docker Hub and its <c>library/</c> are left out.</summary>
    public string FamiliarName =>
        Registry != DockerHub ? $"{Registry}/{Repository}"
        : Repository.StartsWith("library/", StringComparison.Ordinal) ? Repository["library/".Length..]
        : Repository;

    /// <summary>What the daemon pulls by: the digest where there is one, else the tag.</summary>
    public string TagOrDigest => Digest ?? Tag!;

    /// <summary>The name for people: of a digest the beginning, as its 64 digits tell no more.</summary>
    public string Shown => FamiliarName + Version;

    /// <summary>The last part of the repository, for where there is little room: <c>aspnet:10.0</c>.</summary>
    public string ShortName => Repository[(Repository.LastIndexOf('/') + 1)..] + Version;

    private string Version =>
        (Tag is null ? "" : ":" + Tag)
        + (Digest is null ? "" : "@" + Digest[..Math.Min(Digest.Length, Digest.IndexOf(':') + 1 + ShownDigits)]);

    /// <inheritdoc/>
    public override string ToString() => FamiliarName + (Tag is null ? "" : ":" + Tag) + (Digest is null ? "" : "@" + Digest);

    private static (string Before, string? After) Split(string text, int index) =>
        index < 0 ? (text, null) : (text[..index], text[(index + 1)..]);

    // Source: https://github.com/distribution/reference/blob/main/regexp.go
    [GeneratedRegex(
        @"^([A-Za-z0-9]+(-+[A-Za-z0-9]+)*(\.[A-Za-z0-9]+(-+[A-Za-z0-9]+)*)*|\[[0-9A-Fa-f:]+\])(:[0-9]+)?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Host();

    [GeneratedRegex(@"^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagName();

    [GeneratedRegex(@"^[a-z0-9]+([+._-][a-z0-9]+)*:[0-9A-Fa-f]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex DigestName();
}
