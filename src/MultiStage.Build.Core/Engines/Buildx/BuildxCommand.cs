using System.ComponentModel;
using System.Diagnostics;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Buildx;

/// <summary>Runs <c>docker buildx</c> with a list of arguments and without a shell.</summary>
internal static class BuildxCommand
{
    /// <summary>Starts a command.</summary>
    /// <param name="arguments">What follows <c>docker buildx</c>.</param>
    /// <param name="environment">Variables for this command alone.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NoBuildx"/>.</exception>
    /// <returns>The process, with all its streams in our hands.</returns>
    public static Process Start(IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        var start = new ProcessStartInfo("docker", ["buildx", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        // Buildx would hand it to every build as an argument; what is built is dated by its own request.
        start.Environment.Remove("SOURCE_DATE_EPOCH");
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new MultiStageException(Codes.NoBuildx.With("there is no docker command on the PATH"), e);
        }
    }

    /// <summary>Runs a command that only tells something.</summary>
    /// <param name="arguments">What follows <c>docker buildx</c>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NoBuildx"/>.</exception>
    /// <returns>Its exit code, and what it wrote to standard output, or to standard error where it failed.</returns>
    public static async Task<(int ExitCode, string Text)> AskAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        try
        {
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
            var words = await error;
            await process.WaitForExitAsync(cancellationToken);
            return (process.ExitCode, (process.ExitCode == 0 ? output : words).Trim());
        }
        catch (OperationCanceledException)
        {
            End(process);
            throw;
        }
    }

    /// <summary>Ends a command and all that it started.</summary>
    /// <param name="process">The command.</param>
    public static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It has just ended by itself.
        }
    }
}
