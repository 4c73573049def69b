using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Tests.Variants;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Tests.Budgets;

/// <summary>What only another build can tell is told as it was measured, where it was.</summary>
[TestClass]
public sealed class ExploredHintsTests
{
    // As large as the one that was explored, but for 10 MB that the app has grown by.
    private static readonly MeasuredImage s_image = Image("mcr.microsoft.com/dotnet/aspnet:10.0", 139_650_000);

    private static readonly SizeHint[] s_hints =
    [
        new(HintKind.BaseVariant, null, "The base image is a whole distribution", "set ContainerFamily"),
        new(HintKind.Symbols, 3_000_000, "are debug symbols", "set DebugType"),
    ];

    [TestMethod]
    public void The_smallest_variant_that_works_takes_the_place_of_a_hint_without_a_number() =>
        Assert.AreEqual(
            """
            264.2 MB more than in the variant native, which was built, tried out and works; publish it with -p:ContainerVariant=native, or set ContainerFamily to native
            3 MB are debug symbols; set DebugType
            """,
            Text(s_image, ExplorationTests.Explored)
        );

    [TestMethod]
    public void Where_nothing_smaller_works_nothing_smaller_is_offered() =>
        Assert.AreEqual("3 MB are debug symbols; set DebugType", Text(s_image, ExplorationTests.Explored with { Variants = [] }));

    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:9.0", 139_650_000)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0", 150_000_000)]
    public void What_was_explored_on_another_base_image_says_nothing(string name, long bytes) =>
        Assert.AreEqual(Text(s_image, null), Text(Image(name, bytes), ExplorationTests.Explored));

    [TestMethod]
    public void Where_nothing_was_explored_the_hint_leads_there() =>
        Assert.Contains("dotnet msbuild -t:ExploreMultiStageImages", Text(s_image, null).Split('\n')[0]);

    private static string Text(MeasuredImage image, Exploration? exploration) =>
        string.Join('\n', ExploredHints.Apply([.. s_hints], image, exploration));

    private static MeasuredImage Image(string baseImage, long baseBytes) =>
        new(
            new ImageSizes(
                "sha256:0",
                Platform.Parse("linux/amd64"),
                new ImageBase(baseImage, baseBytes, 1),
                [new("sha256:a", "# debian.sh", baseBytes, true), new("sha256:c", "COPY . /app", 149_650_000, false)],
                true
            )
        );
}
