using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.EndToEnd.Engines;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.EndToEnd.Measurement;

/// <summary>The two ways to measure have to agree to the byte, layer by layer, and differ only in what is known: the daemon's own history,
/// and a walk through <c>docker save</c>.</summary>
[TestClass]
public sealed class MeasuringImages : EngineTest
{
    // The bytes of the symlink targets below: one, zum/Löwen/🐳, and 120 digits.
    private const int Targets = 3 + 15 + 120;

    private const string Awkward = """
        FROM busybox AS base
        RUN mkdir -p /data/kept /data/gone /data/opaque /data/empty && echo kept > /data/kept/a && head -c 100000 /dev/zero > /data/gone/b && echo c > /data/opaque/c
        WORKDIR /
        WORKDIR /app
        ENV WHERE=/app
        FROM base
        ARG FILE_SIZE=12345
        RUN head -c $FILE_SIZE /dev/urandom > one && ln one two && ln one three && ln -s one four && ln -s zum/Löwen/🐳 five && ln -s $(printf '%0120d' 7) six
        RUN rm -r /data/gone && rm -r /data/opaque && mkdir /data/opaque && echo new > /data/opaque/d
        RUN truncate -s 5000000 sparse && echo end >> sparse && mkfifo pipe && mknod zero c 1 5
        RUN chmod 600 /data/kept/a && ln /data/kept/a /data/kept/linked && chown 1000 one
        RUN mkdir -p $(printf '%090d/%090d/%090d' 1 2 3) && echo deep > $(printf '%090d/%090d/%090d' 1 2 3)/ümläut && echo q > '{"a":1}' && : > empty
        RUN true
        COPY --from=base /data/empty/ /app/
        COPY --link text /linked/text
        WORKDIR /app
        USER 1000
        LABEL a=b
        RUN <<EOF
        echo heredoc > /tmp/heredoc
        EOF
        ENTRYPOINT ["/bin/sh"]
        """;

    [TestMethod]
    public async Task An_archive_measures_as_the_daemons_history_does_but_for_symlinks()
    {
        await using var engine = await ConnectAsync();
        var image = await BuildAsync(engine, Request(Awkward, Folder("text")));

        var quick = await ImageMeasurer.MeasureAsync(engine, image, "busybox", Token);
        var exact = await ImageMeasurer.MeasureExactlyAsync(engine, image, "busybox", Token);
        var walked = await ImageMeasurer.MeasureAsync(new ContainerdStore(engine), image, "busybox", Token);

        Assert.AreEqual(image, quick.ImageId);
        Assert.AreEqual(1, quick.Base!.LayerCount);
        Assert.IsTrue(exact.Exact);
        CollectionAssert.AreEqual(exact.Layers, walked.Layers);
        Assert.AreEqual(exact.Base, walked.Base);
        // BuildKit tells the daemon the bytes of the files alone; the one layer here with symlinks lacks their targets.
        var linked = exact.Layers.Single(layer => layer.CreatedBy.StartsWith("RUN head -c", StringComparison.Ordinal));
        Assert.AreEqual(12345 + Targets, linked.Bytes);
        CollectionAssert.AreEqual(
            exact.Layers,
            quick.Layers.Select(layer => layer.DiffId == linked.DiffId ? layer with { Bytes = layer.Bytes + Targets } : layer).ToArray()
        );
    }

    [TestMethod]
    public async Task What_a_layer_below_holds_what_is_linked_and_what_is_gone_costs_nothing()
    {
        await using var engine = await ConnectAsync();
        var image = await BuildAsync(engine, Request(Awkward, Folder("text")));
        var layers = (await ImageMeasurer.MeasureExactlyAsync(engine, image, "busybox", Token)).AppLayers.ToList();

        long BytesOf(string instruction) => layers.Single(layer => layer.CreatedBy.StartsWith(instruction, StringComparison.Ordinal)).Bytes;
        Assert.AreEqual(5 + 100_000 + 2, BytesOf("RUN mkdir -p /data/kept"));
        Assert.AreEqual(4, BytesOf("RUN rm -r /data/gone"));
        Assert.AreEqual(5_000_004, BytesOf("RUN truncate"));
        // A change of owner or mode copies the file into the layer.
        Assert.AreEqual(5 + 12345, BytesOf("RUN chmod"));
        Assert.AreEqual(0, BytesOf("COPY /data/empty/"));
        Assert.AreEqual(4, BytesOf("COPY text /linked/text"));
    }

    [TestMethod]
    public async Task A_base_image_of_thousands_of_files_measures_the_same_both_ways_but_for_symlinks()
    {
        await using var engine = await ConnectAsync();
        const string Image = "mcr.microsoft.com/dotnet/aspnet:10.0";
        var quick = await ImageMeasurer.MeasureAsync(engine, Image, "mcr.microsoft.com/dotnet/runtime-deps:10.0", Token);
        var exact = await ImageMeasurer.MeasureExactlyAsync(engine, Image, "mcr.microsoft.com/dotnet/runtime-deps:10.0", Token);

        // The lowest layer was pulled or imported, so even its symlinks are in the history.
        Assert.AreEqual(exact.Layers[0], quick.Layers[0]);
        Assert.HasCount(exact.Layers.Length, quick.Layers);
        foreach (var (few, all) in quick.Layers.Zip(exact.Layers))
        {
            Assert.AreEqual(all, few with { Bytes = all.Bytes });
            Assert.IsTrue(few.Bytes <= all.Bytes && all.Bytes - few.Bytes <= all.Bytes / 1000, $"{few}\n{all}");
        }
    }

    [TestMethod]
    public async Task A_broken_budget_is_explained_from_the_apps_folder_and_no_container_stays()
    {
        await using var engine = await ConnectAsync();
        var image = await BuildAsync(
            engine,
            Request("FROM busybox\nWORKDIR /app\nRUN head -c 300000 /dev/urandom > one && echo two > two\n", Folder())
        );
        var settings = BudgetReader.Read(new BudgetProperties { Limits = [new("ContainerAppSizeBudget", "100kB")] });

        var (measured, verdicts) = await BudgetedMeasurement.RunAsync(new MeasureRequest(engine, image, "busybox"), settings, Token);

        Assert.AreEqual(VerdictStatus.Failed, verdicts.Single().Status);
        // Every byte of the app lies in its folder, so that no layer had to be read.
        Assert.AreEqual("/app", measured.Breakdown!.Folder);
        Assert.AreEqual(
            "/app/one 300000, /app/two 4",
            string.Join(", ", measured.Breakdown.Files.Select(file => $"{file.Path} {file.Bytes}"))
        );
        Assert.AreEqual("", (await Daemon.DockerAsync("ps", "--all", "--quiet", "--filter", $"ancestor={image}")).Trim());
    }

    [TestMethod]
    public async Task An_image_that_is_not_there_is_not_measured()
    {
        await using var engine = await ConnectAsync();
        var failure = await Assert.ThrowsExactlyAsync<MultiStageException>(() =>
            ImageMeasurer.MeasureAsync(engine, "no-such-image:1", null, Token)
        );
        Assert.AreSame(Codes.NotMeasured, failure.Diagnostic.Descriptor);
    }

    /// <summary>A daemon whose history is not to be believed, as that of the containerd store.</summary>
    private sealed class ContainerdStore(IImageSource daemon) : IImageSource
    {
        public bool HistorySizesAreExact => false;

        public async Task<ImageDescription?> DescribeAsync(string reference, CancellationToken cancellationToken) =>
            await daemon.DescribeAsync(reference, cancellationToken) is { } image
                ? image with
                {
                    History = [.. image.History.Select(entry => entry with { Size = entry.Size + 4096 })],
                }
                : null;

        public Task<Stream?> OpenFolderAsync(string reference, string path, CancellationToken cancellationToken) =>
            daemon.OpenFolderAsync(reference, path, cancellationToken);

        public Task<Stream> OpenArchiveAsync(string reference, CancellationToken cancellationToken) =>
            daemon.OpenArchiveAsync(reference, cancellationToken);
    }
}
