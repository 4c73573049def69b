using System.Net;
using System.Text.Json;
using Docker.DotNet;
using Docker.DotNet.Models;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;
using MultiStage.Build.Registries;
using Platform = MultiStage.Build.Images.Platform;

namespace MultiStage.Build.Engines.Docker;

/// <summary>A Docker daemon, over its Engine API. Daemons that speak the same API, such as Podman's, work as far as they do.</summary>
internal sealed class DockerEngine : IImageBuilder, IImageStore, IAsyncDisposable
{
    private readonly DockerClient _client;
    private readonly RegistryCredentials _credentials;
    private readonly EngineOptions _options;
    private readonly DockerTidying _tidying;

    private DockerEngine(DockerClient client, Uri endpoint, EngineInfo info, SystemInfoResponse system, EngineOptions options)
    {
        _client = client;
        _options = options;
        _credentials = new(DockerEndpoint.ConfigurationDirectory, options.SilenceLimit);
        _tidying = new(options);
        Containers = new DockerContainers(client, endpoint, system.MemTotal, _tidying);
        Info = info;
        HistorySizesAreExact = !KeepsImagesInContainerd(system);
    }

    /// <summary>What the daemon says of itself.</summary>
    public EngineInfo Info { get; }

    /// <summary>The containers that it runs.</summary>
    public IContainerHost Containers { get; }

    /// <inheritdoc/>
    public bool HistorySizesAreExact { get; }

    /// <inheritdoc/>
    public bool FetchesBaseImages => false;

    /// <summary>What the daemon's builder makes of a context.</summary>
    internal ContextReader Reader =>
        !Info.HasBuildKit ? ContextReader.Classic
        : DockerfileCopies.IsKnownTo(Info.ServerVersion, DockerfileCopies.FirstDocker) ? ContextReader.BuildKitWithExclude
        : ContextReader.BuildKit;

    /// <summary>
    /// Connects to the daemon that the <c>docker</c> command would use: <c>DOCKER_HOST</c>, <c>DOCKER_CONTEXT</c>, the current context, the
    /// platform's default.
    /// </summary>
    /// <param name="options">How it is spoken to.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NoDaemon"/>, <see cref="Codes.EndpointUnusable"/> or
    /// <see cref="Codes.DaemonRefused"/>.</exception>
    public static Task<DockerEngine> ConnectAsync(EngineOptions options, CancellationToken cancellationToken) =>
        ConnectAsync(DockerEndpoint.Resolve(), options, cancellationToken);

    /// <summary>Connects to a given daemon.</summary>
    /// <param name="options">How it is spoken to.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NoDaemon"/> or <see cref="Codes.DaemonRefused"/>.</exception>
    internal static async Task<DockerEngine> ConnectAsync(
        DockerEndpoint endpoint,
        EngineOptions options,
        CancellationToken cancellationToken
    )
    {
        var connection = new DockerConnection(endpoint, options);
        var client = await connection.OpenAsync(cancellationToken);
        try
        {
            var version = DockerRefusal.AskAsync(
                "tell its version",
                () => client.System.GetVersionAsync(cancellationToken),
                cancellationToken
            );
            var system = await DockerRefusal.AskAsync(
                "describe itself",
                () => client.System.GetSystemInfoAsync(cancellationToken),
                cancellationToken
            );
            var info = new EngineInfo(
                endpoint.Address.OriginalString,
                endpoint.Source,
                (await version).Version,
                connection.HasBuildKit,
                (await version).Arch,
                ClientDefaults.Platform(Environment.GetEnvironmentVariable)
            )
            {
                HoldsIndexes = KeepsImagesInContainerd(system),
                Name = $"{Product(await version)} {(await version).Version}",
            };
            return new(client, endpoint.Address, info, system, options);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<ImageDescription?> DescribeAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(
                $"describe '{reference}'",
                async () =>
                {
                    var image = await _client.Images.InspectImageAsync(reference, cancellationToken);
                    return ImageDescriptions.From(image, await _client.Images.GetImageHistoryAsync(image.ID, cancellationToken));
                },
                cancellationToken
            );
        }
        catch (MultiStageException e) when (e.InnerException is DockerApiException { StatusCode: HttpStatusCode.NotFound })
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenArchiveAsync(string reference, CancellationToken cancellationToken) =>
        SaveAsync([reference], cancellationToken);

    /// <inheritdoc/>
    public Task<Stream?> OpenFolderAsync(string reference, string path, CancellationToken cancellationToken) =>
        ImageFolderStream.OpenAsync(_client, _tidying, reference, path, cancellationToken);

    /// <inheritdoc/>
    public async Task<Stream> SaveAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        var what = $"save {string.Join(", ", names)}";
        var answer = await AskAsync(what, () => _client.Images.SaveImagesAsync([.. names], cancellationToken), cancellationToken);
        return new AnswerStream(answer, what, cancellationToken);
    }

    /// <inheritdoc/>
    public Task LoadAsync(Stream archive, CancellationToken cancellationToken) =>
        new ImageLoad(_client).LoadAsync(archive, cancellationToken);

    /// <inheritdoc/>
    public Task EnsureAsync(string reference, Platform? platform, IProgress<BuildEvent> progress, CancellationToken cancellationToken) =>
        new ImagePull(_client, _credentials, _options, progress).EnsureAsync(reference, platform, DescribeAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<string> BuildAsync(BuildRequest request, IProgress<BuildEvent> progress, CancellationToken cancellationToken) =>
        BuildAsync(request, Reader, progress, cancellationToken);

    /// <inheritdoc/>
    public async Task TagAsync(string imageId, string name, CancellationToken cancellationToken)
    {
        var what = $"tag {imageId} as '{name}'";
        var reference = ImageReference.TryParse(name) ?? throw Codes.DaemonRefused.Error(what, "this is not a valid image name");
        await AskAsync(
            what,
            async () =>
            {
                await _client.Images.TagImageAsync(
                    imageId,
                    new ImageTagParameters { RepositoryName = reference.FamiliarName, Tag = reference.Tag },
                    cancellationToken
                );
                return true;
            },
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public Task RemoveUnnamedAsync(string imageId, CancellationToken cancellationToken) =>
        _tidying.TryAsync(
            $"the image {imageId}",
            async limit =>
            {
                var image = await _client.Images.InspectImageAsync(imageId, limit);
                if (image.RepoTags is null or { Count: 0 })
                {
                    await _client.Images.DeleteImageAsync(imageId, new ImageDeleteParameters(), limit);
                }
            },
            cancellationToken
        );

    /// <inheritdoc/>
    public Task RestoreNameAsync(string name, string imageId, string? previous) =>
        _tidying.TryAsync(
            $"the name '{name}' of the image {imageId}",
            async limit =>
            {
                // Another build may have given it to its own image by now.
                if ((await _client.Images.InspectImageAsync(name, limit)).ID != imageId)
                {
                    return;
                }

                if (previous is not null)
                {
                    await TagAsync(previous, name, limit);
                }
                else
                {
                    await _client.Images.DeleteImageAsync(name, new ImageDeleteParameters { NoPrune = true }, limit);
                }
            },
            CancellationToken.None
        );

    /// <inheritdoc/>
    public Task<string> PushAsync(string name, IProgress<BuildEvent> progress, CancellationToken cancellationToken) =>
        new ImagePush(_client, _credentials, _options, progress).PushAsync(name, cancellationToken);

    /// <inheritdoc/>
    public Task<PushedManifest?> FindManifestAsync(string name, string digest, CancellationToken cancellationToken) =>
        RegistryManifests.FindAsync(_credentials, name, digest, cancellationToken);

    /// <inheritdoc />
    public Task<long> PullSizeAsync(string name, string digest, Platform platform, CancellationToken cancellationToken) =>
        RegistryManifests.AskAsync(_credentials, name, digest, platform, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Builds with a given builder of the daemon.</summary>
    /// <param name="progress">Told of each step.</param>
    internal async Task<string> BuildAsync(
        BuildRequest request,
        ContextReader builder,
        IProgress<BuildEvent> progress,
        CancellationToken cancellationToken
    )
    {
        var id = await LostLayer.BuildAnewAsync(
            WithProxies(request, progress),
            attempt => new DockerBuild(_client, builder, attempt, progress).RunAsync(cancellationToken),
            progress
        );
        if (id.StartsWith("sha256:", StringComparison.Ordinal))
        {
            return id;
        }

        return await AskAsync(
            $"describe '{id}'",
            async () => (await _client.Images.InspectImageAsync(id, cancellationToken)).ID,
            cancellationToken
        );
    }

    private BuildRequest WithProxies(BuildRequest request, IProgress<BuildEvent> progress)
    {
        var directory = DockerEndpoint.ConfigurationDirectory;
        try
        {
            return request with { BuildArgs = ClientDefaults.AddProxies(request.BuildArgs, directory, Info.Endpoint) };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            progress.Report(
                new Notice($"Docker's configuration in {directory} cannot be read; a proxy that it names does not reach the build")
            );
            return request;
        }
    }

    private static Task<T> AskAsync<T>(string what, Func<Task<T>> request, CancellationToken cancellationToken) =>
        DockerRefusal.AskAsync(what, request, cancellationToken);

    // What speaks Docker's API tells its version under its own name.
    private static string Product(VersionResponse version) =>
        version.Components?.Any(component => component?.Name == "Podman Engine") == true ? "Podman" : "Docker";

    private static bool KeepsImagesInContainerd(SystemInfoResponse system) =>
        system.DriverStatus?.Any(pair => pair is ["driver-type", "io.containerd.snapshotter.v1", ..]) ?? false;
}
