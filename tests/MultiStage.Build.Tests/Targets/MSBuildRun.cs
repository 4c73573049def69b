using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Tests.Targets;

/// <summary>One finished <c>dotnet msbuild</c>.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output and error.</param>
internal sealed partial record MSBuildRun(int ExitCode, string Output)
{
    /// <summary>The codes of the errors and warnings, in order, each line once.</summary>
    public IReadOnlyList<string> Codes =>
        [
            .. Output
                .Split('\n')
                .Distinct(StringComparer.Ordinal)
                .Select(line => Diagnostic().Match(line))
                .Where(m => m.Success)
                .Select(m => m.Groups["code"].Value),
        ];

    /// <summary>The names of the targets that ran. Needs <c>-v:d</c>.</summary>
    public IReadOnlySet<string> Targets => TargetName().Matches(Output).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>Runs MSBuild.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set.</param>
    /// <returns>What came of it.</returns>
    public static MSBuildRun Of(string folder, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>>? environment = null)
    {
        List<string> all = ["msbuild", .. arguments, "-nologo", "-tl:off", "-maxCpuCount:1", "-consoleLoggerParameters:NoSummary"];
        return Dotnet(
            folder,
            all.Exists(argument => argument.StartsWith("-nodeReuse:", StringComparison.Ordinal)) ? all : [.. all, "-nodeReuse:false"],
            environment
        );
    }

    /// <summary>Runs <c>dotnet</c>.</summary>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set.</param>
    /// <returns>What came of it.</returns>
    public static MSBuildRun Dotnet(
        string folder,
        IEnumerable<string> arguments,
        IEnumerable<KeyValuePair<string, string>>? environment = null
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        // What `dotnet test` sets for its own build would point this one at the wrong SDK or at a server.
        foreach (var name in start.Environment.Keys.Where(IsFromAnOuterBuild).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // For a process of a second, neither pays.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        foreach (var (name, value) in environment ?? [])
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new(process.ExitCode, output + error.Result);
    }

    /// <summary>Fails the test unless the run succeeded.</summary>
    /// <returns>The run.</returns>
    public MSBuildRun Succeeded()
    {
        Assert.AreEqual(0, ExitCode, Summary);
        return this;
    }

    /// <summary>Fails the test unless the run failed with one error of a code.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The error's line.</returns>
    public string FailedWith(string code)
    {
        Assert.AreNotEqual(0, ExitCode, Summary);
        var errors = Output
            .Split('\n')
            .Where(line => line.Contains(": error ", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        Assert.HasCount(1, errors, Summary);
        Assert.Contains($": error {code}: ", errors[0]);
        return errors[0];
    }

    // A detailed log is too long for a message.
    private string Summary => string.Join('\n', Output.Split('\n').TakeLast(40));

    private static bool IsFromAnOuterBuild(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || variable is "DOTNET_HOST_PATH" or "DOTNET_CLI_USE_MSBUILD_SERVER";

    [GeneratedRegex(": (?:error|warning) (?<code>[A-Z]+[0-9]+): ", RegexOptions.CultureInvariant)]
    private static partial Regex Diagnostic();

    [GeneratedRegex("Target \"([^\"]+)\" in file", RegexOptions.CultureInvariant)]
    private static partial Regex TargetName();
}
