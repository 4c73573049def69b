using System.Text.Json;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Progress;

/// <summary>
/// Reads the answer to <c>POST /build</c>: one JSON object per line, in BuildKit's form (<c>moby.buildkit.trace</c>) or the classic one
/// (<c>stream</c>), whichever the daemon speaks.
/// </summary>
/// <param name="dockerfileName">The Dockerfile's name in the context, which steps' names are kept free of.</param>
/// <param name="clock">Measures the steps of a builder that does not.</param>
internal sealed class BuildOutput(IProgress<BuildEvent> progress, string dockerfileName, TimeProvider clock)
{
    private readonly BuildKitEvents _buildKit = new(progress, name => DockerfileCopies.Restore(name, dockerfileName));
    private readonly ClassicEvents _classic = new(progress, clock);
    private string? _imageId;
    private string? _error;

    /// <summary>Reads the answer to its end.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.BuildFailed"/>.</exception>
    /// <returns>The image's id, or the beginning of it from a daemon that says no more.</returns>
    public async Task<string> ReadAsync(Stream answer, CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(answer);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length > 0)
            {
                Add(line);
            }
        }

        return Finish();
    }

    /// <summary>Takes one line of the answer.</summary>
    internal void Add(string line)
    {
        using var json = JsonDocument.Parse(line);
        var message = json.RootElement;
        var id = Text(message, "id");
        if (message.TryGetProperty("aux", out var aux))
        {
            if (id == "moby.buildkit.trace")
            {
                _buildKit.Add(BuildKitStatus.Parse(aux.GetBytesFromBase64()));
            }
            else if (aux.ValueKind is JsonValueKind.Object && Text(aux, "ID") is { } image)
            {
                _imageId = image;
            }
        }

        if (Text(message, "stream") is { } text)
        {
            _classic.Add(text);
        }

        if (Text(message, "status") is { } status)
        {
            progress.Report(new Notice(id is null ? status : $"{id}: {status}", IsDetail: true));
        }

        if (message.TryGetProperty("errorDetail", out var detail) && Text(detail, "message") is { } cause)
        {
            _error = cause;
        }
        else if (Text(message, "error") is { } error)
        {
            _error ??= error;
        }
    }

    /// <summary>Ends the answer.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.BuildFailed"/>.</exception>
    internal string Finish()
    {
        var classic = _classic.End(_error);
        if (_error is { } error)
        {
            // A step that was cancelled because another failed has an error too; the build ended with the other's.
            var failed = classic ?? _buildKit.Failures.LastOrDefault(f => error.EndsWith(f.Error, StringComparison.Ordinal));
            throw failed is null
                ? Codes.BuildFailed.Error("the Dockerfile", FailureText.Shorten(error))
                : Codes.BuildFailed.Error(FailureText.NameOf(failed), FailureText.Of(failed));
        }

        return _imageId
            ?? _classic.ImageId
            ?? throw Codes.BuildFailed.Error("its end", "the daemon's answer broke off without an image and without an error");
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text
            ? text
            : null;
}
