using System.Collections.Immutable;
using CsCheck;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Tests.Measurement;

[TestClass]
public sealed class LayerSizesTests
{
    private static readonly ImageDescription s_debian = Image(["d1"], ("# debian.sh", 75_000_000), ("CMD [\"bash\"]", 0));

    [TestMethod]
    public void Entries_with_bytes_made_the_layers()
    {
        var layers = FromHistory(Image(["a", "b"], ("COPY x /x # buildkit", 10), ("ENV A=b", 0), ("RUN /bin/sh -c make # buildkit", 20)));
        Assert.AreEqual("a COPY x /x 10, b RUN make 20", Text(layers));
    }

    [TestMethod]
    public void Empty_layers_belong_to_the_instructions_that_make_layers()
    {
        // As docker 28 has it: WORKDIR of a folder and COPY of an empty one are layers, WORKDIR / is none.
        var layers = FromHistory(
            Image(
                ["a", "b", "c", "d"],
                ("COPY a /a # buildkit", 6),
                ("WORKDIR /", 0),
                ("WORKDIR /app", 0),
                ("ENV X=1", 0),
                ("COPY b /app/b # buildkit", 2),
                ("COPY e/ /e/ # buildkit", 0),
                ("LABEL a=b", 0)
            )
        );
        Assert.AreEqual("a COPY a /a 6, b WORKDIR /app 0, c COPY b /app/b 2, d COPY e/ /e/ 0", Text(layers));
    }

    [TestMethod]
    public void An_instruction_that_changed_nothing_made_no_layer_where_the_count_says_so()
    {
        // The classic builder drops a layer without changes.
        var layers = FromHistory(Image(["a", "b"], ("/bin/sh -c #(nop) COPY x /x", 10), ("/bin/sh -c true", 0), ("/bin/sh -c make", 20)));
        Assert.AreEqual("a COPY x /x 10, b RUN make 20", Text(layers));
    }

    [TestMethod]
    public void An_empty_entry_that_no_Dockerfile_made_counts_where_the_count_says_so()
    {
        var layers = FromHistory(Image(["a", "b"], ("crane append", 0), ("CMD [\"x\"]", 0), ("crane append", 20)));
        Assert.AreEqual("a crane append 0, b crane append 20", Text(layers));
    }

    [TestMethod]
    public void Where_nothing_tells_which_entry_was_empty_no_layer_is_given_bytes()
    {
        var layers = FromHistory(
            Image(
                ["a", "b", "c"],
                ("COPY a / # buildkit", 10),
                ("RUN /bin/sh -c true # buildkit", 0),
                ("COPY b / # buildkit", 20),
                ("RUN /bin/sh -c true # buildkit", 0)
            )
        );
        Assert.AreEqual("? COPY a / 10, ? COPY b / 20, ?  0", Text(layers));
    }

    [TestMethod]
    public void The_daemons_own_word_is_taken_before_any_guess()
    {
        var image = Image(["a", "b"], ("RUN true", 0), ("x", 5), ("RUN true", 0));
        var flagged = image with { History = [.. image.History.Select((entry, i) => entry with { MadeLayer = i != 0 })] };
        Assert.AreEqual("a x 5, b RUN true 0", Text(FromHistory(flagged)));
    }

    [TestMethod]
    public void A_history_that_does_not_account_for_the_layers_gives_no_sizes()
    {
        Assert.IsNull(LayerSizes.FromHistory(Image(["a", "b"], ("COPY a /", 1), ("COPY b /", 2), ("COPY c /", 3)), null));
        Assert.IsNull(LayerSizes.FromHistory(Image(["a", "b"]), null));
        Assert.IsNull(LayerSizes.FromHistory(Image(["a", "b"], ("COPY a /", 1), ("ENV a=b", 0)), null));
    }

    [TestMethod]
    public void The_base_images_layers_are_the_ones_in_common()
    {
        var image = Image(["d1", "a"], ("# debian.sh", 75_000_000), ("CMD [\"bash\"]", 0), ("COPY x /x # buildkit", 10));
        Assert.AreEqual("d1 # debian.sh 75000000 base, a COPY x /x 10", Text(LayerSizes.FromHistory(image, s_debian)));
    }

    [TestMethod]
    public void A_base_image_without_a_usable_history_of_its_own_still_parts_the_bytes()
    {
        // Which of the two entries made the base image's second layer stays open; what is the base image's and what the app's does not.
        (string, long)[] inherited = [("COPY a /", 10), ("RUN true", 0), ("COPY b /", 20), ("RUN true", 0)];
        var image = Image(["a", "b", "c", "d", "e"], [.. inherited, ("WORKDIR /app", 0), ("COPY x /x", 30)]);
        var layers = LayerSizes.FromHistory(image, Image(["a", "b", "c"], inherited));
        Assert.AreEqual("? COPY a / 10 base, ? COPY b / 20 base, ?  0 base, d WORKDIR /app 0, e COPY x /x 30", Text(layers));
    }

    [TestMethod]
    public void Where_it_stays_open_which_bytes_are_the_base_images_no_sizes_are_given()
    {
        var image = Image(["a", "b", "c"], ("COPY a /", 10), ("RUN true", 0), ("COPY b /", 20), ("RUN true", 0));
        Assert.IsNull(LayerSizes.FromHistory(image, Image(["a", "b"], ("something else", 10))));
    }

    [TestMethod]
    public void A_base_image_that_changed_since_shares_what_did_not_change()
    {
        var image = Image(["a", "b", "c"], ("COPY a /", 10), ("COPY b /", 20), ("COPY c /", 30));
        Assert.AreEqual(
            "a COPY a / 10 base, b COPY b / 20, c COPY c / 30",
            Text(LayerSizes.FromHistory(image, Image(["a", "x"], ("COPY a /", 10), ("COPY x /", 5))))
        );
        Assert.AreEqual("a COPY a / 10, b COPY b / 20, c COPY c / 30", Text(LayerSizes.FromHistory(image, s_debian)));
    }

    [TestMethod]
    public void Layers_are_never_given_bytes_that_are_not_theirs() =>
        Gen.Select(Gen.OneOf("COPY a /", "RUN make", "WORKDIR /app", "WORKDIR /", "ENV A=b", "crane"), Gen.OneOf(0L, 0, 1, 2, 3), Gen.Bool)
            .Array[0, 8]
            .Sample(steps =>
            {
                // A step with bytes made a layer; of the others, any may have.
                var made = steps.Where(step => step.Item2 > 0 || step.Item3).ToList();
                var image = Image([.. made.Select((_, i) => $"l{i}")], [.. steps.Select(step => (step.Item1, step.Item2))]);
                if (LayerSizes.FromHistory(image, null) is not { } layers)
                {
                    return true;
                }

                return layers.Length == made.Count && layers.Sum(layer => layer.Bytes) == steps.Sum(step => step.Item2);
            });

    [TestMethod]
    public void Whatever_BuildKit_builds_is_attributed_layer_by_layer() =>
        Gen.Select(Gen.OneOf("COPY a /", "RUN make", "WORKDIR /app", "WORKDIR /", "ENV A=b", "USER 1"), Gen.OneOf(0L, 1, 2))
            .Array[0, 8]
            .Sample(steps =>
            {
                var history = steps
                    .Select(step => (CreatedBy: step.Item1, Bytes: HistoryInstruction.MakesLayer(step.Item1) == true ? step.Item2 : 0))
                    .ToArray();
                var made = history
                    .Where(entry => HistoryInstruction.MakesLayer(entry.CreatedBy) == true)
                    .Select((entry, i) => $"l{i} {entry.CreatedBy} {entry.Bytes}")
                    .ToList();
                var layers = LayerSizes.FromHistory(Image([.. made.Select((_, i) => $"l{i}")], history), null);
                return Text(layers) == string.Join(", ", made);
            });

    internal static ImageDescription Image(ImmutableArray<string> diffIds, params (string CreatedBy, long Size)[] history) =>
        new(
            "sha256:" + new string('1', 64),
            Platform.Parse("linux/amd64"),
            diffIds,
            [.. history.Select(entry => new HistoryEntry(entry.CreatedBy, entry.Size))],
            new ImageConfiguration()
        );

    private static ImmutableArray<LayerSize>? FromHistory(ImageDescription image) => LayerSizes.FromHistory(image, null);

    private static string? Text(ImmutableArray<LayerSize>? layers) =>
        layers is null
            ? null
            : string.Join(
                ", ",
                layers.Value.Select(layer =>
                    FormattableString.Invariant($"{layer.DiffId ?? "?"} {layer.CreatedBy} {layer.Bytes}{(layer.IsBase ? " base" : "")}")
                )
            );
}
