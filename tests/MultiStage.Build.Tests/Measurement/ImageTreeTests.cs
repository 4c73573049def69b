using MultiStage.Build.Measurement.Layers;
using static MultiStage.Build.Measurement.Layers.LayerEntryKind;

namespace MultiStage.Build.Tests.Measurement;

/// <summary>What a container sees of layers, and what it does not (OCI image specification, layer.md).</summary>
[TestClass]
public sealed class ImageTreeTests
{
    [TestMethod]
    public void A_file_that_a_later_layer_has_too_is_overwritten() =>
        Holds(
            [
                [F("/app/a", 10), F("/app/b", 1)],
                [F("/app/a", 12)],
            ],
            0,
            "/app/a 12 @1, /app/b 1 @0",
            "/app/a 10 @0 Overwritten by 1"
        );

    [TestMethod]
    public void A_whiteout_deletes_a_file_or_a_folder_of_the_layers_below_and_nothing_of_its_own() =>
        Holds(
            [
                [F("/a", 1), F("/d/x", 2), F("/d/e/y", 4)],
                [F("/d/new", 8), W("/a"), W("/d")],
            ],
            0,
            "/d/new 8 @1",
            "/a 1 @0 Deleted by 1, /d/e/y 4 @0 Deleted by 1, /d/x 2 @0 Deleted by 1"
        );

    [TestMethod]
    public void An_opaque_folder_hides_what_the_layers_below_have_in_it() =>
        Holds(
            [
                [F("/d/x", 2), F("/d/e/y", 4), F("/k", 1)],
                [F("/d/x", 3), new(Opaque, "/d")],
            ],
            0,
            "/d/x 3 @1, /k 1 @0",
            "/d/e/y 4 @0 Deleted by 1, /d/x 2 @0 Deleted by 1"
        );

    [TestMethod]
    public void A_file_in_the_place_of_a_folder_hides_what_was_in_it_and_the_other_way_round() =>
        Holds(
            [
                [F("/d/x", 2), F("/f", 4)],
                [F("/d", 1), new(Folder, "/f")],
            ],
            0,
            "/d 1 @1",
            "/d/x 2 @0 Overwritten by 1, /f 4 @0 Overwritten by 1"
        );

    [TestMethod]
    public void A_folder_that_is_there_already_hides_nothing() =>
        Holds(
            [
                [F("/d/x", 2)],
                [new(Folder, "/d"), F("/d/y", 1)],
            ],
            0,
            "/d/x 2 @0, /d/y 1 @1",
            ""
        );

    [TestMethod]
    public void A_file_of_several_names_has_its_bytes_once_and_until_the_last_is_gone()
    {
        List<LayerEntry> links = [F("/a", 10), H("/b", "/a"), H("/c", "/a")];
        Holds([links], 0, "/a 10 @0, /b 0 @0, /c 0 @0", "");
        Holds([links, [W("/a")]], 0, "/b 10 @0, /c 0 @0", "");
        Holds([links, [W("/a"), W("/b"), F("/c", 1)]], 0, "/c 1 @1", "/c 10 @0 Overwritten by 1");
        Holds([links, [H("/a", "/a")]], 0, "/a 10 @0, /b 0 @0, /c 0 @0", "");
    }

    [TestMethod]
    public void Of_the_base_image_only_that_is_wasted_which_the_app_hides() =>
        Holds(
            [
                [F("/etc/a", 1), F("/etc/b", 2)],
                [F("/etc/a", 4)],
                [W("/etc/a"), F("/app/x", 8)],
                [F("/app/x", 16)],
            ],
            2,
            "/app/x 16 @3",
            "/app/x 8 @2 Overwritten by 3, /etc/a 4 @1 Deleted by 2"
        );

    [TestMethod]
    public void A_file_twice_in_one_layer_is_there_once() =>
        Holds(
            [
                [F("/a", 1), F("/a", 2)],
            ],
            0,
            "/a 2 @0",
            "/a 1 @0 Overwritten by 0"
        );

    [TestMethod]
    public void What_hides_nothing_wastes_nothing() =>
        Holds(
            [
                [F("/a", 1)],
                [W("/b"), new(Opaque, "/c"), W("/a/b")],
                [F("/empty", 0)],
                [W("/empty")],
            ],
            0,
            "/a 1 @0",
            ""
        );

    private static LayerEntry F(string path, long bytes) => new(LayerEntryKind.File, path, bytes);

    private static LayerEntry W(string path) => new(Whiteout, path);

    private static LayerEntry H(string path, string target) => new(HardLink, path) { Target = target };

    private static void Holds(List<List<LayerEntry>> layers, int baseLayers, string files, string wasted)
    {
        var tree = ImageTree.Of(layers, baseLayers);
        Assert.AreEqual(files, string.Join(", ", tree.AppFiles().Select(file => $"{file.Path} {file.Bytes} @{file.Layer}")));
        Assert.AreEqual(
            wasted,
            string.Join(", ", tree.Wasted.Select(file => $"{file.Path} {file.Bytes} @{file.Layer} {file.How} by {file.ByLayer}"))
        );
    }
}
