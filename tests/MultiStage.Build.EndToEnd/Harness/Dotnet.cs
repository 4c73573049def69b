namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>The <c>dotnet</c> command, as a user with a fresh shell runs it.</summary>
public static class Dotnet
{
    /// <summary>Runs <c>dotnet</c> to its end.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="environment">Variables to set, or with null to remove.</param>
    public static async Task<CommandResult> RunAsync(
        IEnumerable<string> arguments,
        string folder,
        IEnumerable<KeyValuePair<string, string?>>? environment = null
    )
    {
        using var command = Start(arguments, folder, environment);
        return await command.CompletionAsync();
    }

    /// <summary>Starts <c>dotnet</c>.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">The folder it runs in.</param>
    /// <param name="environment">Variables to set, or with null to remove.</param>
    public static RunningCommand Start(
        IEnumerable<string> arguments,
        string folder,
        IEnumerable<KeyValuePair<string, string?>>? environment = null
    ) => RunningCommand.Start("dotnet", arguments, folder, Environment(environment));

    /// <summary>The variables with which <c>dotnet</c> runs, by itself or in a script; null removes one.</summary>
    /// <param name="own">Further ones.</param>
    public static IReadOnlyDictionary<string, string?> Environment(IEnumerable<KeyValuePair<string, string?>>? own = null)
    {
        var variables = System
            .Environment.GetEnvironmentVariables()
            .Keys.Cast<string>()
            .Where(IsOfTheTestRunner)
            .ToDictionary(name => name, _ => (string?)null);
        variables["DOTNET_CLI_UI_LANGUAGE"] = "en";
        variables["DOTNET_NOLOGO"] = "1";
        variables["NUGET_PACKAGES"] = SuiteRun.Packages;

        // Nothing that a test starts may outlive it.
        variables["MSBUILDDISABLENODEREUSE"] = "1";
        variables["UseSharedCompilation"] = "false";
        foreach (var (name, value) in own ?? [])
        {
            variables[name] = value;
        }

        return variables;
    }

    // `dotnet test` and a CI system tell their children where they are; what is tested shall behave as on a desk.
    private static bool IsOfTheTestRunner(string name) =>
        name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("TESTINGPLATFORM_", StringComparison.OrdinalIgnoreCase)
        || name is "CI" or "TF_BUILD" or "GITHUB_ACTIONS" or "DOTNET_HOST_PATH" or "DOTNET_CLI_CONTEXT_VERBOSE";
}
