using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MultiStage.Build.Tests.Engines;

/// <summary>Answers like a daemon to everything but the requests of one path, which it answers with what a test gives it.</summary>
internal sealed class HostileDaemon : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _path;
    private readonly Answer _answer;

    /// <summary>Begins to listen.</summary>
    /// <param name="path">What the hostile paths hold, such as <c>/history</c>.</param>
    /// <param name="answer">The answer.</param>
    public HostileDaemon(string path, Answer answer)
    {
        (_path, _answer) = (path, answer);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new($"tcp://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient accepted)
    {
        using var client = accepted;
        try
        {
            await using var stream = client.GetStream();
            var request = await ReadHeadAsync(stream);
            var path = request.Split(' ')[1];
            if (path.Contains(_path, StringComparison.Ordinal))
            {
                await _answer.WriteAsync(stream);
                return;
            }

            var body = path switch
            {
                _ when path.EndsWith("/_ping", StringComparison.Ordinal) => "OK",
                _ when path.EndsWith("/info", StringComparison.Ordinal) => "{\"MemTotal\":1000000000}",
                _ when path.EndsWith("/version", StringComparison.Ordinal) => "{\"Version\":\"28.0.0\",\"Arch\":\"amd64\"}",
                _ when path.Contains("/history", StringComparison.Ordinal) => "[]",
                _ when path.Contains("/images/", StringComparison.Ordinal) =>
                    "{\"Id\":\"sha256:1\",\"Os\":\"linux\",\"Architecture\":\"amd64\"}",
                _ when path.Contains("/containers/json", StringComparison.Ordinal) => "[]",
                _ when path.EndsWith("/containers/a/json", StringComparison.Ordinal) => "{\"Id\":\"a\",\"Config\":{\"Tty\":false}}",
                _ when path.Contains("/containers/create", StringComparison.Ordinal) => "{\"Id\":\"1\",\"Warnings\":[]}",
                _ => "{}",
            };
            await Answer.Json(200, body).WriteAsync(stream);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The client has hung up.
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) > 0)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}

/// <summary>What a daemon answers.</summary>
/// <param name="Name">What it is.</param>
/// <param name="WriteAsync">Writes it, head and all.</param>
internal sealed record Answer(string Name, Func<NetworkStream, Task> WriteAsync)
{
    /// <summary>A status and a body.</summary>
    public static Answer Json(int status, string body, string type = "application/json") =>
        new($"{status} {(body.Length > 40 ? body[..40] : body)}", stream =>
            SendAsync(stream, status, type, Encoding.UTF8.GetBytes(body), Encoding.UTF8.GetByteCount(body))
        );

    /// <summary>A body that ends before it is whole.</summary>
    public static Answer Cut(string body) =>
        new($"cut {body}", stream => SendAsync(stream, 200, "application/json", Encoding.UTF8.GetBytes(body), body.Length + 100));

    /// <summary>A line without an end.</summary>
    public static Answer Endless { get; } = new("a line of 40 MB", async stream =>
        {
            await SendAsync(stream, 200, "application/json", "{\"Id\":\""u8.ToArray(), 40_000_000);
            var piece = new byte[1_000_000];
            Array.Fill(piece, (byte)'x');
            for (var i = 0; i < 40; i++)
            {
                await stream.WriteAsync(piece);
            }
        });

    /// <summary>No answer at all.</summary>
    public static Answer Silence { get; } = new("silence", _ => Task.Delay(TimeSpan.FromMinutes(1)));

    /// <summary>The head of an answer, and no more.</summary>
    public static Answer HalfSilence { get; } = new("a head and silence", async stream =>
        {
            await SendAsync(stream, 200, "application/json", "{"u8.ToArray(), 1000);
            await Task.Delay(TimeSpan.FromMinutes(1));
        });

    /// <summary>Something that is not HTTP.</summary>
    public static Answer Garbage { get; } = new("garbage", stream => stream.WriteAsync("\0\u0001SSH-2.0-x\r\n\r\n"u8.ToArray()).AsTask());

    /// <summary>A connection that ends.</summary>
    public static Answer Nothing { get; } = new("nothing", _ => Task.CompletedTask);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static async Task SendAsync(NetworkStream stream, int status, string type, byte[] body, int length)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status} X\r\nContent-Type: {type}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
        );
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(body);
    }
}
