using System.Diagnostics;
using System.Globalization;

namespace MultiStage.Build.Tests.Targets;

/// <summary>
/// Random edits, each published twice at the same place: as in the builder, from what the generated Dockerfile restores from and sends, with
/// the compile cache; and as on the host, from all files. What is published is the same to the byte.
/// </summary>
[TestClass]
public sealed class RandomEditsPublished
{
    // The sequence of edits is the same each time; with more seconds it is longer, with another seed it is another one.
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("MULTISTAGE_FUZZ_SECONDS") ?? "10", CultureInfo.InvariantCulture)
    );

    private static readonly int s_seed = int.Parse(
        Environment.GetEnvironmentVariable("MULTISTAGE_FUZZ_SEED") ?? "1",
        CultureInfo.InvariantCulture
    );

    [TestMethod]
    public void Whatever_is_edited_the_builder_publishes_what_the_host_publishes()
    {
        using var builder = new BuilderFolder();
        var edits = new RandomEdits(s_seed);
        var clock = Stopwatch.StartNew();
        var (taken, steps) = (0, 0);
        builder.Publish(edits.Files, edits.Configuration);
        for (; steps < 2 || clock.Elapsed < s_most; steps++)
        {
            var what = edits.Next(builder.Cache);
            var built = builder.Publish(edits.Files, edits.Configuration);
            var host = builder.PublishOnHost(edits.Files, edits.Configuration);
            Assert.AreEqual(host.Succeeded, built.Succeeded, $"Seed {s_seed}, step {steps}, {what}\n{built.Output}");
            Assert.AreEqual(host.Files, built.Files, $"Seed {s_seed}, step {steps}, {what}\n{built.Output}");
            Assert.AreNotEqual(host.Succeeded, edits.IsBroken, host.Output);
            var hits = built.Output.Split("taken from the compile cache").Length - 1;
            taken += hits;
            Console.WriteLine($"{steps}: {what}, {hits} taken");
        }

        Assert.IsGreaterThan(0, taken, $"None of {steps} publishes took anything from the cache.");
    }
}
