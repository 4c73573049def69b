using System.Collections.Immutable;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tests.Variants;

/// <summary>How a variant's properties reach one project.</summary>
[TestClass]
public sealed class VariantFileTests
{
    [TestMethod]
    public void A_value_is_the_text_that_was_given_and_ends_no_line()
    {
        var lines = VariantFile.InContainer("a'b/A&B.csproj", [KeyValuePair.Create("Text", "$(A) 50% @(B) <c>;\n'd'")]);

        Assert.AreEqual(
            """
            <Project>
              <PropertyGroup Condition="'$(MSBuildProjectFullPath)' == '/src/a%27b/A&amp;B.csproj'">
                <Text>%24(A) 50%25 %40(B) &lt;c&gt;;%0A%27d%27</Text>
              </PropertyGroup>
            </Project>
            """,
            string.Join('\n', lines)
        );
    }

    [TestMethod]
    public void A_file_based_app_is_known_by_the_project_that_the_SDK_makes() =>
        Assert.Contains("== '/src/tools/app.csproj'", VariantFile.InContainer("tools/app.cs", [])[1]);

    [TestMethod]
    public void Restore_gets_what_it_may_read_and_the_container_what_this_package_has_not_read_already()
    {
        using var folder = new TempFolder();
        folder.Write(
            "App.csproj",
            """
            <Project>
              <PropertyGroup><Family>$(ContainerFamily)</Family></PropertyGroup>
              <ItemGroup><PackageReference Include="A" Condition="'$(DebugType)' == 'none'" /></ItemGroup>
            </Project>
            """
        );
        var properties = Properties("ContainerFamily", "ContainerUser", "DebugType", "InvariantGlobalization", "PublishTrimmed", "Own");

        var read = VariantFacts.Of("small", properties, PropertyReads.Of([folder["App.csproj"]]));

        Assert.AreEqual("ContainerFamily DebugType InvariantGlobalization Own PublishTrimmed", string.Join(' ', read.Properties.Keys));
        Assert.AreEqual("DebugType Own PublishTrimmed", string.Join(' ', read.ForRestore.Keys));
    }

    private static ImmutableSortedDictionary<string, string> Properties(params string[] names) =>
        names.ToImmutableSortedDictionary(name => name, _ => "x", StringComparer.OrdinalIgnoreCase);
}
