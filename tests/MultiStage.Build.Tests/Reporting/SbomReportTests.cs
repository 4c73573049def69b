using System.Text.Json.Nodes;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Reporting;

namespace MultiStage.Build.Tests.Reporting;

[TestClass]
public sealed class SbomReportTests
{
    [TestMethod]
    public void Every_package_of_the_image_is_a_component_with_its_version_and_bytes()
    {
        var text = SbomReport.Write(GrownReport.Report, GrownReport.Breakdown);
        var bom = JsonNode.Parse(text)!;
        Assert.AreEqual("CycloneDX 1.6", $"{bom["bomFormat"]} {bom["specVersion"]}");
        var components = bom["components"]!.AsArray();
        var packages = GrownReport.Breakdown.ByOrigin().Where(part => part.Origin.Kind == OriginKind.Package).ToList();
        Assert.IsNotEmpty(packages);
        foreach (var package in packages)
        {
            var component = components.Single(component =>
                (string?)component!["purl"] == $"pkg:nuget/{package.Origin.Name}@{package.Origin.Version}"
            )!;
            Assert.AreEqual(
                package.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture),
                (string)component["properties"]![0]!["value"]!
            );
        }

        var references = components.Select(component => (string)component!["bom-ref"]!).ToList();
        CollectionAssert.AllItemsAreUnique(references);
        Assert.AreEqual("incomplete", (string)bom["compositions"]![0]!["aggregate"]!);
        Assert.AreEqual(text, SbomReport.Write(GrownReport.Report, GrownReport.Breakdown));
    }
}
