using System.ComponentModel;
using System.Diagnostics;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Buildx;

/// <summary>Runs <c>docker buildx</c> with a list of arguments and without a shell.</summary>
internal static class BuildxCommand
{
    /// <param name="arguments">What follows <c>docker buildx</c>.</param>
    /// <param name="environment">Variables for this command alone.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NoBuildx"/>.</exception>
    /// <returns>The process, with all its streams in our hands.</returns>
    public static Process Start(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        try
        {
            return HostProcess.Start(Of(arguments, environment));
        }
        catch (Win32Exception e)
        {
            throw NoCommand(e);
        }
    }

    /// <summary>Runs a command that only tells something.</summary>
    /// <param name="arguments">What follows <c>docker buildx</c>.</param>
    /// <param name="options">How long it may take: such a command says something at its end.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NoBuildx"/>, <see cref="Codes.DaemonSilent"/>.</exception>
    /// <returns>Its exit code, and what it wrote to standard output, or to standard error where it failed.</returns>
    public static async Task<(int ExitCode, string Text)> AskAsync(
        IReadOnlyList<string> arguments,
        EngineOptions options,
        CancellationToken cancellationToken
    )
    {
        using var silence = new Silence(options.SilenceLimit, "ContainerSilenceLimit", cancellationToken);
        try
        {
            var answer = await HostProcess.AskAsync(Of(arguments, []), "", silence.Token);
            return (answer.ExitCode, (answer.ExitCode == 0 ? answer.Output : answer.Error).Trim());
        }
        catch (Win32Exception e)
        {
            throw NoCommand(e);
        }
        catch (OperationCanceledException e) when (silence.Exceeded is { } exceeded)
        {
            throw new MultiStageException(Codes.DaemonSilent.With($"answer docker buildx {arguments[0]}", exceeded.Message), e);
        }
    }

    // Buildx would hand SOURCE_DATE_EPOCH to every build as an argument; what is built is dated by its own request.
    private static HostCommand Of(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment) =>
        new("docker", ["buildx", .. arguments])
        {
            Environment =
            [
                KeyValuePair.Create<string, string?>("SOURCE_DATE_EPOCH", null),
                .. environment.Select(variable => KeyValuePair.Create<string, string?>(variable.Key, variable.Value)),
            ],
        };

    private static MultiStageException NoCommand(Win32Exception e) => new(Codes.NoBuildx.With("there is no docker command on the PATH"), e);
}
