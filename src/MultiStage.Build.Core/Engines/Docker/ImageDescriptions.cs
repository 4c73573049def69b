using System.Collections.Immutable;
using Docker.DotNet.Models;
using MultiStage.Build.Images;
using Platform = MultiStage.Build.Images.Platform;

namespace MultiStage.Build.Engines.Docker;

/// <summary>Turns the daemon's answers into an <see cref="ImageDescription"/>.</summary>
internal static class ImageDescriptions
{
    /// <summary>Puts together what the daemon says of an image.</summary>
    /// <param name="history">Its history, newest first as the daemon gives it.</param>
    public static ImageDescription From(ImageInspectResponse image, IEnumerable<ImageHistoryResponse> history) =>
        new(
            image.ID,
            Platform.Of(image.Os, image.Architecture, image.Variant),
            [.. image.RootFS?.Layers ?? []],
            [.. history.Reverse().Select(entry => new HistoryEntry(entry.CreatedBy ?? "", entry.Size))],
            From(image.Config)
        );

    private static ImageConfiguration From(DockerOCIImageConfig? config) =>
        config is null
            ? new()
            : new()
            {
                User = config.User ?? "",
                WorkingDir = config.WorkingDir ?? "",
                Entrypoint = [.. config.Entrypoint ?? []],
                Cmd = [.. config.Cmd ?? []],
                Env = Variables(config.Env ?? []),
                Labels = (config.Labels ?? new Dictionary<string, string>()).ToImmutableSortedDictionary(StringComparer.Ordinal),
                ExposedPorts = [.. config.ExposedPorts?.Keys ?? []],
                Healthcheck = Timing(config.Healthcheck),
            };

    // A check can be there to switch off that of the base image.
    private static HealthTiming? Timing(HealthcheckConfig? check) =>
        check is not { Test: [not "NONE", ..] }
            ? null
            : new(
                Set(check.Interval),
                Set(check.Timeout),
                Set(check.StartPeriod),
                check.Retries is > 0 and <= int.MaxValue ? (int)check.Retries : null
            );

    private static TimeSpan? Set(TimeSpan? time) => time > TimeSpan.Zero ? time : null;

    private static ImmutableSortedDictionary<string, string> Variables(IEnumerable<string> pairs)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pair in pairs)
        {
            var equals = pair.IndexOf('=');
            variables[equals < 0 ? pair : pair[..equals]] = equals < 0 ? "" : pair[(equals + 1)..];
        }

        return variables.ToImmutable();
    }
}
