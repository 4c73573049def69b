using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>What a proxy does with a request instead of handing it on.</summary>
internal enum Fault
{
    /// <summary>It hangs up.</summary>
    Cut,

    /// <summary>It answers 500 in HTML.</summary>
    Error,

    /// <summary>It answers 200 with what is not JSON.</summary>
    Garbage,

    /// <summary>It answers nothing.</summary>
    Silence,

    /// <summary>It answers 503, and asks for a moment.</summary>
    Busy,
}

/// <summary>Stands in front of a real daemon or registry, hands on what it is asked, and does wrong by the requests that a test
/// names.</summary>
internal sealed class FaultProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Func<Socket> _connect;
    private volatile Rule? _rule;

    /// <summary>Begins to listen.</summary>
    /// <param name="connect">Connects to what is behind it.</param>
    public FaultProxy(Func<Socket> connect)
    {
        _connect = connect;
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The port on the loopback address that it listens on.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many requests it did wrong by since the last rule.</summary>
    public int Faults => _rule?.Met ?? 0;

    /// <summary>Stands in front of the daemon.</summary>
    public static FaultProxy OfDaemon() =>
        new(() =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(new Uri(Environment.GetEnvironmentVariable("DOCKER_HOST")!).LocalPath));
            return socket;
        });

    /// <summary>Stands in front of a registry.</summary>
    public static FaultProxy Of(Registry registry) =>
        new(() =>
        {
            var address = registry.Address.Split(':');
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(address[0], int.Parse(address[1], System.Globalization.CultureInfo.InvariantCulture));
            return socket;
        });

    /// <summary>Does wrong by some requests from now on.</summary>
    /// <param name="request">Their method and path, as a pattern.</param>
    /// <param name="fault">What is done.</param>
    /// <param name="times">How often at most.</param>
    public void Break(string request, Fault fault, int times = int.MaxValue) => _rule = new(new Regex(request), fault, times);

    /// <summary>Hands on everything from now on.</summary>
    public void Mend() => _rule = null;

    /// <inheritdoc />
    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_over.Token), _over.Token);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient accepted, CancellationToken over)
    {
        using var connection = accepted;
        try
        {
            await using var client = connection.GetStream();
            var head = await ReadHeadAsync(client, over);
            if (head.Length == 0)
            {
                return;
            }

            if (_rule is { } rule && rule.Takes(head.Split(" HTTP/")[0]))
            {
                await AnswerAsync(client, rule.Fault, over);
                return;
            }

            // One request a connection, so that each is seen.
            head = head.Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal);
            await using var server = new NetworkStream(_connect(), ownsSocket: true);
            await server.WriteAsync(Encoding.ASCII.GetBytes(head), over);
            _ = client.CopyToAsync(server, over);
            await server.CopyToAsync(client, over);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One of both hung up.
        }
    }

    private static Task AnswerAsync(NetworkStream client, Fault fault, CancellationToken over) =>
        fault switch
        {
            Fault.Error => client.WriteAsync(Answer("500 Internal Server Error", "<html>It broke.</html>"), over).AsTask(),
            Fault.Garbage => client.WriteAsync(Answer("200 OK", "<html>Sign in, please.</html>"), over).AsTask(),
            Fault.Busy => client.WriteAsync(Answer("503 Service Unavailable\r\nRetry-After: 0", ""), over).AsTask(),
            Fault.Silence => Task.Delay(Timeout.Infinite, over),
            _ => Task.CompletedTask,
        };

    private static byte[] Answer(string status, string body) =>
        Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"
        );

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken over)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, over) == 0)
            {
                return "";
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    private sealed class Rule(Regex request, Fault fault, int times)
    {
        private int _met;

        public Fault Fault => fault;

        public int Met => Math.Min(_met, times);

        public bool Takes(string line) => request.IsMatch(line) && Interlocked.Increment(ref _met) <= times;
    }
}
