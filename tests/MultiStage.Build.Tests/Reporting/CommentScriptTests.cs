using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;

namespace MultiStage.Build.Tests.Reporting;

/// <summary>The script of the GitHub action, against a server that keeps comments as GitHub's API does.</summary>
[TestClass]
public sealed class CommentScriptTests
{
    private static readonly string s_script = RepositoryRoot.Combine(".github", "actions", "image", "comment.sh");

    [TestMethod]
    public async Task It_keeps_one_comment_for_each_image_up_to_date()
    {
        // A runner with bash, curl and jq, as the action has it.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var reports = new TempFolder();
        await using var server = new CommentServer();
        for (var i = 1; i <= 100; i++)
        {
            server.Add($"talk {i}");
        }

        await File.WriteAllTextAsync(Path.Combine(reports.Path, "web.size.md"), "### web \"227 MB\"\n");
        await CommentAsync(server, reports.Path, "image-size");
        await CommentAsync(server, reports.Path, "other-image");
        await File.WriteAllTextAsync(Path.Combine(reports.Path, "web.size.md"), "### web 230 MB\n");
        await CommentAsync(server, reports.Path, "image-size");

        Assert.AreEqual(
            "<!-- multistage-size: image-size -->\n### web 230 MB|<!-- multistage-size: other-image -->\n### web \"227 MB\"",
            string.Join('|', server.Bodies.Skip(100))
        );
    }

    [TestMethod]
    public async Task Without_a_report_the_comment_of_an_earlier_build_stays()
    {
        // A runner with bash, curl and jq, as the action has it.
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var reports = new TempFolder();
        await using var server = new CommentServer();

        await CommentAsync(server, reports.Path, "image-size");

        Assert.IsEmpty(server.Bodies);
    }

    private static async Task CommentAsync(CommentServer server, string reports, string name)
    {
        var start = new ProcessStartInfo("bash", [s_script]) { RedirectStandardError = true };
        start.Environment["TOKEN"] = "secret";
        start.Environment["API"] = server.Address;
        start.Environment["PULL_REQUEST"] = "7";
        start.Environment["NAME"] = name;
        start.Environment["REPORT"] = reports;
        start.Environment["NO_PROXY"] = "127.0.0.1";
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.AreEqual(0, process.ExitCode, errors);
    }

    private sealed class CommentServer : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly List<string> _bodies = [];
        private readonly Task _answers;

        public CommentServer()
        {
            using var probe = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            probe.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/repos/shop/web";
            probe.Stop();
            _listener.Prefixes.Add($"{Address}/");
            _listener.Start();
            _answers = AnswerAsync();
        }

        public string Address { get; }

        public IReadOnlyList<string> Bodies => _bodies;

        public void Add(string body) => _bodies.Add(body);

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _answers;
            _listener.Close();
        }

        private async Task AnswerAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                var (request, response) = (context.Request, context.Response);
                var path = request.Url!.AbsolutePath["/repos/shop/web/".Length..];
                switch (request.HttpMethod, path)
                {
                    case ("GET", "issues/7/comments"):
                        var page = int.Parse(request.QueryString["page"]!, System.Globalization.CultureInfo.InvariantCulture);
                        var found = _bodies
                            .Select((body, id) => new JsonObject { ["id"] = id, ["body"] = body })
                            .Skip((page - 1) * 100)
                            .Take(100);
                        await response.OutputStream.WriteAsync(
                            System.Text.Encoding.UTF8.GetBytes(new JsonArray([.. found]).ToJsonString())
                        );
                        break;
                    case ("POST", "issues/7/comments"):
                        _bodies.Add(await BodyAsync(request));
                        response.StatusCode = 201;
                        break;
                    case ("PATCH", _) when path.StartsWith("issues/comments/", StringComparison.Ordinal):
                        _bodies[int.Parse(path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture)] = await BodyAsync(
                            request
                        );
                        break;
                    default:
                        response.StatusCode = 404;
                        break;
                }

                response.StatusCode = request.Headers["Authorization"] == "Bearer secret" ? response.StatusCode : 401;
                response.Close();
            }
        }

        private static async Task<string> BodyAsync(HttpListenerRequest request) =>
            (await JsonNode.ParseAsync(request.InputStream))!["body"]!.GetValue<string>();
    }
}
