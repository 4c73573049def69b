using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests.Diagnostics;

[TestClass]
public sealed class SourceLocatorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_property_is_found_where_MSBuild_would_point_to()
    {
        var project = _folder.Write(
            "App.csproj",
            "<Project>\n  <PropertyGroup>\n    <ContainerUser>x</ContainerUser>\n  </PropertyGroup>\n</Project>"
        );
        Assert.AreEqual(new SourceLocation(project, 3, 5), SourceLocator.Find(project, "ContainerUser"));
        Assert.AreEqual(new SourceLocation(project, 3, 5), SourceLocator.Find(project, "containeruser"));
    }

    [TestMethod]
    public void Of_several_places_the_last_one_counts()
    {
        var project = _folder.Write(
            "App.csproj",
            "<Project>\n<ItemGroup><ContainerPort Include='1'/>\n<ContainerPort Include='2'/></ItemGroup>\n</Project>"
        );
        Assert.AreEqual(new SourceLocation(project, 3, 1), SourceLocator.Find(project, "ContainerPort"));
    }

    [TestMethod]
    public void Elements_of_a_namespace_are_found_too()
    {
        var project = _folder.Write(
            "App.csproj",
            "<?xml version='1.0'?>\r\n<Project "
                + "xmlns='http://schemas.microsoft.com/developer/msbuild/2003'>\r\n\t<PropertyGroup><ContainerUser/></PropertyGroup></Project>"
        );
        Assert.AreEqual(new SourceLocation(project, 3, 17), SourceLocator.Find(project, "ContainerUser"));
    }

    [TestMethod]
    public void What_the_project_does_not_set_is_sought_above_it_closest_first()
    {
        var project = _folder.Write("src/App/App.csproj", "<Project/>");
        var outer = _folder.Write("Directory.Build.props", "<Project>\n<PropertyGroup><ContainerUser/></PropertyGroup></Project>");
        Assert.AreEqual(new SourceLocation(outer, 2, 16), SourceLocator.Find(project, "ContainerUser"));
        var props = _folder.Write("src/Directory.Build.props", "<Project><PropertyGroup><ContainerUser/></PropertyGroup></Project>");
        Assert.AreEqual(props, SourceLocator.Find(project, "ContainerUser").File);
        var targets = _folder.Write("src/Directory.Build.targets", "<Project><PropertyGroup><ContainerUser/></PropertyGroup></Project>");
        Assert.AreEqual(targets, SourceLocator.Find(project, "ContainerUser").File);
    }

    [TestMethod]
    public void A_malformed_file_is_passed_over()
    {
        var project = _folder.Write("App.csproj", "<Project><ContainerUser>");
        Assert.AreEqual(new SourceLocation(project), SourceLocator.Find(project, "ContainerUser"));
        var props = _folder.Write("Directory.Build.props", "<Project><PropertyGroup><ContainerUser/></PropertyGroup></Project>");
        Assert.AreEqual(props, SourceLocator.Find(project, "ContainerUser").File);
    }

    [TestMethod]
    public void A_name_that_no_file_sets_is_about_the_project_as_a_whole()
    {
        var project = _folder.Write("App.csproj", "<Project><!-- <ContainerUser/> --></Project>");
        Assert.AreEqual(new SourceLocation(project), SourceLocator.Find(project, "ContainerUser"));
        Assert.AreEqual(new SourceLocation(project), SourceLocator.Find(project, null));
        Assert.AreEqual(new SourceLocation(_folder["missing.csproj"]), SourceLocator.Find(_folder["missing.csproj"], "ContainerUser"));
    }

    [TestMethod]
    public void Of_items_with_one_name_the_one_that_says_most_of_it_is_found()
    {
        var project = _folder.Write(
            "App.csproj",
            """
            <Project>
              <ItemGroup>
                <ContainerStep Include="x" Stage="a" Run="one" />
                <ContainerStep Include="x" Stage="a">
                  <Run>
                    two
                  </Run>
                </ContainerStep>
                <ContainerStep Include="y;z" Stage="a" Run="$(Three)" />
              </ItemGroup>
            </Project>
            """
        );
        int Line(string include, string run) =>
            SourceLocator.FindItem(project, Stages.Items.Item("ContainerStep", include, ("Stage", "a"), ("Run", run))).Line;

        Assert.AreEqual(3, Line("x", "one"));
        Assert.AreEqual(4, Line("x", "two"));
        Assert.AreEqual(9, Line("z", "three"));
        Assert.AreEqual(9, Line("gone", "what the last one of its type says"));
    }

    [TestMethod]
    public void An_item_is_sought_in_the_file_that_defines_it()
    {
        var project = _folder.Write("App.csproj", "<Project/>");
        var import = _folder.Write("steps.props", "<Project>\n<ItemGroup><ContainerStage Include='a'/></ItemGroup></Project>");
        Assert.AreEqual(new SourceLocation(import, 2, 12), SourceLocator.FindItem(project, new ProjectItem("ContainerStage", "a", import)));
    }
}
