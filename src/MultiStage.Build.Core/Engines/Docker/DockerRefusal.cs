using System.Text.Json;
using Docker.DotNet;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Docker;

/// <summary>Turns what goes wrong in a request to the daemon into diagnostics.</summary>
internal static class DockerRefusal
{
    private const int MostText = 500;

    /// <summary>Sends a request.</summary>
    /// <typeparam name="T">What the daemon answers.</typeparam>
    /// <param name="what">What is asked for, completing "The Docker daemon refused to".</param>
    /// <exception cref="MultiStageException"><see cref="Codes.DaemonRefused"/>, <see cref="Codes.DaemonSilent"/>.</exception>
    /// <exception cref="OperationCanceledException">The token ended the request, whatever the transport made of that.</exception>
    public static async Task<T> AskAsync<T>(string what, Func<Task<T>> request, CancellationToken cancellationToken)
    {
        try
        {
            return await request() ?? throw new InvalidDataException("it is null");
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is not OperationCanceledException)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e) when (SilenceException.In(e) is { } silence)
        {
            throw Failed(Codes.DaemonSilent, silence.Message, e);
        }
        catch (DockerApiException e)
        {
            throw Failed(Codes.DaemonRefused, MessageOf(e), e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Failed(Codes.DaemonRefused, "the connection broke: " + e.GetBaseException().Message, e);
        }
        catch (Exception e) when (e is not (MultiStageException or OperationCanceledException))
        {
            // Whatever a proxy or another daemon answers: no answer may end in more than an error.
            throw Failed(Codes.DaemonRefused, "its answer could not be read: " + e.Message, e);
        }

        MultiStageException Failed(DiagnosticDescriptor descriptor, string reason, Exception cause) =>
            new(descriptor.With(what, reason), cause) { Reason = reason };
    }

    /// <summary>The daemon's own words in an error.</summary>
    /// <returns>Its <c>message</c>, or the <c>error</c> that Podman answers to a push, or the whole answer where it has none.</returns>
    public static string MessageOf(DockerApiException exception)
    {
        var body = exception.ResponseBody ?? "";
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind is JsonValueKind.Object && (Text("message") ?? Text("error")) is { Length: > 0 } text)
            {
                return text;
            }

            string? Text(string name) =>
                json.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            // A proxy in between answers in HTML or plain text.
        }

        var answer = body.Trim();
        return answer.Length == 0 ? $"HTTP status {(int)exception.StatusCode}"
            : answer.Length > MostText ? answer[..MostText] + "…"
            : answer;
    }
}
