using System.Diagnostics;
using System.Globalization;

namespace MultiStage.Build.Tests.Targets;

/// <summary>
/// Random edits, each published as in the builder: at the same place, from the sources and what restore wrote, once with what earlier publishes
/// left and once from nothing. What is published is the same to the byte.
/// </summary>
[TestClass]
public sealed class IncrementalPublish
{
    // The sequence of edits is the same each time; with more seconds it is longer, with another seed it is another one.
    private static readonly TimeSpan s_most = TimeSpan.FromSeconds(double.Parse(
        Environment.GetEnvironmentVariable("MULTISTAGE_FUZZ_SECONDS") ?? "10", CultureInfo.InvariantCulture));

    private static readonly int s_seed = int.Parse(Environment.GetEnvironmentVariable("MULTISTAGE_FUZZ_SEED") ?? "1", CultureInfo.InvariantCulture);

    [TestMethod]
    public void Whatever_is_edited_the_published_files_are_those_of_a_build_from_nothing()
    {
        using var builder = new BuilderFolder();
        var edits = new RandomEdits(s_seed);
        var clock = Stopwatch.StartNew();
        var (continued, steps) = (0, 0);
        builder.Publish(edits.Files, edits.Configuration, incremental: true);
        // The first two steps of every sequence are edits within a file, so that something is continued.
        for (; steps < 2 || clock.Elapsed < s_most; steps++)
        {
            var what = edits.Next(builder.Cache);
            var incremental = builder.Publish(edits.Files, edits.Configuration, incremental: true);
            var clean = builder.Publish(edits.Files, edits.Configuration, incremental: false);
            Assert.AreEqual(clean.Succeeded, incremental.Succeeded, $"Seed {s_seed}, step {steps}, {what}\n{incremental.Output}");
            Assert.AreEqual(clean.Files, incremental.Files, $"Seed {s_seed}, step {steps}, {what}\n{incremental.Output}");
            Assert.AreNotEqual(clean.Succeeded, edits.IsBroken, clean.Output);
            continued += incremental.Output.Contains("which is continued", StringComparison.Ordinal) ? 1 : 0;
            Console.WriteLine($"{steps}: {what}{(incremental.Output.Contains("which is continued", StringComparison.Ordinal) ? ", continued" : "")}");
        }

        Assert.IsGreaterThan(0, continued, $"None of {steps} publishes started from an earlier one.");
    }
}
