using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline.Building;

/// <summary>
/// Base images for several platforms on a daemon. Where a name is that of one platform, each pull takes it from the image that had it: at
/// the end such images are removed, and a name of this machine's own platform is given back.
/// </summary>
internal sealed class PulledBases(IImageStore store)
{
    private readonly Dictionary<string, string?> _before = new(StringComparer.Ordinal);
    private readonly HashSet<string> _pulled = new(StringComparer.Ordinal);

    /// <summary>Makes sure that a base image is there for its platform.</summary>
    public async Task EnsureAsync(BaseImage image, BuildLog log, CancellationToken cancellationToken)
    {
        var before = (await store.DescribeAsync(image.Reference, cancellationToken))?.Id;
        _before.TryAdd(image.Reference, before);
        await store.EnsureAsync(image.Reference, image.Platform, log, cancellationToken);
        if ((await store.DescribeAsync(image.Reference, cancellationToken))?.Id is { } now && now != before)
        {
            _pulled.Add(now);
        }
    }

    /// <summary>Removes what was pulled and has lost its name.</summary>
    /// <param name="own">The daemon's own platform.</param>
    public async Task TidyAsync(Platform own, CancellationToken cancellationToken)
    {
        foreach (var (name, before) in _before)
        {
            var now = await store.DescribeAsync(name, cancellationToken);
            if (now is not null && before is not null && now.Id != before && now.Platform != own)
            {
                await store.RestoreNameAsync(name, now.Id, before);
            }
        }

        foreach (var id in _pulled)
        {
            await store.RemoveUnnamedAsync(id, cancellationToken);
        }
    }
}
