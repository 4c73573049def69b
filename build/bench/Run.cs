using System.Diagnostics;
using System.Text.Json;

namespace MultiStage.Build.Bench;

/// <summary>Measures contenders on one app.</summary>
internal static class Run
{
    /// <summary>How the raw figures are written.</summary>
    public static JsonSerializerOptions Json { get; } = new() { WriteIndented = true };

    /// <summary>Measures.</summary>
    /// <param name="app">The app.</param>
    /// <param name="contenders">The contenders.</param>
    /// <param name="scenarios">The scenarios.</param>
    /// <param name="repetitions">How often each scenario is repeated.</param>
    /// <returns>The figures.</returns>
    public static Measurements Measure(
        App app,
        IReadOnlyList<Contender> contenders,
        IReadOnlyList<Scenario> scenarios,
        int repetitions
    )
    {
        var seconds = scenarios.ToDictionary(s => s.Name, _ => contenders.ToDictionary(c => c.Name, _ => new List<double>()));
        var sizes = new Dictionary<string, long>();
        try
        {
            foreach (var contender in contenders)
            {
                Directory.CreateDirectory(contender.Work);
                app.WriteTo(contender.Folder);
                contender.Prepare(app);
                contender.Commit();
                // Not measured: what is downloaded once on a machine is there afterwards.
                contender.Build(app);
            }

            for (var repetition = 0; repetition < repetitions; repetition++)
            {
                foreach (var scenario in scenarios)
                {
                    // In turn, and in the other order every second time, so that a slow minute of the machine hits all.
                    foreach (var contender in repetition % 2 == 0 ? contenders : contenders.Reverse())
                    {
                        var elapsed = Once(app, contender, scenario, repetition);
                        seconds[scenario.Name][contender.Name].Add(elapsed);
                        Console.Error.WriteLine(
                            $"  {app.Projects} projects, {repetition + 1}/{repetitions}  {scenario.Name,-30} {contender.Name,-26} "
                                + $"{elapsed,7:0.00} s"
                        );
                    }
                }
            }

            foreach (var contender in contenders)
            {
                if (contender.ImageBytes() is { } bytes)
                {
                    sizes[contender.Name] = bytes;
                }
            }
        }
        finally
        {
            foreach (var contender in contenders)
            {
                contender.CleanUp();
            }
        }

        return new Measurements(app.Projects, seconds, sizes);
    }

    private static double Once(App app, Contender contender, Scenario scenario, int repetition)
    {
        var (built, file, mark) = scenario.Apply(contender, app, repetition);
        var watch = Stopwatch.StartNew();
        contender.Build(built);
        var elapsed = watch.Elapsed.TotalSeconds;
        Edits.Require(contender, built, file, mark);
        if (built != app)
        {
            Directory.Delete(Path.Combine(contender.Folder, Path.GetDirectoryName(built.Entry)!), recursive: true);
            contender.TurnTo(app);
        }

        return elapsed;
    }
}
