using System.Collections.Immutable;

namespace MultiStage.Build.Pipeline;

/// <summary>What scripts learn of a delivered image; what is not known or does not apply is empty.</summary>
public sealed record Delivery
{
    /// <summary>The image's id.</summary>
    public required string ImageId { get; init; }

    /// <summary>The names that the image got.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>The stage that was built.</summary>
    public required string Stage { get; init; }

    /// <summary>The unpacked size, in bytes.</summary>
    public required string Size { get; init; }

    /// <summary>What the app adds to its base image, in bytes.</summary>
    public required string AppSize { get; init; }

    /// <summary>The absolute path of <c>size.json</c>.</summary>
    public required string Report { get; init; }

    /// <summary>What showed that the image works.</summary>
    public required string Verified { get; init; }

    /// <summary>The folder of the tests' results.</summary>
    public required string TestResults { get; init; }

    /// <summary>The image's configuration, as JSON.</summary>
    public required string Configuration { get; init; }

    /// <summary>The image's manifest, as JSON, where the registry shows it.</summary>
    public required string Manifest { get; init; }

    /// <summary>The manifest's media type.</summary>
    public required string ManifestMediaType { get; init; }

    /// <summary>The manifest's digest, where the image was pushed.</summary>
    public required string ManifestDigest { get; init; }

    /// <summary>The platform, where this is one image of several; else empty.</summary>
    public string Platform { get; init; } = "";

    /// <summary>The images of an index, each for a platform; none where the image is for one.</summary>
    public ImmutableArray<Delivery> Platforms { get; init; } = [];

    /// <summary>The archive's absolute path, where one was written.</summary>
    public required string Archive { get; init; }
}
