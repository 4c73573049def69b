using System.Text.Json;
using System.Text.RegularExpressions;
using Docker.DotNet.Models;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Engines.Docker;

/// <summary>
/// Follows a pull or a push by the messages that the daemon sends for each layer, many per second, and tells the few that a reader wants:
/// how many layers are done.
/// </summary>
/// <param name="title">What is being done to which image.</param>
/// <param name="done">The status of a layer that was transferred.</param>
/// <param name="progress">Told how far it is.</param>
internal sealed partial class LayerTransfer(string title, string done, IProgress<BuildEvent> progress) : IProgress<JSONMessage>
{
    private readonly HashSet<string> _moving = new(StringComparer.Ordinal);
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);

    /// <summary>What went wrong, in the daemon's or the registry's own words; null where nothing did.</summary>
    public string? Error { get; private set; }

    /// <summary>The manifest's digest, where the daemon reported it.</summary>
    public string? Digest { get; private set; }

    /// <inheritdoc/>
    public void Report(JSONMessage value)
    {
        // The first error is the cause; the daemon can add that it gave up.
        if (value.Error?.Message is { Length: > 0 } error)
        {
            Error ??= error;
        }

        if (value.Aux?.ExtensionData is { } aux && aux.TryGetValue("Digest", out var digest))
        {
            Digest = digest is JsonElement element ? element.GetString() : digest?.ToString();
        }

        // With the containerd store the daemon tells the digest in its last status alone.
        if (DigestStatus().Match(value.Status ?? "") is { Success: true } told)
        {
            Digest ??= told.Groups["digest"].Value;
        }

        if (value.ID is null || value.Status is null)
        {
            return;
        }

        if (value.Progress is { Total: > 0 })
        {
            _moving.Add(value.ID);
        }

        if (value.Status == done && _moving.Contains(value.ID) && _done.Add(value.ID))
        {
            progress.Report(new Notice($"{title}: {_done.Count} of {Math.Max(_moving.Count, _done.Count)} layers", IsDetail: true));
        }
    }

    [GeneratedRegex(@"^\S+: digest: (?<digest>sha256:[0-9a-f]{64}) size: \d+$")]
    private static partial Regex DigestStatus();
}
