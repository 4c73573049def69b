using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MultiStage.Build.EndToEnd.Engines;

/// <summary>Listens on the loopback address and hands each connection to the daemon's socket, as a subclass has it.</summary>
internal abstract class DaemonForwarder : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _socket;

    /// <summary>Begins to listen.</summary>
    /// <param name="socket">The path of the daemon's socket.</param>
    protected DaemonForwarder(string socket)
    {
        _socket = socket;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The port that it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    /// <summary>Prepares a client's side of a connection.</summary>
    /// <param name="connection">What was accepted.</param>
    /// <returns>What the client's requests are read from.</returns>
    protected virtual Task<Stream> OpenAsync(NetworkStream connection) => Task.FromResult<Stream>(connection);

    /// <summary>Takes what the client sends to the daemon.</summary>
    /// <param name="client">The client.</param>
    /// <param name="daemon">The daemon.</param>
    /// <returns>A task that ends when nothing more is to be sent.</returns>
    protected virtual Task SendAsync(Stream client, Stream daemon) => client.CopyToAsync(daemon);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ForwardAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ForwardAsync(TcpClient accepted)
    {
        try
        {
            using var connection = accepted;
            await using var client = await OpenAsync(connection.GetStream());
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket));
            await using var daemon = new NetworkStream(socket);
            await Task.WhenAny(SendAsync(client, daemon), daemon.CopyToAsync(client));
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // The client hung up, or does not trust this server.
        }
    }
}
