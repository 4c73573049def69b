using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Docker.DotNet;
using Docker.DotNet.Models;

namespace MultiStage.Build.Engines.Docker;

/// <summary>The containers that builds make for a moment. Each says whose it is, so that the next build removes what a killed one
/// left.</summary>
internal static class OwnContainers
{
    private const string Owner = "multistage.owner";

    private const string Runner = "multistage.process";

    // After this time, what another machine left on a shared daemon belongs to no running build.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    private static readonly Lazy<string> s_process = new(() =>
    {
        using var process = Process.GetCurrentProcess();
        return string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}@{Begun(process)}");
    });

    private static readonly HashSet<string> s_inUse = new(StringComparer.Ordinal);

    /// <summary>Gives a container a name and labels.</summary>
    /// <param name="parameters">What the container shall be.</param>
    /// <returns>The name, by which it can be removed even where the daemon never answered.</returns>
    public static string Claim(CreateContainerParameters parameters)
    {
        parameters.Name = $"multistage-{Guid.NewGuid():N}";
        parameters.Labels = new Dictionary<string, string>(StringComparer.Ordinal) { [Owner] = Machine(), [Runner] = OfProcess() };
        lock (s_inUse)
        {
            s_inUse.Add(parameters.Name);
        }

        return parameters.Name;
    }

    /// <summary>Lets the next build remove a container, should it still be there.</summary>
    public static void Release(string name)
    {
        lock (s_inUse)
        {
            s_inUse.Remove(name);
        }
    }

    /// <summary>Finds the containers that are no longer needed.</summary>
    public static async Task<IReadOnlyList<string>> LeftBehindAsync(DockerClient client, CancellationToken cancellationToken)
    {
        var all = await client.Containers.ListContainersAsync(
            new ContainersListParameters
            {
                All = true,
                Filters = new Dictionary<string, IDictionary<string, bool>> { ["label"] = new Dictionary<string, bool> { [Owner] = true } },
            },
            cancellationToken
        );
        return [.. (all ?? []).Where(IsLeftBehind).Select(container => container.ID)];
    }

    private static bool IsLeftBehind(ContainerListResponse container)
    {
        if (container.Labels?.TryGetValue(Owner, out var owner) != true || owner != Machine())
        {
            return DateTime.UtcNow - container.Created.ToUniversalTime() > s_longest;
        }

        var process = container.Labels.TryGetValue(Runner, out var named) ? named : "";
        lock (s_inUse)
        {
            return process == OfProcess()
                ? !(container.Names ?? []).Any(name => s_inUse.Contains(name.TrimStart('/')))
                : !IsRunning(process);
        }
    }

    // A process's number is given again to another one, which then began at another time. When one began is known to a second or two.
    private static bool IsRunning(string named)
    {
        if (
            named.Split('@') is not [var number, var begun]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || !long.TryParse(begun, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        )
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return Math.Abs(Begun(process) - seconds) <= 5;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return false;
        }
    }

    private static string OfProcess() => s_process.Value;

    private static long Begun(Process process) => new DateTimeOffset(process.StartTime).ToUnixTimeSeconds();

    // Processes are numbered for themselves in each container that builds run in.
    private static string Machine()
    {
        const string numbering = "/proc/self/ns/pid";
        return Environment.MachineName + (File.Exists(numbering) ? " " + new FileInfo(numbering).LinkTarget : "");
    }
}
