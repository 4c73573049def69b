using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;

namespace MultiStage.Build;

/// <summary>Runs a program on this machine.</summary>
internal static class HostProcess
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="file">The program, found on the path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables that it gets beside this process's own.</param>
    /// <param name="cancellationToken">Ends it with all that it started.</param>
    /// <returns>The exit code, and what it wrote to both outputs; -1 and the reason where it cannot be run.</returns>
    public static async Task<(int ExitCode, ImmutableArray<string> Lines)> RunAsync(
        string file,
        IEnumerable<string> arguments,
        string folder,
        IEnumerable<KeyValuePair<string, string>> environment,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = Start(file, arguments, folder, environment) };
        var lines = new List<string>();
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
        {
            return (-1, [exception.Message]);
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        lock (lines)
        {
            return (process.ExitCode, [.. lines]);
        }

        void Take(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is { } text)
            {
                lock (lines)
                {
                    lines.Add(text);
                }
            }
        }
    }

    /// <summary>Runs a line as the user's shell would.</summary>
    /// <param name="line">The line.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">Variables that it gets beside this process's own.</param>
    /// <param name="cancellationToken">Ends it with all that it started.</param>
    /// <returns>The exit code, and what it wrote.</returns>
    public static Task<(int ExitCode, ImmutableArray<string> Lines)> RunShellAsync(
        string line,
        string folder,
        IEnumerable<KeyValuePair<string, string>> environment,
        CancellationToken cancellationToken
    ) =>
        OperatingSystem.IsWindows()
            ? RunAsync("cmd.exe", ["/d", "/c", line], folder, environment, cancellationToken)
            : RunAsync("/bin/sh", ["-c", line], folder, environment, cancellationToken);

    private static ProcessStartInfo Start(
        string file,
        IEnumerable<string> arguments,
        string folder,
        IEnumerable<KeyValuePair<string, string>> environment
    )
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
