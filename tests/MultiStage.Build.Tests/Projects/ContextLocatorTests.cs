using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class ContextLocatorTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_repository_root_is_the_context()
    {
        _folder.Folder("repo/.git");
        var project = _folder.Write("repo/src/App/App.csproj");
        Assert.AreEqual(_folder["repo"], ContextLocator.Locate("", project, [_folder.Write("repo/src/Lib/Lib.csproj")]));
    }

    [TestMethod]
    public void In_a_linked_work_tree_git_is_a_file()
    {
        _folder.Write("tree/.git", "gitdir: elsewhere");
        Assert.AreEqual(_folder["tree"], ContextLocator.Locate("", _folder.Write("tree/App.csproj"), []));
    }

    [TestMethod]
    public void Of_nested_repositories_the_inner_one_counts()
    {
        _folder.Folder("outer/.git");
        _folder.Write("outer/module/.git", "gitdir: elsewhere");
        Assert.AreEqual(_folder["outer/module"], ContextLocator.Locate("", _folder.Write("outer/module/App.csproj"), []));
    }

    [TestMethod]
    public void Without_a_repository_the_closest_folder_that_holds_every_input_is_the_context()
    {
        var project = _folder.Write("all/src/App/App.csproj");
        Assert.AreEqual(_folder["all/src/App"], ContextLocator.Locate("", project, [project]));
        Assert.AreEqual(_folder["all/src"], ContextLocator.Locate("", project, [_folder.Write("all/src/Lib/Lib.csproj")]));
        Assert.AreEqual(_folder["all"], ContextLocator.Locate("", project, [_folder.Write("all/shared.props")]));
    }

    [TestMethod]
    [DataRow("global.json")]
    [DataRow("NuGet.Config")]
    public void Without_a_repository_configuration_above_the_project_is_an_input(string name)
    {
        _folder.Write("all/" + name, "{}");
        Assert.AreEqual(_folder["all"], ContextLocator.Locate("", _folder.Write("all/src/App/App.csproj"), []));
    }

    [TestMethod]
    public void A_configured_folder_wins_over_the_repository()
    {
        _folder.Folder("repo/.git");
        var project = _folder.Write("repo/src/App/App.csproj");
        Assert.AreEqual(_folder["repo/src"], ContextLocator.Locate(_folder["repo/src"], project, []));
        Assert.AreEqual(_folder["repo/src"], ContextLocator.Locate(_folder["repo/src/App/../"], project, []));
        Assert.AreEqual(_folder.Path, ContextLocator.Locate(_folder.Path, project, []));
    }

    [TestMethod]
    public void A_configured_folder_that_does_not_exist_is_an_error() =>
        Assert.EndsWith(
            "missing' does not exist.",
            Failure.Of(Codes.ContextUnusable, () => ContextLocator.Locate(_folder["missing"], _folder.Write("App.csproj"), [])).Message
        );

    [TestMethod]
    public void A_configured_folder_beside_the_project_is_an_error()
    {
        // "app" is a prefix of "application" as text alone.
        var beside = _folder.Folder("app");
        var project = _folder.Write("application/App.csproj");
        Assert.Contains(
            $"does not hold the project '{project}'",
            Failure.Of(Codes.ContextUnusable, () => ContextLocator.Locate(beside, project, [])).Message
        );
    }
}
