using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.EndToEnd.Engines;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Engines;
using MultiStage.Build.Engines.Docker;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Archives;
using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.EndToEnd.Measurement;

/// <summary>
/// Totals, waste and attribution of an awkward image against figures that are found without any of the code that measures: from what
/// <c>tar</c> lists of its layers, and from
/// what <c>find</c> and <c>stat</c> see inside containers.
/// </summary>
[TestClass]
public sealed class ExactSizes : EngineTest
{
    // Once for all tests: to read 50,000 files takes its time.
    private static readonly Lazy<Task<MeasuredImage>> s_walked = new(async () =>
    {
        var image = await AwkwardImage.GetAsync();
        await using var engine = await DockerEngine.ConnectAsync(new EngineOptions(), CancellationToken.None);
        return await ImageMeasurer.WalkAsync(engine, image.Name, image.Base, WalkFor.Files, CancellationToken.None);
    });

    [TestMethod]
    public async Task Every_layer_is_as_large_as_the_files_and_symlink_targets_in_its_tar()
    {
        var (image, measured) = await WalkedAsync();
        CollectionAssert.AreEqual(
            image.Layers.Select(AwkwardImage.BytesOf).ToArray(),
            measured.Sizes.Layers.Select(layer => layer.Bytes).ToArray()
        );
        Assert.AreEqual(image.BaseLayers, measured.Sizes.Base!.LayerCount);
        Assert.AreEqual(image.Layers.Skip(image.BaseLayers).Sum(AwkwardImage.BytesOf), measured.Sizes.AppBytes);
        Assert.IsTrue(measured.Sizes.Exact);

        // The history knows no symlink targets of what BuildKit built; what was imported, as the lowest layer here, has them.
        await using var engine = await ConnectAsync();
        var quick = await ImageMeasurer.MeasureAsync(engine, image.Name, image.Base, Token);
        CollectionAssert.AreEqual(
            image
                .Layers.Select(
                    (layer, i) => i == 0 ? AwkwardImage.BytesOf(layer) : layer.Where(entry => entry.Kind == '-').Sum(entry => entry.Bytes)
                )
                .ToArray(),
            quick.Layers.Select(layer => layer.Bytes).ToArray()
        );
    }

    [TestMethod]
    public async Task The_apps_files_are_those_that_a_container_sees_each_with_its_bytes_and_its_layer()
    {
        var (image, measured) = await WalkedAsync();
        var layers = image
            .AppEntries.Where(pair => pair.Entry.Kind != 'd' && !pair.Entry.IsWhiteout)
            .GroupBy(pair => pair.Entry.Path, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Layer, StringComparer.Ordinal);
        var seen = image.Seen.Where(file => layers.ContainsKey(file.Path)).ToList();

        Assert.IsGreaterThan(48_000, seen.Count);
        CollectionAssert.AreEqual(
            seen.Select(file => $"{file.Path} {file.Bytes} in {layers[file.Path]}").ToArray(),
            measured.Breakdown!.Files.Select(file => $"{file.Path} {file.Bytes} in {file.Layer}").ToArray()
        );
    }

    [TestMethod]
    public async Task What_is_wasted_is_what_the_layers_hold_and_no_container_sees()
    {
        var (image, measured) = await WalkedAsync();
        Assert.AreEqual(900, image.OwnWaste, "The base image's own waste is not what was put into it.");
        Assert.AreEqual(image.Wasted, measured.Breakdown!.WastedBytes);

        // Each byte of the app's layers is seen or wasted; what is wasted of the base image comes on top.
        var wasted = measured.Breakdown.Wasted.Where(file => file.Layer >= image.BaseLayers).Sum(file => file.Bytes);
        Assert.AreEqual(measured.Sizes.AppBytes, measured.Breakdown.Bytes + wasted);
    }

    [TestMethod]
    public async Task What_files_come_from_is_what_the_dependency_file_and_the_instructions_say()
    {
        var (image, measured) = await WalkedAsync();
        var (net, others) = (
            measured.Breakdown!.Files.ToLookup(file => file.Path.StartsWith("/app/net/", StringComparison.Ordinal)) is var split
                ? (split[true], split[false])
                : default
        );

        var expected = AwkwardImage
            .NetFiles.Select(file => (file.Origin, Bytes: (long)file.Bytes))
            .Append(("App app 1.0.0", new FileInfo(Path.Combine(Path.GetDirectoryName(image.Archive)!, "net", "app.deps.json")).Length));
        Assert.AreEqual(
            Sums(expected),
            Sums(net.Select(file => ($"{file.Origin.Kind} {file.Origin.Name} {file.Origin.Version}", file.Bytes)))
        );
        Assert.AreEqual("win-x64", net.Single(file => file.Path.EndsWith("/native/alpha.dll", StringComparison.Ordinal)).Rid);
        Assert.AreEqual("de", net.Single(file => file.Path.EndsWith("/Alpha.resources.dll", StringComparison.Ordinal)).Culture);
        Assert.IsTrue(
            others.All(file => file.Origin == new FileOrigin(OriginKind.Other, measured.Sizes.Layers[file.Layer!.Value].CreatedBy))
        );

        var folders = measured
            .Breakdown.ByFolder()
            .ToDictionary(folder => folder.Path, folder => (folder.Bytes, folder.Files), StringComparer.Ordinal);
        var many = image.Seen.Where(file => file.Path.StartsWith("/app/many/", StringComparison.Ordinal)).ToList();
        Assert.AreEqual((many.Sum(file => file.Bytes), many.Count), folders["/app/many"]);
    }

    [TestMethod]
    public async Task A_budget_turns_at_the_very_byte()
    {
        var image = await AwkwardImage.GetAsync();
        await using var engine = await ConnectAsync();
        var (measured, exactly) = await BudgetedMeasurement.RunAsync(
            new MeasureRequest(engine, image.Name, image.Base),
            new BudgetSettings([.. Budgets(image, 0)], DiagnosticSeverity.Error),
            Token
        );

        Assert.HasCount(5, exactly);
        Assert.IsTrue(
            exactly.All(verdict => verdict.Status == VerdictStatus.Passed && verdict.Value == verdict.Limit),
            string.Join('\n', exactly)
        );
        Assert.IsTrue(BudgetEvaluator.Evaluate(measured, Budgets(image, 1)).All(verdict => verdict.Status == VerdictStatus.Passed));
        Assert.IsTrue(BudgetEvaluator.Evaluate(measured, Budgets(image, -1)).All(verdict => verdict.Status == VerdictStatus.Failed));
    }

    [TestMethod]
    public async Task The_image_of_which_the_reference_tells_what_tools_say_takes_what_it_says()
    {
        var reference = await File.ReadAllTextAsync(Path.Combine(SuiteRun.Repository, "sdk", "docs", "budgets.md"));
        var section = reference[reference.IndexOf("## What other tools say", StringComparison.Ordinal)..];
        var dockerfile = section.Split("```")[1]["dockerfile\n".Length..];
        await using var engine = await ConnectAsync();
        var image = await BuildAsync(engine, Request(dockerfile, Folder()));

        var measured = await ImageMeasurer.WalkAsync(engine, image, "busybox", WalkFor.Files | WalkFor.Compression, Token);

        Assert.AreEqual((28_000_000, 15_000_000), (measured.Sizes.AppBytes, measured.Breakdown!.WastedBytes));
        TestContext.WriteLine($"{measured.Sizes.Total} in all, about {measured.Compressed!.Bytes} to pull");
    }

    private static IEnumerable<Budget> Budgets(AwkwardImage image, int room) =>
        [
            new(BudgetKinds.Named("total"), image.Layers.Sum(AwkwardImage.BytesOf) + room),
            new(BudgetKinds.Named("app"), image.Layers.Skip(image.BaseLayers).Sum(AwkwardImage.BytesOf) + room),
            new(BudgetKinds.Named("layer"), image.Layers.Skip(image.BaseLayers).Max(AwkwardImage.BytesOf) + room),
            new(BudgetKinds.Named("wasted"), image.Wasted + room),
            new(
                BudgetKinds.Named("path"),
                image.Seen.Where(file => file.Path.StartsWith("/app/many/", StringComparison.Ordinal)).Sum(file => file.Bytes) + room
            )
            {
                Path = "/app/many/**",
            },
        ];

    private static async Task<(AwkwardImage Image, MeasuredImage Measured)> WalkedAsync() =>
        (await AwkwardImage.GetAsync(), await s_walked.Value);

    private static string Sums(IEnumerable<(string Origin, long Bytes)> files) =>
        string.Join(
            ", ",
            files
                .GroupBy(file => file.Origin, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Key}: {group.Sum(file => file.Bytes)}")
        );
}
