using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Images;

namespace MultiStage.Build.Engines;

/// <summary>One image build, as an engine is asked for it.</summary>
/// <param name="Context">The files to send.</param>
internal sealed record BuildRequest(string Dockerfile, BuildContext Context)
{
    /// <summary>
    /// Where the Dockerfile lies in the context, relative to its root and with forward slashes; null where it is not in the context. A
    /// <c>COPY . .</c> then takes it along as with <c>docker build</c>, unless the ignore rules leave it out.
    /// </summary>
    public string? DockerfilePath { get; init; }

    /// <summary>
    /// Where the keywords of the instructions end that may copy files at the context's root, ascending: they leave out a Dockerfile that is
    /// no file of the context.
    /// </summary>
    public ImmutableArray<int> RootCopies { get; init; } = [];

    /// <summary>The stage to build; null for the last one.</summary>
    public string? Target { get; init; }

    /// <summary>The platform, such as <c>linux/arm64</c>; null for the daemon's own.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The index to write, in place of an image in the store; null for such an image.</summary>
    public IndexOutput? Index { get; init; }

    /// <summary>Where steps are taken from, as buildx's <c>--cache-from</c> has it.</summary>
    public ImmutableArray<string> CacheFrom { get; init; } = [];

    /// <summary>Where steps are left, as buildx's <c>--cache-to</c> has it.</summary>
    public ImmutableArray<string> CacheTo { get; init; } = [];

    /// <summary>What is said of how the images of an index came to be, as buildx's <c>--provenance</c> has it; null for nothing.</summary>
    public string? Provenance { get; init; }

    /// <summary>The list of what the images of an index hold, as buildx's <c>--sbom</c> has it; null for none.</summary>
    public string? Sbom { get; init; }

    /// <summary>Build arguments, by name. Never secrets: they stay in the image's history.</summary>
    public ImmutableSortedDictionary<string, string> BuildArgs { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Labels that the Dockerfile does not carry, by name.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Builds every step again.</summary>
    public bool NoCache { get; init; }

    /// <summary>What steps can mount and no layer holds.</summary>
    public ImmutableArray<BuildSecret> Secrets { get; init; } = [];

    /// <summary>The agents of ssh that steps mount, by their ids in the Dockerfile.</summary>
    public ImmutableArray<string> SshAgents { get; init; } = [];
}
