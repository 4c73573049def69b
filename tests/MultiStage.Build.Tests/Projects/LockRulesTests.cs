using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class LockRulesTests
{
    [TestMethod]
    [DataRow("", null, false, LockedRestore.None)]
    [DataRow("app:", null, false, LockedRestore.ThenRuntime)]
    [DataRow("app: lib:", "linux-x64", false, LockedRestore.ThenRuntime)]
    [DataRow("lib:", "linux-x64", false, LockedRestore.ThenRuntime)]
    [DataRow("app:linux-x64 lib:linux-x64", "linux-x64", false, LockedRestore.WithRuntime)]
    [DataRow("app:linux-x64", "linux-x64", false, LockedRestore.WithRuntime)]
    [DataRow("app:linux-arm64,linux-x64 lib:linux-x64", "linux-x64", false, LockedRestore.WithRuntime)]
    [DataRow("app:linux-x64 lib:", "linux-x64", false, LockedRestore.AsTheProjectSays)]
    [DataRow("app:linux-arm64,linux-x64 lib:", "linux-x64", false, LockedRestore.AsTheProjectSays)]
    [DataRow("app:linux-arm64,linux-x64 lib:", null, false, LockedRestore.AsTheProjectSays)]
    [DataRow("app:linux-x64 lib:linux-x64", null, false, LockedRestore.ThenRuntime)]
    [DataRow("app:linux-arm64,linux-x64", null, true, LockedRestore.ThenRuntime)]
    [DataRow("app:linux-musl-arm64,linux-musl-x64", null, true, LockedRestore.AsTheProjectSays)]
    [DataRow("app:win-x64 lib:", "linux-x64", false, LockedRestore.ThenRuntime)]
    internal void Files_are_held_to_by_what_they_were_made_for(string files, string? runtime, bool isMusl, LockedRestore expected) =>
        Assert.AreEqual(expected, LockRules.For(Closure(files), Samples.Web.Publish with { RuntimeIdentifier = runtime, IsMusl = isMusl }));

    [TestMethod]
    public void A_floating_version_is_warned_of_where_a_second_restore_could_move_it()
    {
        var closure = Closure("app: lib:");
        closure = closure with
        {
            Locks = [closure.Locks[0] with { Floating = ["Serilog"] }, closure.Locks[1] with { Floating = ["Dapper", "Serilog"] }],
        };

        var warning = Assert.ContainsSingle(LockRules.Warnings(closure, Samples.Web.Publish));

        Assert.AreEqual(Codes.FloatingVersionNotLocked, warning.Descriptor);
        Assert.Contains("a newer version of Serilog, Dapper than", warning.Message);
        Assert.Contains("Set RuntimeIdentifiers to linux-x64;linux-arm64 in the project", warning.Message);
        Assert.IsEmpty(LockRules.Warnings(Closure("app: lib:"), Samples.Web.Publish));
        Assert.IsEmpty(
            LockRules.Warnings(
                closure with
                {
                    Locks = [.. closure.Locks.Select(file => file with { RuntimeIdentifiers = ["linux-x64"] })],
                },
                Samples.Web.Publish with
                {
                    RuntimeIdentifier = "linux-x64",
                }
            )
        );
    }

    // As in "app:linux-arm64,linux-x64 lib:", where app is the published project.
    private static ClosureFacts Closure(string files) =>
        Samples.Web.Closure with
        {
            Locks =
            [
                .. files
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(file => file.Split(':'))
                    .Select(parts => new LockFile(
                        parts[0] == "app" ? Samples.Web.Closure.Project : "Lib/Lib.csproj",
                        [.. parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries)],
                        []
                    )),
            ],
        };
}
