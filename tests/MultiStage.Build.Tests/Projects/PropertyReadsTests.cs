using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class PropertyReadsTests
{
    [TestMethod]
    [DataRow("<PropertyGroup><A>$(X)</A></PropertyGroup><ItemGroup><PackageReference Include='P' Version='$(A)' /></ItemGroup>", true)]
    [DataRow(
        "<PropertyGroup Condition=\"'$(X)' == ''\"><A>1</A></PropertyGroup><ItemGroup Condition=\"'$(A)' == ''\"><PackageReference "
            + "Include='P' /></ItemGroup>",
        true
    )]
    [DataRow("<ItemGroup><PackageReference Include='P'><Version>$(X)</Version></PackageReference></ItemGroup>", true)]
    [DataRow(
        "<Choose><When Condition=\"'$(X)' == "
            + "''\"/><Otherwise><PropertyGroup><TargetFrameworks>a</TargetFrameworks></PropertyGroup></Otherwise></Choose>",
        true
    )]
    [DataRow("<Import Project='ci.props' Condition=\"'$(X)' == 'true'\" />", true)]
    [DataRow("<PropertyGroup><RestoreSources>$(X)</RestoreSources></PropertyGroup>", true)]
    [DataRow(
        "<PropertyGroup><A>$(X)</A><DefineConstants>$(A)</DefineConstants></PropertyGroup><ItemGroup><Compile Include='$(A)' "
            + "/></ItemGroup>",
        false
    )]
    [DataRow("<Target Name='T'><ItemGroup><PackageReference Include='$(X)' /></ItemGroup></Target>", false)]
    public void What_a_restore_may_depend_on_is_found_through_properties_and_conditions(string body, bool leadsToRestore) =>
        Assert.AreEqual(leadsToRestore, Of(body).LeadsToRestore("X"));

    [TestMethod]
    [DataRow("<PropertyGroup><A>$(X)</A><VersionSuffix>ci.$(A)</VersionSuffix></PropertyGroup>", true)]
    [DataRow("<PropertyGroup><ContainerVersion Condition=\"'$(X)' != ''\">1</ContainerVersion></PropertyGroup>", true)]
    [DataRow("<PropertyGroup><Deterministic>$(X)</Deterministic></PropertyGroup>", false)]
    public void What_a_version_may_depend_on_is_found(string body, bool leadsToVersion) =>
        Assert.AreEqual(leadsToVersion, Of(body).LeadsToVersion("X"));

    [TestMethod]
    public void What_is_read_where_is_told_apart_and_comments_read_nothing()
    {
        var reads = Of(
            """
            <!-- $(COMMENT) -->
            <PropertyGroup><A>$( SPACED )$(mixedCase)</A><DEFAULTED Condition="'$(DEFAULTED)' == ''">0</DEFAULTED><GIVEN>1</GIVEN></PropertyGroup>
            <Target Name="T" Condition="'$(IN_TARGET)' != ''"><Exec Command="$([System.Environment]::GetEnvironmentVariable('lower_case'))" /></Target>
            """
        );

        Assert.AreEqual("DEFAULTED IN_TARGET SPACED lower_case", string.Join(' ', reads.EnvironmentNames));
        Assert.IsTrue(reads.Contains("MixedCase") && reads.Contains("in_target") && !reads.Contains("COMMENT"));
        Assert.IsTrue(reads.ContainsInTargetsAlone("lower_case") && !reads.ContainsInTargetsAlone("SPACED"));
        Assert.IsTrue(reads.Defines("GIVEN") && !reads.Defines("DEFAULTED"));
    }

    [TestMethod]
    [DataRow(
        "<PropertyGroup><A>$([System.Environment]::ExpandEnvironmentVariables('%25IN_FUNCTION%25 x %LOWER%'))</A></PropertyGroup>",
        "IN_FUNCTION LOWER"
    )]
    [DataRow("<Target Name='T'><Exec Command='N=1; echo $N ${BUILD_ID} $item $(X) $1' /></Target>", "BUILD_ID X")]
    [DataRow("<PropertyGroup><A>100%25 %25NO%25 $HOME</A></PropertyGroup>", "")]
    public void A_variable_of_a_command_or_a_text_that_is_expanded_is_read(string body, string expected) =>
        Assert.AreEqual(expected, string.Join(' ', Of(body).EnvironmentNames));

    private static PropertyReads Of(string body)
    {
        using var folder = new TempFolder();
        return PropertyReads.Of([
            folder.Write("a.props", $"<Project>{body}</Project>"),
            folder.Write("broken.props", "<Project>"),
            folder["missing.props"],
        ]);
    }
}
