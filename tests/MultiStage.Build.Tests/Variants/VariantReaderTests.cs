using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Tests.Variants;

/// <summary>Which variants are tried: <c>ContainerVariant</c> items and <c>ContainerVariants</c>.</summary>
[TestClass]
public sealed class VariantReaderTests
{
    [TestMethod]
    public void An_item_of_the_project_comes_first_and_what_it_removed_is_not_tried() =>
        Assert.AreEqual("small trimmed", Names([BuiltIn("trimmed"), Own("small", ("PublishTrimmed", "true"))]));

    [TestMethod]
    public void An_item_with_metadata_replaces_the_one_of_its_name()
    {
        var updated = BuiltIn("chiseled") with { Metadata = BuiltIn("chiseled").Metadata.Add("ContainerFamily", "jammy-chiseled") };

        foreach (var items in new[] { [updated], new[] { BuiltIn("chiseled"), Own("Chiseled", ("ContainerFamily", "jammy-chiseled")) } })
        {
            Assert.AreEqual(
                "ContainerFamily=jammy-chiseled",
                VariantReader.Read(items, BuiltInVariantsTests.Project(), []).Single().ToString()
            );
        }
    }

    [TestMethod]
    public void What_is_asked_for_by_name_is_tried_even_where_it_makes_no_sense() =>
        Assert.AreEqual("languages trimmed", Names([BuiltIn("trimmed"), BuiltIn("languages"), BuiltIn("native")], "languages", "Trimmed"));

    [TestMethod]
    public void A_name_that_is_not_there_is_an_error_with_those_that_are()
    {
        var error = Assert.ThrowsExactly<MultiStageException>(() => Names([BuiltIn("trimmed"), BuiltIn("native")], "nativ")).Diagnostic;

        Assert.AreSame(Codes.VariantUnknown, error.Descriptor);
        Assert.EndsWith("Its variants are native, trimmed.", error.Message);
        Assert.AreEqual("ContainerVariants", error.About);
    }

    [TestMethod]
    public void An_item_that_sets_nothing_is_an_error()
    {
        var error = Assert.ThrowsExactly<MultiStageException>(() => Names([Own("small")])).Diagnostic;

        Assert.AreSame(Codes.VariantEmpty, error.Descriptor);
    }

    private static string Names(ProjectItem[] items, params string[] wanted) =>
        string.Join(' ', VariantReader.Read(items, BuiltInVariantsTests.Project(), [.. wanted]).Select(variant => variant.Name));

    private static ProjectItem BuiltIn(string name) => Own(name, (VariantReader.BuiltInMark, "true"));

    private static ProjectItem Own(string name, params (string Name, string Value)[] metadata) =>
        new("ContainerVariant", name) { Metadata = metadata.ToImmutableSortedDictionary(m => m.Name, m => m.Value) };
}
