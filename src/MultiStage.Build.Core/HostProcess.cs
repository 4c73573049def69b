using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;

namespace MultiStage.Build;

/// <summary>The one place that starts programs on this machine.</summary>
internal static class HostProcess
{
    /// <summary>Starts a command whose streams the caller reads and writes.</summary>
    /// <exception cref="Win32Exception">It cannot be run.</exception>
    public static Process Start(HostCommand command)
    {
        var start = new ProcessStartInfo(command.Program, command.Arguments)
        {
            WorkingDirectory = command.Folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            CreateNoWindow = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        return Process.Start(start)!;
    }

    /// <summary>Ends a command and all that it started.</summary>
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

    /// <summary>Gives a command its input and reads its two outputs.</summary>
    /// <exception cref="Win32Exception">It cannot be run.</exception>
    public static async Task<HostAnswer> AskAsync(HostCommand command, string input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(command);
        try
        {
            // A read from a pipe ends with what writes to it, and not when it is cancelled.
            return await TalkAsync(process, input, cancellationToken).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            End(process);
            throw;
        }
    }

    /// <summary>Runs a command to its end.</summary>
    /// <returns>The exit code and the lines of both outputs as they came; -1 and the reason where it cannot be run.</returns>
    public static async Task<(int ExitCode, ImmutableArray<string> Lines)> RunAsync(
        HostCommand command,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            using var process = Start(command);
            return await FollowAsync(process, cancellationToken);
        }
        catch (Win32Exception exception)
        {
            return (-1, [exception.Message]);
        }
    }

    private static async Task<(int ExitCode, ImmutableArray<string> Lines)> FollowAsync(
        Process process,
        CancellationToken cancellationToken
    )
    {
        var lines = new List<string>();
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            End(process);
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

    private static async Task<HostAnswer> TalkAsync(Process process, string input, CancellationToken cancellationToken)
    {
        var error = process.StandardError.ReadToEndAsync(cancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        try
        {
            await using var question = process.StandardInput;
            await question.WriteAsync(input.AsMemory(), cancellationToken);
        }
        catch (IOException)
        {
            // A command may give up before it has read its input; its exit code says the rest.
        }

        await process.WaitForExitAsync(cancellationToken);
        return new(process.ExitCode, await output, await error);
    }
}
