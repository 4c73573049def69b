using System.Net;
using System.Net.Sockets;
using System.Text;
using MultiStage.Build.Verification;

namespace MultiStage.Build.Tests.Verification;

[TestClass]
public sealed class PortProbeTests
{
    public required TestContext TestContext { get; set; }

    [TestMethod]
    [DataRow("HTTP/1.1 500 Internal Server Error\r\n\r\n")]
    [DataRow("220 mail.example ESMTP\r\n")]
    public async Task Any_answer_is_one(string answer) =>
        Assert.IsTrue(
            await AskAsync(client => client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.CancellationToken).AsTask())
        );

    [TestMethod]
    public async Task A_server_that_hangs_up_on_HTTP_and_waits_for_its_own_protocol_is_one() =>
        Assert.IsTrue(
            await AskAsync(async client =>
            {
                _ = await client.GetStream().ReadAsync(new byte[100], TestContext.CancellationToken);
            })
        );

    [TestMethod]
    public async Task A_proxy_that_hangs_up_at_once_is_none() => Assert.IsFalse(await AskAsync(_ => Task.CompletedTask));

    [TestMethod]
    public async Task A_port_that_nobody_listens_on_is_none()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.IsFalse(await PortProbe.AnswersAsync(new("80/tcp", "127.0.0.1", port), TestContext.CancellationToken));
    }

    // Each connection is served, then closed.
    private async Task<bool> AskAsync(Func<TcpClient, Task> serve)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(TestContext.CancellationToken);
                _ = Task.Run(async () =>
                {
                    using (client)
                    {
                        await serve(client);
                    }
                });
            }
        });
        var answer = await PortProbe.AnswersAsync(
            new("80/tcp", "127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port),
            TestContext.CancellationToken
        );
        listener.Stop();
        await ((Task)serving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return answer;
    }
}
