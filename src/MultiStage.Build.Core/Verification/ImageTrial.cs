using System.Collections.Immutable;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;

namespace MultiStage.Build.Verification;

/// <summary>Tries an image out: whether it works, what it holds in memory when it has nothing to do, and how fast it starts.</summary>
internal sealed class ImageTrial(IContainerHost containers)
{
    private const int Starts = 5;

    // As often as ContainerVerify looks; more often would not make the times more exact.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_shortPause = TimeSpan.FromMilliseconds(5);

    // What an app does at its start is over by then.
    private static readonly TimeSpan s_untilIdle = TimeSpan.FromSeconds(2);

    /// <summary>Tries an image out.</summary>
    /// <param name="image">What the daemon says of it.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="rules">What it has to show.</param>
    /// <param name="check">The user's own check; null for none.</param>
    public async Task<TrialResult> RunAsync(
        ImageDescription image,
        string name,
        VerificationRules rules,
        Func<WorkingContainer, Task<VerificationReport?>>? check,
        CancellationToken cancellationToken
    )
    {
        long? memory = null;
        var verifier = new ImageVerifier(containers, PortProbe.AnswersAsync, s_pause);
        var report = await verifier.VerifyAsync(image, name, rules, cancellationToken, async container =>
        {
            if (container.IsRunning)
            {
                await Task.Delay(s_untilIdle, cancellationToken);
                memory = await containers.MemoryAsync(container.Id, cancellationToken);
            }

            return check is null ? null : await check(container);
        });
        return report.Failure is null
            ? new(report) { IdleBytes = memory, Starts = await StartsAsync(image, name, rules, report, cancellationToken) }
            : new(report);
    }

    // A port tells the moment of the first answer; Docker runs a health check once in a while only. An app that stays up and shows
    // nothing has no such moment.
    private async Task<ImmutableArray<TimeSpan>> StartsAsync(
        ImageDescription image,
        string name,
        VerificationRules rules,
        VerificationReport first,
        CancellationToken cancellationToken
    )
    {
        var ports = VerificationRules.TcpPorts(image.Config);
        var timed =
            ports.Length > 0 && rules.Sign is VerificationSign.Healthy
                ? rules with
                {
                    Sign = VerificationSign.Answers,
                    Ports = ports,
                }
                : rules;
        if (timed.Sign is VerificationSign.StaysUp && first.Elapsed >= rules.Limit)
        {
            return [];
        }

        var verifier = new ImageVerifier(containers, PortProbe.AnswersAsync, s_shortPause);
        var times = ImmutableArray.CreateBuilder<TimeSpan>(Starts);
        for (var start = 0; start < Starts; start++)
        {
            var report = await verifier.VerifyAsync(image, name, timed, cancellationToken);
            if (report.Failure is null)
            {
                times.Add(report.Elapsed);
            }
        }

        return times.ToImmutable();
    }
}

/// <summary>What an image showed.</summary>
internal sealed record TrialResult(VerificationReport Report)
{
    /// <summary>What it holds in memory when it has nothing to do; null where that is not known.</summary>
    public long? IdleBytes { get; init; }

    /// <summary>How long it took from start to the first answer, at each of several starts.</summary>
    public ImmutableArray<TimeSpan> Starts { get; init; } = [];
}
