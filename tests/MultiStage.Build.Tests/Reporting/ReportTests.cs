using System.Text.Json;
using System.Text.Json.Nodes;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;

namespace MultiStage.Build.Tests.Reporting;

[TestClass]
public sealed class ReportTests
{
    public static IEnumerable<object[]> Reports =>
        [
            ["size-passing", TestReports.Passing],
            ["size-failing", TestReports.Failing],
            ["size-by-one-byte", TestReports.ByOneByte],
            ["size-from-scratch", TestReports.FromScratch],
            ["size-base-unknown", TestReports.BaseUnknown],
        ];

    [TestMethod]
    [DynamicData(nameof(Reports))]
    internal void The_table_and_the_line_are_as_they_were(string name, SizeReport report)
    {
        Snapshot.Match(name, "table.txt", ConsoleReport.Table(report) + "\n");
        Snapshot.Match(name, "line.txt", ConsoleReport.Line(report) + "\n");
    }

    [TestMethod]
    [DynamicData(nameof(Reports))]
    internal void The_table_fits_into_a_terminal(string name, SizeReport report)
    {
        foreach (var line in ConsoleReport.Table(report).Split('\n'))
        {
            Assert.IsLessThanOrEqualTo(100, line.Length, $"{name}: {line}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Reports))]
    internal void The_JSON_is_as_it_was_and_reads_back(string name, SizeReport report)
    {
        var json = SizeJson.Write(report);
        Snapshot.Match(name, "size.json", json);
        Assert.AreEqual(json, SizeJson.Write(SizeJson.Read(json, "size.json")));
    }

    [TestMethod]
    public void What_the_JSON_holds_is_the_report()
    {
        var (report, read) = (TestReports.Failing, SizeJson.Read(SizeJson.Write(TestReports.Failing), "size.json"));
        CollectionAssert.AreEqual(report.Sizes.Layers, read.Sizes.Layers);
        CollectionAssert.AreEqual(report.Verdicts, read.Verdicts);
        Assert.AreEqual(report.Sizes, read.Sizes with { Layers = report.Sizes.Layers });
        Assert.AreEqual((report.Image, report.Stage, report.Passed), (read.Image, read.Stage, read.Passed));
    }

    [TestMethod]
    public void A_file_of_another_definition_is_not_read() =>
        Fails(json => json["definition"] = "disk-usage/1", "its sizes are 'disk-usage/1', not 'unpacked-bytes/1'");

    [TestMethod]
    public void A_file_that_contradicts_itself_is_not_read()
    {
        Fails(json => json["totalBytes"] = 1, "its layers do not add up to its total");
        Fails(json => json["layers"]![0]!["bytes"] = long.MaxValue, "Arithmetic operation resulted in an overflow");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("[1]")]
    [DataRow("{ \"definition\": \"unpacked-bytes/1\"")]
    public void A_damaged_file_is_not_read(string json) => Fails(json);

    [TestMethod]
    public void A_file_that_lacks_anything_is_not_read()
    {
        foreach (var property in Parse().Select(property => property.Key).ToList())
        {
            Fails(json => json.Remove(property));
        }

        Fails(json => json["layers"]![0]!["createdBy"] = null);
        Fails(json => json["layers"]![0] = null);
        Fails(json => json["layers"] = null);
        Fails(json => json["verdicts"]![0] = null);
        Fails(json => json["verdicts"]![0]!["metric"] = 0);
        Fails(json => json["verdicts"]![0]!["metric"] = "weight");
    }

    [TestMethod]
    public void The_name_of_the_definition_is_a_promise() => Assert.AreEqual("unpacked-bytes/1", ImageSizes.Definition);

    private static JsonObject Parse() => JsonNode.Parse(SizeJson.Write(TestReports.Failing))!.AsObject();

    private static void Fails(Action<JsonObject> damage, string? because = null)
    {
        var json = Parse();
        damage(json);
        Fails(json.ToJsonString(JsonSerializerOptions.Default), because);
    }

    private static void Fails(string json, string? because = null)
    {
        var diagnostic = Assert.ThrowsExactly<MultiStageException>(() => SizeJson.Read(json, "obj/size.json")).Diagnostic;
        Assert.AreEqual(Codes.PipelineFileUnusable, diagnostic.Descriptor);
        Assert.StartsWith("'obj/size.json' cannot be read: " + because, diagnostic.Message);
        Assert.EndsWith(". Run the target MeasureMultiStageImage, which writes it.", diagnostic.Message);
    }
}
