using System.Collections.Immutable;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;
using MultiStage.Build.Registries;

namespace MultiStage.Build.Tests.Pipeline;

/// <summary>An engine that is new to the pipeline: it builds nothing, and keeps images in memory.</summary>
internal sealed class StubEngine : IImageBuilder, IImageStore, IContainerHost, IAsyncDisposable
{
    private const string Digest = "sha256:0000000000000000000000000000000000000000000000000000000000000001";

    private readonly Dictionary<string, ImageDescription> _images = new(StringComparer.Ordinal);

    public bool FetchesBaseImages => false;

    public List<BuildRequest> Builds { get; } = [];

    public List<string> Calls { get; } = [];

    /// <summary>The image that the store has lost when it is asked for.</summary>
    public string? Lost { get; init; }

    public bool HistorySizesAreExact => true;

    public Task<Engine> OpenAsync(EngineChoice choice, EngineOptions options, CancellationToken cancellationToken) =>
        Task.FromResult(new Engine(choice.Kind, this, this, this, new EngineInfo("stub:", "a test", "1.0", true, "amd64"), this));

    public Task<string> BuildAsync(BuildRequest request, IProgress<BuildEvent> progress, CancellationToken cancellationToken)
    {
        Builds.Add(request);
        var id = $"sha256:{request.Target}";
        _images[id] = Image(id, "sha256:base", $"sha256:{request.Target}-layer");
        return Task.FromResult(id);
    }

    public Task EnsureAsync(string reference, Platform? platform, IProgress<BuildEvent> progress, CancellationToken cancellationToken)
    {
        Calls.Add($"ensure {reference}");
        _images[reference] = Image("sha256:base-image", "sha256:base");
        return Task.CompletedTask;
    }

    public Task<ImageDescription?> DescribeAsync(string reference, CancellationToken cancellationToken) =>
        Task.FromResult(reference == Lost ? null : _images.GetValueOrDefault(reference));

    public Task TagAsync(string imageId, string name, CancellationToken cancellationToken)
    {
        Calls.Add($"tag {imageId} {name}");
        return Task.CompletedTask;
    }

    public Task<string> PushAsync(string name, IProgress<BuildEvent> progress, CancellationToken cancellationToken)
    {
        Calls.Add($"push {name}");
        return Task.FromResult(Digest);
    }

    public Task<long> PullSizeAsync(string name, string digest, Platform platform, CancellationToken cancellationToken) =>
        Task.FromResult(1L);

    public Task<PushedManifest?> FindManifestAsync(string name, string digest, CancellationToken cancellationToken) =>
        Task.FromResult<PushedManifest?>(null);

    public Task RemoveUnnamedAsync(string imageId, CancellationToken cancellationToken)
    {
        Calls.Add($"remove {imageId}");
        return Task.CompletedTask;
    }

    public Task RestoreNameAsync(string name, string imageId, string? previous) => Refuse<string>();

    public Task LoadAsync(Stream archive, CancellationToken cancellationToken) => Refuse<bool>();

    public Task<Stream> SaveAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken) => Refuse<Stream>();

    public Task<Stream> OpenArchiveAsync(string reference, CancellationToken cancellationToken) => Refuse<Stream>();

    public Task<Stream?> OpenFolderAsync(string reference, string path, CancellationToken cancellationToken) => Refuse<Stream?>();

    public Task<string> CreateAsync(ContainerRequest request, CancellationToken cancellationToken) => Refuse<string>();

    public Task StartAsync(string id, CancellationToken cancellationToken) => Refuse<string>();

    public Task<ContainerSnapshot> InspectAsync(string id, CancellationToken cancellationToken) => Refuse<ContainerSnapshot>();

    public Task<ImmutableArray<string>> LogsAsync(string id, int lines, CancellationToken cancellationToken) =>
        Refuse<ImmutableArray<string>>();

    public Task<Stream> CopyOutAsync(string id, string path, CancellationToken cancellationToken) => Refuse<Stream>();

    public Task<long?> MemoryAsync(string id, CancellationToken cancellationToken) => Refuse<long?>();

    public Task RemoveAsync(string id, CancellationToken cancellationToken) => Refuse<string>();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ImageDescription Image(string id, params ImmutableArray<string> layers) =>
        new(
            id,
            Platform.Parse("linux/amd64"),
            layers,
            [.. layers.Select(layer => new HistoryEntry($"COPY {layer}", 1000, true))],
            new ImageConfiguration()
        );

    private static Task<T> Refuse<T>() => throw new AssertFailedException("No target should need this.");
}
