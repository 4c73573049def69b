using System.Xml.Linq;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Picture;

namespace MultiStage.Build.Tests.Stages;

[TestClass]
public sealed class StageDrawingTests
{
    private static readonly BuildPlan s_plan = Items.Plan(
        Items.Add(
            Samples.Web,
            Items.Stage("assets", ("BaseImage", "node:22")),
            Items.Stage("lint", ("BaseImage", "builder")),
            Items.Stage("empty", ("BaseImage", "scratch")),
            Items.Step("builder", ("Run", "--mount=type=bind,from=tools:1,target=/tools /tools/x")),
            Items.Step("runtime", ("Copy", "/a \"b\" <c>"), ("From", "assets"), ("Destination", "/a/"))
        )
    );

    [TestMethod]
    [DataRow("")]
    [DataRow("lint")]
    public void A_plan_as_text_and_as_a_chart(string target)
    {
        var picture = StagePicture.Of(s_plan, s_plan.Find(target));
        Snapshot.Match("stage-picture", $"{(target.Length == 0 ? "final" : target)}.txt", StageDrawing.Text(picture) + "\n");
        Snapshot.Match("stage-picture", $"{(target.Length == 0 ? "final" : target)}.mmd", StageDrawing.Mermaid(picture));
    }

    [TestMethod]
    public void A_plan_as_a_drawing_with_a_box_for_each_stage_and_image_and_an_arrow_for_each_thing_taken()
    {
        var picture = StagePicture.Of(s_plan, s_plan.Stages[^1]);
        var svg = StageDrawing.Svg(picture);
        var drawing = XDocument.Parse(svg).Root!;
        var ns = drawing.Name.Namespace;

        Snapshot.Match("stage-picture", "final.svg", svg + "\n");
        CollectionAssert.AreEquivalent(
            new[]
            {
                "builder",
                "assets",
                "lint",
                "empty",
                "runtime",
                "mcr.microsoft.com/dotnet/sdk:10.0",
                "mcr.microsoft.com/dotnet/aspnet:10.0",
                "node:22",
                "tools:1",
            },
            drawing.Descendants(ns + "text").Select(text => text.Value).ToArray()
        );
        Assert.AreEqual(picture.Arrows.Length, drawing.Elements(ns + "path").Count());
        Assert.AreEqual(
            "runtime copies /a, \"b\", <c> from assets",
            drawing
                .Descendants(ns + "title")
                .Select(title => title.Value)
                .Single(title =>
                    title.Contains("assets", StringComparison.Ordinal) && title.StartsWith("runtime", StringComparison.Ordinal)
                )
        );
    }

    [TestMethod]
    public void Boxes_do_not_lie_on_each_other_and_arrows_lead_to_the_right()
    {
        var picture = StagePicture.Of(s_plan, s_plan.Stages[^1]);
        Assert.HasCount(picture.Nodes.Length, picture.Nodes.Select(node => (node.Column, node.Row)).Distinct().ToList());
        var columns = picture.Nodes.ToDictionary(node => node.Name, node => node.Column);
        foreach (var arrow in picture.Arrows)
        {
            Assert.IsLessThan(columns[arrow.To], columns[arrow.From], arrow.ToString());
        }
    }

    [TestMethod]
    public void What_is_built_is_what_the_target_needs()
    {
        string Built(string target) =>
            string.Join(
                ' ',
                StagePicture
                    .Of(s_plan, s_plan.Find(target))
                    .Nodes.Where(node => node.IsBuilt && node.Kind is PictureKind.Stage)
                    .Select(node => node.Name)
            );
        Assert.AreEqual("builder assets runtime", Built(""));
        Assert.AreEqual("builder lint", Built("lint"));
        Assert.AreEqual("assets", Built("assets"));
    }
}
