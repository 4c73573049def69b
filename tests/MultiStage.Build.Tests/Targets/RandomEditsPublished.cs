using System.Diagnostics;
using System.Globalization;

namespace MultiStage.Build.Tests.Targets;

/// <summary>Random edits, each published twice as in the builder: at the same place, from the sources and what restore wrote.</summary>
[TestClass]
public sealed class RandomEditsPublished
{
    // The sequence of edits is the same each time; with more seconds it is longer, with another seed it is another one.
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(double.Parse(
        Environment.GetEnvironmentVariable("MULTISTAGE_FUZZ_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    private static readonly int s_seed = int.Parse(Environment.GetEnvironmentVariable("MULTISTAGE_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);

    [TestMethod]
    public void Whatever_is_edited_two_publishes_give_the_same_files()
    {
        using var builder = new BuilderFolder();
        var edits = new RandomEdits(s_seed);
        var clock = Stopwatch.StartNew();
        for (var steps = 0; steps < 2 || clock.Elapsed < s_most; steps++)
        {
            var what = edits.Next(builder.Cache);
            var first = builder.Publish(edits.Files, edits.Configuration);
            var second = builder.Publish(edits.Files, edits.Configuration);
            Assert.AreEqual(first.Files, second.Files, $"Seed {s_seed}, step {steps}, {what}\n{second.Output}");
            Assert.AreNotEqual(first.Succeeded, edits.IsBroken, first.Output);
        }
    }
}
