using System.Diagnostics;
using System.Globalization;

namespace MultiStage.Build.Tests.Targets;

/// <summary>
/// Random edits, each published as in the builder: at the same place, from the sources and what restore wrote, once with the compile cache
/// and
/// once without. What is published is the same to the byte.
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
    public void Whatever_is_edited_the_published_files_are_those_of_a_build_without_the_compile_cache()
    {
        using var builder = new BuilderFolder();
        var edits = new RandomEdits(s_seed);
        var clock = Stopwatch.StartNew();
        var (taken, steps) = (0, 0);
        builder.Publish(edits.Files, edits.Configuration, cached: true);
        for (; steps < 2 || clock.Elapsed < s_most; steps++)
        {
            var what = edits.Next(builder.Cache);
            var cached = builder.Publish(edits.Files, edits.Configuration, cached: true);
            var plain = builder.Publish(edits.Files, edits.Configuration, cached: false);
            Assert.AreEqual(plain.Succeeded, cached.Succeeded, $"Seed {s_seed}, step {steps}, {what}\n{cached.Output}");
            Assert.AreEqual(plain.Files, cached.Files, $"Seed {s_seed}, step {steps}, {what}\n{cached.Output}");
            Assert.AreNotEqual(plain.Succeeded, edits.IsBroken, plain.Output);
            var hits = cached.Output.Split("taken from the compile cache").Length - 1;
            taken += hits;
            Console.WriteLine($"{steps}: {what}, {hits} taken");
        }

        Assert.IsGreaterThan(0, taken, $"None of {steps} publishes took anything from the cache.");
    }
}
