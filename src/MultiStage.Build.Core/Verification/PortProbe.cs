using System.Net.Sockets;
using System.Text;
using MultiStage.Build.Engines;

namespace MultiStage.Build.Verification;

/// <summary>Asks a port whether an app answers on it.</summary>
internal static class PortProbe
{
    private static readonly byte[] Request = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // Docker's proxy takes every connection, and hangs up within milliseconds where the container takes none.
    private static readonly TimeSpan LongerThanAProxy = TimeSpan.FromSeconds(1);

    /// <summary>Asks once.</summary>
    /// <returns>
    /// Whether an app is there: it answers an HTTP request, whatever its status, or, where it speaks another protocol, keeps a connection
    /// open on which nothing is said.
    /// </returns>
    public static async Task<bool> AnswersAsync(PublishedPort port, CancellationToken cancellationToken) =>
        await ReadAsync(port, Request, Patience, cancellationToken) is Reading.Answer
        || await ReadAsync(port, default, LongerThanAProxy, cancellationToken) is Reading.Answer or Reading.Silence;

    private static async Task<Reading> ReadAsync(
        PublishedPort port,
        ReadOnlyMemory<byte> request,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        using var client = new TcpClient();
        var connected = false;
        try
        {
            await client.ConnectAsync(port.Host, port.Number, limit.Token);
            connected = true;
            var stream = client.GetStream();
            await stream.WriteAsync(request, limit.Token);
            return await stream.ReadAsync(new byte[1], limit.Token) > 0 ? Reading.Answer : Reading.HungUp;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return Reading.HungUp;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return connected ? Reading.Silence : Reading.HungUp;
        }
    }

    private enum Reading
    {
        HungUp,
        Silence,
        Answer,
    }
}
