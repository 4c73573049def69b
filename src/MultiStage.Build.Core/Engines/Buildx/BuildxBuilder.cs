using System.Text.RegularExpressions;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Engines.Buildx;

/// <summary>
/// Builds with <c>docker buildx</c>, Docker's own client of BuildKit: it answers for secrets and logins while a build runs, which the
/// Engine API has no way for. The image goes to the daemon, without a name.
/// </summary>
internal sealed partial class BuildxBuilder : IIndexBuilder
{
    private readonly string _builder;
    private readonly string _version;
    private readonly ContextReader _reader;
    private readonly IImageStore _store;

    private readonly BuilderAbout _about;
    private readonly EngineOptions _options;

    private BuildxBuilder(
        string builder,
        string version,
        ContextReader reader,
        IImageStore store,
        BuilderAbout about,
        EngineOptions options
    ) => (_builder, _version, _reader, _store, _about, _options) = (builder, version, reader, store, about, options);

    /// <inheritdoc/>
    public bool FetchesBaseImages => !_about.IsDaemon;

    /// <inheritdoc/>
    public bool BuildsIndexes => !_about.IsDaemon || _about.DaemonHoldsIndexes;

    /// <summary>Finds buildx and the builder.</summary>
    /// <param name="builder">The builder's name; empty for the current one.</param>
    /// <param name="daemon">What the daemon's own builder makes of a context.</param>
    /// <param name="daemonHoldsIndexes">Whether the daemon's image store holds images for several platforms.</param>
    /// <param name="options">How long a builder may say nothing.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NoBuildx"/>, <see cref="Codes.BuilderUnusable"/>,
    /// <see cref="Codes.DaemonSilent"/>.</exception>
    public static async Task<BuildxBuilder> OpenAsync(
        string builder,
        ContextReader daemon,
        IImageStore store,
        bool daemonHoldsIndexes,
        EngineOptions options,
        CancellationToken cancellationToken
    )
    {
        var version = await BuildxCommand.AskAsync(["version"], options, cancellationToken);
        if (version.ExitCode != 0 || VersionPattern().Match(version.Text) is not { Success: true } found)
        {
            throw Codes.NoBuildx.Error("the docker command on the PATH does not have it");
        }

        var about = await BuildxCommand.AskAsync(builder.Length == 0 ? ["inspect"] : ["inspect", builder], options, cancellationToken);
        if (about.ExitCode != 0)
        {
            throw Codes.BuilderUnusable.ErrorAbout("ContainerBuilder", builder.Length == 0 ? "current" : builder, Words(about.Text));
        }

        var told = BuilderAbout.Read(about.Text) with { DaemonHoldsIndexes = daemonHoldsIndexes };
        return new(
            builder,
            found.Groups["version"].Value,
            told.IsDaemon ? daemon
                : DockerfileCopies.IsKnownTo(told.BuildKit, DockerfileCopies.FirstBuildKit) ? ContextReader.BuildKitWithExclude
                : ContextReader.BuildKit,
            store,
            told,
            options
        );
    }

    /// <summary>Says what builds.</summary>
    /// <param name="daemon">What the daemon says of itself.</param>
    /// <param name="why">Why buildx was chosen.</param>
    /// <returns>The same for this builder.</returns>
    public EngineInfo Describe(EngineInfo daemon, string why) =>
        daemon with
        {
            HasBuildKit = true,
            NativePlatforms = _about.NativePlatforms.IsEmpty ? daemon.NativePlatforms : _about.NativePlatforms,
            Name = $"buildx {_version} on Docker {daemon.ServerVersion} ({why})",
        };

    /// <inheritdoc/>
    public async Task<string> BuildAsync(BuildRequest request, IProgress<BuildEvent> progress, CancellationToken cancellationToken)
    {
        var digests = await LostLayer.BuildAnewAsync(
            request,
            attempt => new BuildxBuild(_builder, _reader, attempt, progress, _options).RunAsync(cancellationToken),
            progress
        );
        // One image store knows an image by its configuration, the other by its manifest.
        foreach (var digest in digests)
        {
            if (await _store.DescribeAsync(digest, cancellationToken) is { } image)
            {
                return image.Id;
            }
        }

        throw Codes.BuildFailed.Error("its end", "buildx built an image that the Docker daemon does not have");
    }

    /// <inheritdoc/>
    public Task BuildIndexAsync(
        BuildRequest request,
        IndexOutput output,
        IProgress<BuildEvent> progress,
        CancellationToken cancellationToken
    ) =>
        LostLayer.BuildAnewAsync(
            request with
            {
                Index = output,
            },
            attempt => new BuildxBuild(_builder, _reader, attempt, progress, _options).RunAsync(cancellationToken),
            progress
        );

    private static string Words(string text) => text.StartsWith("ERROR: ", StringComparison.Ordinal) ? text["ERROR: ".Length..] : text;

    [GeneratedRegex(@"^\S+/buildx v?(?<version>[0-9]+\.[0-9]+[.0-9]*)")]
    private static partial Regex VersionPattern();
}
