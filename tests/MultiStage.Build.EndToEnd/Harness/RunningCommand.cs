using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>A command that runs: its output as it comes, and its end.</summary>
public sealed class RunningCommand : IDisposable
{
    private readonly Process _process;
    private readonly string _commandLine;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private readonly Task _outputRead;
    private readonly Task _errorsRead;

    private RunningCommand(ProcessStartInfo start)
    {
        _commandLine = string.Join(' ', start.ArgumentList.Prepend(start.FileName));
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{_commandLine} did not start.");
        _process.StandardInput.Close();
        _outputRead = ReadAsync(_process.StandardOutput, _output);
        _errorsRead = ReadAsync(_process.StandardError, _errors);
    }

    /// <summary>Starts a command.</summary>
    /// <param name="program">The program, found on the path.</param>
    /// <param name="arguments">Its arguments, each as the program shall see it.</param>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="environment">Variables to set, or with null to remove, on top of this process's own.</param>
    public static RunningCommand Start(
        string program,
        IEnumerable<string> arguments,
        string? folder = null,
        IEnumerable<KeyValuePair<string, string?>>? environment = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? SuiteRun.Folder,
        };
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        return new RunningCommand(start);
    }

    /// <summary>Waits until the output holds <paramref name="text"/>.</summary>
    /// <param name="text">What to wait for.</param>
    /// <param name="limit">How long at most.</param>
    public async Task WaitForOutputAsync(string text, TimeSpan limit)
    {
        for (var clock = Stopwatch.StartNew(); !Snapshot(_output).Contains(text, StringComparison.Ordinal); await Task.Delay(100))
        {
            var answer = $"'{text}' in the output of {_commandLine}:\n{Snapshot(_output)}{Snapshot(_errors)}";
            Assert.IsFalse(
                _process.HasExited && _outputRead.IsCompleted && !Snapshot(_output).Contains(text, StringComparison.Ordinal),
                $"It ended without {answer}"
            );
            Assert.IsLessThan(limit, clock.Elapsed, $"It did not come to {answer}");
        }
    }

    /// <summary>Does what Ctrl+C does.</summary>
    public async Task InterruptAsync()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.AreEqual(0, kill.ExitCode, $"{_commandLine} could not be interrupted.");
    }

    /// <summary>Waits for the end; a command that takes longer than its limit is ended, with what it started.</summary>
    /// <param name="limit">How long at most; ten minutes where none is given.</param>
    public async Task<CommandResult> CompletionAsync(TimeSpan? limit = null)
    {
        using var timeout = new CancellationTokenSource(limit ?? TimeSpan.FromMinutes(10));
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            await Task.WhenAll(_outputRead, _errorsRead).WaitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            Assert.Fail($"{_commandLine} did not end in time:\n{Snapshot(_output)}{Snapshot(_errors)}");
        }

        return new CommandResult(_commandLine, _process.ExitCode, Snapshot(_output), Snapshot(_errors));
    }

    /// <summary>Ends what still runs.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader reader, StringBuilder text)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Snapshot(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
