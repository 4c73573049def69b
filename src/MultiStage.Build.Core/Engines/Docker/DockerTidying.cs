using System.Net;
using Docker.DotNet;

namespace MultiStage.Build.Engines.Docker;

/// <summary>Removes what was needed for a moment, whatever ended the build.</summary>
internal static class DockerTidying
{
    // A daemon that has died is not waited for.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    /// <summary>Tries to remove something.</summary>
    /// <param name="remove">Removes it.</param>
    /// <returns>A task that ends when it is gone, or stays.</returns>
    public static async Task TryAsync(Func<CancellationToken, Task> remove)
    {
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            await remove(limit.Token);
        }
        catch (DockerApiException exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Conflict)
        {
            // It is gone, or someone else is removing or using it.
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            // The daemon has gone away, and what it ran with it. What went wrong before is worth more to the reader.
        }
    }
}
