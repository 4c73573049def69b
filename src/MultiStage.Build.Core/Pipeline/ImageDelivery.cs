using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Pipeline;

/// <summary>
/// Gives an image its names and takes it where it goes: all of it, or nothing. A push and an archive need the names on the daemon, so names
/// that moved go back where either fails.
/// </summary>
/// <param name="store">Where the image lies.</param>
/// <param name="progress">Told what is pushed.</param>
internal sealed class ImageDelivery(IImageStore store, BuiltImage image, IProgress<BuildEvent> progress)
{
    private readonly List<(string Name, string? Previous)> _moved = [];
    private readonly List<string> _pushed = [];

    /// <summary>What has to be said of a delivery that failed; null where nothing has.</summary>
    public Diagnostic? Rest => _pushed.Count == 0 ? null : Codes.PushedInPart.With(string.Join(", ", _pushed));

    /// <summary>Delivers the image.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.PushFailed"/>, <see cref="Codes.SaveFailed"/>,
    /// <see cref="Codes.DaemonRefused"/>.</exception>
    /// <returns>The manifest's digest, where the image was pushed; else empty.</returns>
    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var name in image.Names)
            {
                var previous = await store.DescribeAsync(name, cancellationToken);
                _moved.Add((name, previous?.Id));
                await store.TagAsync(image.ImageId, name, cancellationToken);
            }

            if (image.Archive is { } archive)
            {
                await ImageArchiveFile.WriteAsync(archive, await store.SaveAsync(image.Names, cancellationToken), cancellationToken);
            }

            return image.Push ? await PushAsync(cancellationToken) : "";
        }
        catch
        {
            foreach (var (name, previous) in _moved.Where(name => name.Previous != image.ImageId))
            {
                await store.RestoreNameAsync(name, image.ImageId, previous);
            }

            throw;
        }
    }

    private async Task<string> PushAsync(CancellationToken cancellationToken)
    {
        var digest = "";
        foreach (var name in image.Names)
        {
            digest = await store.PushAsync(name, progress, cancellationToken);
            _pushed.Add(name);
        }

        _pushed.Clear();
        return digest;
    }
}
