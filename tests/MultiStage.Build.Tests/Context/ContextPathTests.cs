using CsCheck;
using MultiStage.Build.Context;

namespace MultiStage.Build.Tests.Context;

[TestClass]
public sealed class ContextPathTests
{
    private static readonly Gen<string> s_segment = Generate.OneOf("a", "b", "ab", "a b", "ü", "a.b");

    private static readonly Gen<string> s_absolute = s_segment
        .Array[0, 5]
        .Select(segments => Path.GetFullPath("/" + string.Join('/', segments)));

    [TestMethod]
    public void A_path_below_a_folder_comes_back_from_its_relative_form() =>
        Gen.Select(s_absolute, s_segment.Array[0, 4])
            .Sample(
                (folder, segments) =>
                {
                    var path = segments.Aggregate(folder, Path.Combine);
                    Assert.IsTrue(ContextPath.Contains(folder, path));
                    Assert.AreEqual(string.Join('/', segments), ContextPath.Relative(folder, path));
                }
            );

    [TestMethod]
    public void What_lies_above_or_beside_a_folder_is_not_in_it() =>
        Gen.Select(s_absolute, s_absolute)
            .Sample(
                (folder, path) =>
                    Assert.AreEqual(
                        !Path.GetRelativePath(folder, path).StartsWith("..", StringComparison.Ordinal),
                        ContextPath.Contains(folder, path)
                    )
            );

    [TestMethod]
    public void The_common_folder_holds_every_path_and_no_folder_below_it_does() =>
        s_absolute
            .Where(path => Path.GetDirectoryName(path) is not null)
            .Array[1, 5]
            .Sample(paths =>
            {
                var common = ContextPath.CommonFolder(paths);
                Assert.IsTrue(paths.All(path => ContextPath.Contains(common, path)));
                var deeper = paths.Select(path => ContextPath.Relative(common, path).Split('/')).ToList();
                Assert.IsTrue(deeper.Any(p => p.Length == 1) || deeper.Select(p => p[0]).Distinct().Count() > 1);
            });

    [TestMethod]
    public void Ancestors_go_up_to_the_root_and_no_further()
    {
        var root = Path.GetFullPath("/work/repo");
        var folder = Path.Combine(root, "src", "App");
        Assert.AreEqual($"{folder}|{Path.Combine(root, "src")}|{root}", string.Join('|', ContextPath.Ancestors(folder, root)));
        Assert.AreEqual(Path.GetPathRoot(root), ContextPath.Ancestors(folder).Last());
        Assert.IsEmpty(ContextPath.Ancestors(Path.GetFullPath("/work/other"), root));
    }

    [TestMethod]
    [DataRow("C:\\repo", "c:\\Repo\\src\\App\\App.csproj", "src/App/App.csproj")]
    [DataRow("C:\\repo\\", "C:/repo/src/App.csproj", "src/App.csproj")]
    [DataRow("C:\\", "C:\\a.csproj", "a.csproj")]
    [DataRow("C:\\repo", "C:\\repo", "")]
    [DataRow("\\\\server\\share\\repo", "\\\\server\\share\\repo\\a\\b.cs", "a/b.cs")]
    [DataRow("C:\\repo", "C:\\repository\\a", null)]
    [DataRow("C:\\repo", "D:\\repo\\a", null)]
    public void On_Windows_drives_casing_and_both_separators_count(string context, string path, string? expected)
    {
        Assert.AreEqual(expected is not null, ContextPath.Contains(context, path, HostSystem.Windows));
        if (expected is not null)
        {
            Assert.AreEqual(expected, ContextPath.Relative(context, path, HostSystem.Windows));
        }
    }

    [TestMethod]
    public void Casing_and_backslashes_mean_what_they_mean_on_each_system()
    {
        Assert.IsTrue(ContextPath.Contains("/Users/a/Repo", "/users/A/repo/x", HostSystem.MacOS));
        Assert.IsFalse(ContextPath.Contains("/home/a/Repo", "/home/a/repo/x", HostSystem.Linux));
        Assert.AreEqual("a\\b", ContextPath.Relative("/r", "/r/a\\b", HostSystem.Linux));
    }

    [TestMethod]
    [DataRow("", "a", true)]
    [DataRow("", "", true)]
    [DataRow("a", "a", true)]
    [DataRow("a", "a/b", true)]
    [DataRow("a", "ab", false)]
    [DataRow("a/b", "a", false)]
    public void Below_is_decided_by_whole_names(string folder, string path, bool expected) =>
        Assert.AreEqual(expected, ContextPath.IsBelow(folder, path));

    [TestMethod]
    public void A_parent_of_a_file_at_the_root_is_the_context()
    {
        Assert.AreEqual("", ContextPath.Parent("App.csproj"));
        Assert.AreEqual("src/App", ContextPath.Parent("src/App/App.csproj"));
    }
}
