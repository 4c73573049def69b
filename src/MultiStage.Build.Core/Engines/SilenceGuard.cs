using System.Net;

namespace MultiStage.Build.Engines;

/// <summary>
/// Holds every request to a daemon or a registry against a limit of silence, while it is sent, until it is answered, and while the answer
/// is read. A transfer may take as long as it needs while something moves.
/// </summary>
internal sealed class SilenceGuard(EngineOptions options) : DelegatingHandler
{
    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var silence =
            request.Method == HttpMethod.Post && request.RequestUri?.AbsolutePath.EndsWith("/build", StringComparison.Ordinal) == true
                ? new Silence(options.BuildSilenceLimit, "ContainerBuildSilenceLimit", cancellationToken)
                : new Silence(options.SilenceLimit, "ContainerSilenceLimit", cancellationToken);
        if (request.Content is { } sent)
        {
            request.Content = new SentContent(sent, silence);
        }

        try
        {
            var response = await base.SendAsync(request, silence.Token);
            silence.Heard();
            RefusePage(response);
            response.Content = new ReceivedContent(response.Content, silence);
            return response;
        }
        catch (Exception e)
        {
            var explained = silence.Explain(e);
            silence.Dispose();
            if (explained != e)
            {
                throw explained;
            }

            throw;
        }
    }

    // Neither daemons nor registries answer with pages. A gateway that wants somebody to sign in has them, and says that all went well.
    private static void RefusePage(HttpResponseMessage response)
    {
        if (response is { IsSuccessStatusCode: true, Content.Headers.ContentType.MediaType: "text/html" })
        {
            throw new InvalidDataException("it is a web page");
        }
    }

    // Content around other content, with its headers and its length.
    private abstract class OuterContent : HttpContent
    {
        protected OuterContent(HttpContent inner)
        {
            Inner = inner;
            foreach (var header in inner.Headers)
            {
                Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        protected HttpContent Inner { get; }

        protected override bool TryComputeLength(out long length)
        {
            length = Inner.Headers.ContentLength ?? 0;
            return Inner.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                Inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class SentContent(HttpContent content, Silence silence) : OuterContent(content)
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            Inner.CopyToAsync(new HeardStream(stream, silence), context, cancellationToken);
    }

    private sealed class ReceivedContent(HttpContent content, Silence silence) : OuterContent(content)
    {
        protected override async Task<Stream> CreateContentReadStreamAsync() => await OpenAsync(CancellationToken.None);

        protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
            await OpenAsync(cancellationToken);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await using var answer = await OpenAsync(CancellationToken.None);
            await answer.CopyToAsync(stream);
        }

        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            if (disposing)
            {
                silence.Dispose();
            }
        }

        // Archives and logs are not read as lines.
        private async Task<Stream> OpenAsync(CancellationToken cancellationToken) =>
            new GuardedStream(
                await Inner.ReadAsStreamAsync(cancellationToken),
                silence,
                Inner.Headers.ContentType?.MediaType is { } type
                    && (type.EndsWith("tar", StringComparison.Ordinal) || type.EndsWith("stream", StringComparison.Ordinal))
            );
    }
}
