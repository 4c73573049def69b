using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Verification;

/// <summary>What a container has to show, and how long it may take.</summary>
/// <param name="Sign">What is waited for.</param>
/// <param name="Ports">The ports of which one has to answer, where that is the sign.</param>
/// <param name="Limit">How long the container may take; for one that has nothing to show, how long it has to stay up.</param>
internal sealed record VerificationRules(VerificationSign Sign, ImmutableArray<string> Ports, TimeSpan Limit)
{
    // Docker's own: https://docs.docker.com/reference/dockerfile/#healthcheck
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);
    private const int DefaultRetries = 3;

    private static readonly TimeSpan DefaultStay = TimeSpan.FromSeconds(5);

    /// <summary>Decides what an image has to show.</summary>
    /// <param name="image">The image's run configuration.</param>
    /// <param name="timing">The project's timing, for an image without a health check of its own.</param>
    /// <returns>
    /// Health where the image has a check, within the time that Docker gives it before it is unhealthy: the start period, then each retry's
    /// interval, then
    /// one timeout. Else an answer on one of its TCP ports, in the same time. Else that it stays up for the start period, five seconds by
    /// default, or ends with 0.
    /// </returns>
    public static VerificationRules Of(ImageConfiguration image, HealthTiming timing)
    {
        var used = image.Healthcheck ?? timing;
        var limit =
            (used.StartPeriod ?? TimeSpan.Zero)
            + ((used.Retries ?? DefaultRetries) * (used.Interval ?? DefaultInterval))
            + (used.Timeout ?? DefaultTimeout);
        var ports = TcpPorts(image);
        return image.Healthcheck is not null ? new(VerificationSign.Healthy, [], limit)
            : ports.Length > 0 ? new(VerificationSign.Answers, ports, limit)
            : new(VerificationSign.StaysUp, [], timing.StartPeriod ?? DefaultStay);
    }

    /// <summary>The TCP ports that an image exposes.</summary>
    /// <param name="image">The image's run configuration.</param>
    /// <returns>Such as <c>8080/tcp</c>.</returns>
    public static ImmutableArray<string> TcpPorts(ImageConfiguration image) =>
        [.. image.ExposedPorts.Where(port => port.EndsWith("/tcp", StringComparison.Ordinal))];
}

/// <summary>What shows that an image works.</summary>
internal enum VerificationSign
{
    /// <summary>Its health check succeeds.</summary>
    Healthy,

    /// <summary>It answers on one of its ports.</summary>
    Answers,

    /// <summary>It stays up for a while, or ends with exit code 0.</summary>
    StaysUp,
}
