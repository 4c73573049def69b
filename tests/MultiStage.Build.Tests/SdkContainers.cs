using System.Reflection;
using System.Runtime.Loader;

namespace MultiStage.Build.Tests;

/// <summary>The container support of the .NET SDK that runs the tests, to compare with: what it decides is what this package promises to
/// decide.</summary>
internal static class SdkContainers
{
    private static readonly Lazy<MethodInfo> s_determineEntrypointAndCmd = new(() =>
        Load()
            .GetType("Microsoft.NET.Build.Containers.ImageBuilder", throwOnError: true)!
            .GetMethod("DetermineEntrypointAndCmd", BindingFlags.Static | BindingFlags.NonPublic)
        ?? throw new InvalidOperationException("The .NET SDK decides the entry point elsewhere now: compare with its new rules.")
    );

    /// <summary>What <c>PublishContainer</c> makes of the items for entry point and command.</summary>
    /// <returns>Both; null where it reports an error.</returns>
    public static (string[] Entrypoint, string[] Command)? DetermineEntrypointAndCommand(
        string[] entrypoint,
        string[] entrypointArgs,
        string[] defaultArgs,
        string[] appCommand,
        string[] appCommandArgs,
        string instruction
    )
    {
        var failed = false;
        try
        {
            var result = s_determineEntrypointAndCmd.Value.Invoke(
                null,
                [
                    entrypoint,
                    entrypointArgs,
                    defaultArgs,
                    appCommand,
                    appCommandArgs,
                    instruction,
                    null,
                    (string _) => { },
                    (string _, string? _) =>
                    {
                        failed = true;
                    },
                ]
            );
            return failed ? null : ((string[], string[]))result!;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is NotSupportedException)
        {
            return null;
        }
    }

    private static Assembly Load()
    {
        var root = Path.GetFullPath("../../..", Path.GetDirectoryName(typeof(object).Assembly.Location)!);
        var sdk = Directory
            .EnumerateDirectories(Path.Combine(root, "sdk"), $"{Environment.Version.Major}.*")
            .Order(StringComparer.Ordinal)
            .Last();
        var path = Directory
            .EnumerateFiles(Path.Combine(sdk, "Containers", "tasks"), "Microsoft.NET.Build.Containers.dll", SearchOption.AllDirectories)
            .First(file => Path.GetFileName(Path.GetDirectoryName(file)) == $"net{Environment.Version.Major}.0");
        var context = new AssemblyLoadContext("SDK");
        context.Resolving += (_, name) =>
            new[] { Path.GetDirectoryName(path)!, sdk }
                .Select(folder => Path.Combine(folder, name.Name + ".dll"))
                .FirstOrDefault(File.Exists)
                is { } file
                ? context.LoadFromAssemblyPath(file)
                : null;
        return context.LoadFromAssemblyPath(path);
    }
}
