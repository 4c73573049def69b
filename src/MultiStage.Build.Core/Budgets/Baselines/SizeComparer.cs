using System.Collections.Immutable;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets.Baselines;

/// <summary>Compares an image with its baseline (pure).</summary>
internal static class SizeComparer
{
    /// <param name="now">What the image is now.</param>
    /// <param name="source">The baseline, as a reader knows it.</param>
    /// <returns>The comparison; with <see cref="SizeComparison.NotComparedBecause"/> where the two say nothing of each other.</returns>
    public static SizeComparison Compare(SizeBaseline before, SizeBaseline now, string source)
    {
        var comparison = new SizeComparison(source, before.TotalBytes, before.Base?.Bytes, before.AppBytes);
        if (WhyNot(before, now) is { } reason)
        {
            return comparison with { NotComparedBecause = reason };
        }

        return comparison with
        {
            // Where the app cannot be told from its base image, as in an archive, the whole image is compared.
            GrowthBytes = now.AppBytes - before.AppBytes ?? now.TotalBytes - before.TotalBytes,
            BaseGrowthBytes = (now.Base?.Bytes ?? 0) - (before.Base?.Bytes ?? 0),
            BaseChanged = now.Base?.Digest != before.Base?.Digest && now.Base?.Digest is not null && before.Base?.Digest is not null,
            HasFiles = before.IsBrokenDown && now.IsBrokenDown,
            FilesFrom = before.FilesFrom,
            Changes =
            [
                .. Layers(before, now)
                    .Concat(before.IsBrokenDown && now.IsBrokenDown ? Origins(before, now).Concat(Files(before, now)) : [])
                    .OrderByDescending(change => change.Bytes)
                    .ThenBy(change => change.Subject)
                    .ThenBy(change => change.Name, StringComparer.Ordinal),
            ],
        };
    }

    private static string? WhyNot(SizeBaseline before, SizeBaseline now)
    {
        if (before.NotComparableBecause is { } reason)
        {
            return reason;
        }

        if (before.Definition != ImageSizes.Definition)
        {
            return $"its sizes are '{before.Definition}', and this image's '{ImageSizes.Definition}'";
        }

        if (before.Platform != now.Platform)
        {
            return $"it is of the platform {before.Platform}, and this image of {now.Platform}";
        }

        if (before.Base?.Reference != now.Base?.Reference)
        {
            return $"its base image is {Name(before.Base)}, and this image's {Name(now.Base)}";
        }

        return before.AppBytes is null != now.AppBytes is null ? $"the base image {Name(now.Base)} was not there to be measured" : null;
    }

    private static string Name(BaselineBase? origin) => origin?.Reference ?? ScratchImage.Name;

    // Layers are known by their instructions; of several alike, the first is compared with the first.
    private static IEnumerable<SizeChange> Layers(SizeBaseline before, SizeBaseline now)
    {
        var (old, current) = (Numbered(before.Layers), Numbered(now.Layers));
        return old
            .Keys.Union(current.Keys)
            .Select(key => Change(ChangeSubject.Layer, key.CreatedBy, Find(old, key), Find(current, key)))
            .OfType<SizeChange>();
    }

    private static Dictionary<(string CreatedBy, int Number), long> Numbered(ImmutableArray<BaselineLayer> layers) =>
        layers
            .GroupBy(layer => layer.CreatedBy, StringComparer.Ordinal)
            .SelectMany(group => group.Select((layer, i) => (Key: (group.Key, i), layer.Bytes)))
            .ToDictionary(entry => entry.Key, entry => entry.Bytes);

    // A package of another version is the same package.
    private static IEnumerable<SizeChange> Origins(SizeBaseline before, SizeBaseline now)
    {
        var (old, current) = (Unversioned(before.Origins), Unversioned(now.Origins));
        foreach (var name in old.Keys.Union(current.Keys))
        {
            var was = old.TryGetValue(name, out var a) ? a : default;
            var has = current.TryGetValue(name, out var b) ? b : default;
            if (
                Change(
                    ChangeSubject.Origin,
                    name,
                    old.ContainsKey(name) ? was.Bytes : null,
                    current.ContainsKey(name) ? has.Bytes : null
                ) is
                { } change
            )
            {
                yield return change with
                {
                    VersionBefore = was.Version,
                    VersionAfter = has.Version,
                };
            }
        }
    }

    private static Dictionary<string, (long Bytes, string? Version)> Unversioned(ImmutableSortedDictionary<string, long> origins) =>
        origins
            .Select(origin => (Key: OriginKey.Split(origin.Key), origin.Value))
            .GroupBy(origin => origin.Key.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                group => group.Key,
                group => (group.Sum(origin => origin.Value), group.Last().Key.Version),
                StringComparer.OrdinalIgnoreCase
            );

    private static IEnumerable<SizeChange> Files(SizeBaseline before, SizeBaseline now)
    {
        foreach (var (path, bytes) in now.Files)
        {
            // A small file that the baseline has no line for may have been there.
            if (before.Files.TryGetValue(path, out var was) || bytes >= before.FilesFrom)
            {
                if (Change(ChangeSubject.File, path, before.Files.ContainsKey(path) ? was : null, bytes) is { } change)
                {
                    yield return change;
                }
            }
        }

        foreach (var (path, bytes) in before.Files)
        {
            if (!now.Files.ContainsKey(path) && bytes >= now.FilesFrom)
            {
                yield return Change(ChangeSubject.File, path, bytes, null)!;
            }
        }
    }

    private static SizeChange? Change(ChangeSubject subject, string name, long? before, long? after)
    {
        var (was, has) = (before ?? 0, after ?? 0);
        var kind =
            before is null ? ChangeKind.New
            : after is null ? ChangeKind.Gone
            : has > was ? ChangeKind.Grown
            : ChangeKind.Shrunk;
        return was == has ? null : new SizeChange(subject, name, was, has, kind);
    }

    private static long? Find<TKey>(Dictionary<TKey, long> sizes, TKey key)
        where TKey : notnull => sizes.TryGetValue(key, out var bytes) ? bytes : null;
}
