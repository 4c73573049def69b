using System.Net;
using Docker.DotNet;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Docker;

/// <summary>Removes what was needed temporarily, however the build ended. What cannot be removed is reported and stops nothing.</summary>
internal sealed class DockerTidying(EngineOptions options)
{
    // A daemon that has died is not waited for.
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    // Whoever cancels a build waits for a second at most. What a daemon has been asked for it does all the same.
    private static readonly TimeSpan s_limitAfterCancelling = TimeSpan.FromMilliseconds(700);

    /// <summary>Tries to remove something.</summary>
    /// <param name="what">What is removed, for a message.</param>
    /// <returns>A task that ends when it is gone, or stays.</returns>
    public async Task TryAsync(string what, Func<CancellationToken, Task> remove, CancellationToken cancellationToken)
    {
        var patience = cancellationToken.IsCancellationRequested ? s_limitAfterCancelling : s_limit;
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await remove(limit.Token).WaitAsync(patience, CancellationToken.None);
        }
        catch (DockerApiException exception) when (exception.StatusCode is HttpStatusCode.NotFound)
        {
            // It is gone.
        }
        catch (DockerApiException exception) when (exception.StatusCode is HttpStatusCode.Conflict)
        {
            // Someone else is removing it, or uses it.
        }
        catch (Exception exception)
        {
            // What the build was for is worth more than what it leaves behind, and so is what went wrong before.
            options.Tell(Codes.NotRemoved.With(what, Why(exception)));
        }
    }

    private static string Why(Exception exception) =>
        exception switch
        {
            DockerApiException refused => DockerRefusal.MessageOf(refused),
            OperationCanceledException or TimeoutException => "the daemon did not answer in time",
            _ => exception.GetBaseException().Message,
        };
}
