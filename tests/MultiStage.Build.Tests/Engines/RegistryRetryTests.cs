using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Tests.Engines;

[TestClass]
public sealed class RegistryRetryTests
{
    [TestMethod]
    [DataRow("received unexpected HTTP status: 503 Service Unavailable", true)]
    [DataRow("toomanyrequests: Rate exceeded", true)]
    [DataRow("error parsing HTTP 429 response body: invalid character", true)]
    [DataRow("Put \"http://127.0.0.1:5000/v2/a/blobs/uploads/x\": EOF", true)]
    [DataRow("write tcp 10.0.0.1:1->10.0.0.2:443: write: connection reset by peer", true)]
    [DataRow("net/http: TLS handshake timeout", true)]
    [DataRow("no basic auth credentials", false)]
    [DataRow("denied: requested access to the resource is denied", false)]
    [DataRow("manifest unknown: manifest unknown", false)]
    [DataRow("tag does not exist: a:1", false)]
    public void A_registrys_answer_tells_whether_it_may_be_another_one_later(string error, bool isPassing) =>
        Assert.AreEqual(isPassing, RegistryRetry.IsPassing(error));

    [TestMethod]
    [DataRow("toomanyrequests: retry-after: 1.5s, allowed: 44000/minute", 1.5)]
    [DataRow("retry-after: 500µs", 0.0005)]
    [DataRow("Retry-After: 20", 20.0)]
    [DataRow("retry after 2m", 120.0)]
    [DataRow("service unavailable", null)]
    public void The_time_to_wait_is_the_registrys_own(string error, double? seconds) =>
        Assert.AreEqual(seconds, RegistryRetry.AskedFor(error)?.TotalSeconds);

    [TestMethod]
    public async Task It_is_tried_again_until_it_succeeds()
    {
        string?[] answers = ["503 Service Unavailable: retry-after: 1ms", null];
        var attempts = 0;
        Assert.IsNull(await RunAsync(() => answers[attempts++]));
        Assert.AreEqual(2, attempts);
    }

    [TestMethod]
    [DataRow("denied", 1)]
    [DataRow("toomanyrequests: retry-after: 1h", 1)]
    public async Task What_will_not_pass_or_takes_too_long_is_told_at_once(string error, int expected)
    {
        var attempts = 0;
        Assert.AreEqual(
            error,
            await RunAsync(() =>
            {
                attempts++;
                return error;
            })
        );
        Assert.AreEqual(expected, attempts);
    }

    private static Task<string?> RunAsync(Func<string?> attempt) =>
        RegistryRetry.RunAsync(
            "Pushing a",
            () => Task.FromResult(attempt()),
            TimeSpan.FromMilliseconds(1),
            new Progress<BuildEvent>(),
            CancellationToken.None
        );
}
