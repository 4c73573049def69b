using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;

namespace MultiStage.Build.Verification;

/// <summary>Runs an image, waits until it shows that it works, and removes the container whatever comes.</summary>
/// <param name="answers">Asks a port whether an app answers on it: <see cref="PortProbe.AnswersAsync"/>.</param>
/// <param name="pause">How long to wait between two looks.</param>
internal sealed class ImageVerifier(IContainerHost containers, Func<PublishedPort, CancellationToken, Task<bool>> answers, TimeSpan pause)
{
    // What shows why an app did not start is near the end.
    private const int LogLines = 40;

    // Docker's first check comes after one interval, which may be half a minute.
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(1);

    /// <param name="image">What the daemon says of it.</param>
    /// <param name="name">The name that it is built for.</param>
    /// <param name="rules">What it has to show.</param>
    /// <param name="then">What else is done with a container that works, before it is removed; it may find that it does not.</param>
    /// <returns>What it showed, or why it failed.</returns>
    public async Task<VerificationReport> VerifyAsync(
        ImageDescription image,
        string name,
        VerificationRules rules,
        CancellationToken cancellationToken,
        Func<WorkingContainer, Task<VerificationReport?>>? then = null
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        var interval = image.Config.Healthcheck?.Interval is { } own && own < LongestInterval ? own : LongestInterval;
        var id = await containers.CreateAsync(
            new ContainerRequest(image.Id)
            {
                Ports = rules.Ports,
                HealthInterval = rules.Sign is VerificationSign.Healthy ? interval : null,
            },
            cancellationToken
        );
        try
        {
            var report = await WatchAsync(id, new Subject(name, image.Id), rules, cancellationToken);
            if (report.Failure is null && then is not null)
            {
                report = await then(await FoundAsync(id, cancellationToken)) ?? report;
            }

            return report is { Failure: not null, HasStarted: true }
                ? report with
                {
                    Log = await containers.LogsAsync(id, LogLines, cancellationToken),
                }
                : report;
        }
        finally
        {
            await containers.RemoveAsync(id, cancellationToken);
        }
    }

    private async Task<WorkingContainer> FoundAsync(string id, CancellationToken cancellationToken)
    {
        var container = await containers.InspectAsync(id, cancellationToken);
        return new(id, container.IsRunning, container.Ports);
    }

    private async Task<VerificationReport> WatchAsync(
        string id,
        Subject subject,
        VerificationRules rules,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await containers.StartAsync(id, cancellationToken);
        }
        catch (MultiStageException exception)
        {
            var why = exception.Reason ?? exception.Message;
            return new(subject.Failed(Codes.ContainerNotStarted, why)) { Reason = $"cannot be started: {why}", HasStarted = false };
        }

        for (var clock = System.Diagnostics.Stopwatch.StartNew(); ; await Task.Delay(pause, cancellationToken))
        {
            var container = await containers.InspectAsync(id, cancellationToken);
            if (await JudgeAsync(container, clock.Elapsed, subject, rules, cancellationToken) is { } report)
            {
                return report with { Elapsed = clock.Elapsed };
            }
        }
    }

    private async Task<VerificationReport?> JudgeAsync(
        ContainerSnapshot container,
        TimeSpan elapsed,
        Subject subject,
        VerificationRules rules,
        CancellationToken cancellationToken
    )
    {
        var isOver = elapsed >= rules.Limit;
        switch (rules.Sign)
        {
            case var sign when !container.IsRunning:
                return sign is VerificationSign.StaysUp && container.ExitCode == 0
                    ? new(null, "ended with exit code 0")
                    : new(subject.Failed(Codes.ContainerEnded, End(container))) { Reason = $"ended with {End(container)}" };
            case VerificationSign.Healthy when container.Health is ContainerHealth.Healthy:
                return new(null, $"healthy after {Seconds(elapsed)}");
            case VerificationSign.Healthy when isOver:
                var check = container.LastCheck.Length > 0 ? container.LastCheck : "it has not ended once";
                return new(subject.Failed(Codes.NotHealthy, Seconds(rules.Limit), check))
                {
                    Reason = $"is not healthy within {Seconds(rules.Limit)}; its check says: {check}",
                };
            case VerificationSign.Answers:
                foreach (var port in container.Ports)
                {
                    if (await answers(port, cancellationToken))
                    {
                        return new(null, $"answers on {port.Name} after {Seconds(elapsed)}");
                    }
                }

                var ports = string.Join(", ", rules.Ports);
                return isOver
                    ? new(subject.Failed(Codes.NoAnswer, ports, Seconds(rules.Limit)))
                    {
                        Reason = $"does not answer on {ports} within {Seconds(rules.Limit)}",
                    }
                    : null;
            case VerificationSign.StaysUp when isOver:
                return new(null, $"stayed up for {Seconds(rules.Limit)}");
            default:
                return null;
        }
    }

    private static string End(ContainerSnapshot container)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"exit code {container.ExitCode}");
        return container.Error.Length > 0 ? $"{code}, {container.Error}" : code;
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");

    private sealed record Subject(string Name, string ImageId)
    {
        public Diagnostic Failed(DiagnosticDescriptor descriptor, params string[] details) =>
            descriptor.With([Name, .. details, ImageDescription.ShortId(ImageId)]) with
            {
                About = "ContainerVerify",
            };
    }
}

/// <summary>What came of a verification.</summary>
/// <param name="Failure">Why it failed; null where the image works.</param>
/// <param name="Sign">What showed that it works, in a few words.</param>
internal sealed record VerificationReport(Diagnostic? Failure, string Sign = "")
{
    /// <summary>Why it failed, in a few words.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What the container wrote last, where the verification failed.</summary>
    public ImmutableArray<string> Log { get; init; } = [];

    /// <summary>How long it took, from the moment at which the daemon had started the container.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Whether the daemon could start the container at all.</summary>
    public bool HasStarted { get; init; } = true;
}

/// <summary>A container that has shown that it works.</summary>
/// <param name="IsRunning">Whether it still runs; one that ended with 0 works, too.</param>
/// <param name="Ports">Where its published ports are reached.</param>
internal sealed record WorkingContainer(string Id, bool IsRunning, ImmutableArray<PublishedPort> Ports);
