using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class ClosureReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public ClosureReaderTests() => _folder.Folder("repo/.git");

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void A_restore_reads_projects_and_the_imports_of_the_repository()
    {
        var closure = Read(
            Project(
                "src/App",
                imports:
                [
                    "Directory.Build.props",
                    "src/Directory.Build.props",
                    "build/odd name.settings",
                    "../sdk/Sdk.props",
                    "src/App/obj/App.csproj.nuget.g.props",
                ]
            ),
            Project("src/Lib", imports: ["Directory.Build.props", "src/Directory.Build.props", "Directory.Packages.props"])
        );
        AssertPaths(
            "Directory.Build.props, Directory.Packages.props, build/odd name.settings, src/App/App.csproj, src/Directory.Build.props, "
                + "src/Lib/Lib.csproj",
            closure.RestoreInputs
        );
        AssertPaths(
            "Directory.Build.props, Directory.Packages.props, build/odd name.settings, src/Directory.Build.props",
            closure.OutsideFiles
        );
        AssertPaths("src/App/App.csproj, src/Lib/Lib.csproj", closure.Projects.Select(p => p.Path));
        Assert.AreEqual("src/App/App.csproj", closure.Project);
        Assert.AreEqual(_folder["repo"], closure.Context);
    }

    [TestMethod]
    public void Of_several_evaluations_of_a_project_nothing_is_lost_and_nothing_doubled()
    {
        var app = Project("src/App", imports: ["a.props"]);
        var closure = Read(app, app with { Imports = [_folder.Write("repo/b.props")], OutputFolders = [_folder["repo/src/App/out"]] });
        AssertPaths("a.props, b.props, src/App/App.csproj", closure.RestoreInputs);
        AssertPaths("src/App/bin, src/App/obj, src/App/out", Assert.ContainsSingle(closure.Projects).OutputFolders);
    }

    [TestMethod]
    public void A_project_of_a_package_is_no_project_of_the_closure() =>
        AssertPaths("src/App/App.csproj", Read(Project("src/App"), Project("../sdk/package/build")).Projects.Select(p => p.Path));

    [TestMethod]
    public void A_users_own_settings_are_no_input() =>
        AssertPaths("src/App/App.csproj", Read(Project("src/App", imports: ["src/App/App.csproj.user"])).RestoreInputs);

    [TestMethod]
    public void Linked_files_come_from_outside_every_project_folder()
    {
        var closure = Read(Project("src/App", files: ["shared/Version.cs", "protos/a b/ü.proto", "src/Lib/data.json"]), Project("src/Lib"));
        AssertPaths("protos/a b/ü.proto, shared/Version.cs", closure.OutsideFiles);
        AssertPaths("src/App/App.csproj, src/Lib/Lib.csproj", closure.RestoreInputs);
    }

    [TestMethod]
    public void A_project_at_the_root_of_the_context_holds_everything_but_other_projects()
    {
        _folder.Write("repo/tests/Tests.csproj");
        _folder.Write("repo/docs/readme.md");
        var closure = Read(Project("", files: ["docs/readme.md", "tests/shared.json"]));
        AssertPaths("tests", closure.ForeignFolders);
        AssertPaths("tests/shared.json", closure.OutsideFiles);
        AssertPaths("App.csproj", closure.RestoreInputs);
        Assert.AreEqual("", closure.Projects[0].Folder);
    }

    [TestMethod]
    public void Projects_of_others_below_a_project_are_found_however_deep()
    {
        foreach (
            var path in new[]
            {
                "Tests/Tests.csproj",
                "tools/gen/Gen.fsproj",
                "tools/gen/nested/Nested.csproj",
                "Shared/Shared.shproj",
                "bin/x/X.csproj",
                "node_modules/p/P.csproj",
                ".hidden/H.csproj",
            }
        )
        {
            _folder.Write("repo/src/App/" + path);
        }

        AssertPaths("src/App/.hidden, src/App/Tests, src/App/tools/gen", Read(Project("src/App")).ForeignFolders);
    }

    [TestMethod]
    public void A_project_of_ours_inside_anothers_folder_stays_ours_with_what_it_imports_there()
    {
        _folder.Write("repo/src/App/plugins/Plugins.csproj");
        _folder.Write("repo/src/App/plugins/Own/deep/Other.csproj");
        var closure = Read(Project("src/App"), Project("src/App/plugins/Own", imports: ["src/App/plugins/Directory.Build.props"]));
        AssertPaths("src/App/plugins, src/App/plugins/Own/deep", closure.ForeignFolders);
        AssertPaths("src/App/plugins/Directory.Build.props", closure.OutsideFiles);
    }

    [TestMethod]
    public void A_project_outside_the_context_is_an_error_that_suggests_the_folder_that_holds_both()
    {
        var app = Project("src/App");
        var lib = Project("../other repo/Lib");
        var diagnostic = Failure.Of(Codes.InputOutsideContext, () => Read(app, lib));
        Assert.AreEqual(
            $"'{lib.Path}', which '{lib.Path}' reads, is outside the build context '{_folder["repo"]}'. Set ContainerBuildContext to a "
                + $"folder that holds both, such as '{_folder.Path}'.",
            diagnostic.Message
        );
        Assert.AreEqual("ContainerBuildContext", diagnostic.About);
    }

    [TestMethod]
    [DataRow("Directory.Build.props")]
    [DataRow("shared/key.snk")]
    public void A_file_outside_the_context_is_an_error_that_names_who_reads_it(string file)
    {
        var app = Project("src/App", imports: ["../" + file]);
        var message = Failure.Of(Codes.InputOutsideContext, () => Read(app)).Message;
        Assert.StartsWith($"'{_folder[file]}', which '{app.Path}' reads,", message);
        Assert.EndsWith($"such as '{_folder.Path}'.", message);
    }

    [TestMethod]
    public void The_suggested_folder_cures_the_error()
    {
        var app = Project("src/App", files: ["../shared/a.cs", "../shared/b.cs"]);
        var (closure, _) = ClosureReader.Read(app.Path, [app], Host, _folder.Path);
        AssertPaths("shared/a.cs, shared/b.cs", closure.OutsideFiles);
        Assert.AreEqual("repo/src/App/App.csproj", closure.Project);
    }

    [TestMethod]
    public void Style_files_above_the_context_are_no_error_and_no_input()
    {
        var closure = Read(Project("src/App", files: ["../.editorconfig", "../.globalconfig", ".editorconfig"]));
        AssertPaths(".editorconfig", closure.OutsideFiles);
    }

    [TestMethod]
    public void Without_a_repository_a_style_file_does_not_widen_the_context()
    {
        var app = Project("../loose/App", files: ["../.editorconfig"]);
        Assert.AreEqual(_folder["loose/App"], Read(app).Context);
    }

    [TestMethod]
    public void Configuration_above_the_context_is_warned_about()
    {
        _folder.Write("NuGet.Config", "<configuration/>");
        _folder.Write("global.json", "{}");
        _folder.Write("repo/nuget.config", "<configuration/>");
        var app = Project("src/App");
        var warnings = ClosureReader
            .Read(app.Path, [app], Host, "")
            .Warnings.Where(w => w.Message.Contains(_folder.Path, StringComparison.Ordinal))
            .ToList();
        AssertPaths("NuGet.Config, global.json", warnings.Select(w => Path.GetFileName(w.Message.Split('\'')[1])));
        Assert.IsTrue(warnings.All(w => w.Descriptor == Codes.ConfigurationOutsideContext && w.About == "ContainerBuildContext"));
    }

    [TestMethod]
    public void The_same_repository_elsewhere_has_the_same_closure()
    {
        using var elsewhere = new TempFolder();
        elsewhere.Folder("deeper/checkout/.git");
        var here = Read(ProjectIn(_folder, "repo", "src/App", ["a.props"], ["x/y.cs"]), ProjectIn(_folder, "repo", "lib", [], []));
        var app = ProjectIn(elsewhere, "deeper/checkout", "src/App", ["a.props"], ["x/y.cs"]);
        var there = ClosureReader.Read(app.Path, [ProjectIn(elsewhere, "deeper/checkout", "lib", [], []), app], Host, "").Closure;
        Assert.AreEqual(Text(here), Text(there));

        static string Text(ClosureFacts closure) => System.Text.Json.JsonSerializer.Serialize(closure with { Context = "" });
    }

    [TestMethod]
    public void Lock_files_are_read_for_what_they_pin()
    {
        const string ForRuntimes = """
            { "version": 1, "dependencies": {
              "net10.0": { "Dapper": { "type": "Direct", "requested": "[2.1.35, )" }, "Serilog": { "type": "Direct", "requested": "4.*" }, "B": { "type": "Transitive" } },
              "net10.0/linux-x64": {}, "net10.0/linux-arm64": {}, "net9.0/linux-x64": {} } }
            """;
        _folder.Write("repo/src/App/packages.lock.json", "{}");
        _folder.Write("repo/src/App/packages.App.lock.json", ForRuntimes);
        _folder.Write("repo/locks/lib.json", """{ "version": 2, "dependencies": { "net10.0": {} } }""");
        _folder.Write("repo/src/Damaged/packages.lock.json", "<<<<");
        var app = Project("src/App");
        var lib = Project("src/Lib") with { LockFile = _folder["repo/locks/lib.json"] };

        var closure = Read(app, lib, lib, Project("src/Damaged"), Project("src/Without"));

        Assert.AreEqual(
            "src/App/App.csproj for linux-arm64 linux-x64 floating Serilog; src/Lib/Lib.csproj for  floating ",
            string.Join(
                "; ",
                closure.Locks.Select(file =>
                    $"{file.Project} for {string.Join(' ', file.RuntimeIdentifiers)} floating {string.Join(' ', file.Floating)}"
                )
            )
        );
        AssertPaths(
            "locks/lib.json, src/App/App.csproj, src/App/packages.App.lock.json, "
                + "src/Damaged/Damaged.csproj, src/Damaged/packages.lock.json, src/Lib/Lib.csproj, src/Without/Without.csproj",
            closure.RestoreInputs
        );
        Assert.IsEmpty(Read(app with { Properties = app.Properties.Add("RestoreLockedMode", "False") }, lib).Locks);
    }

    private HostFolders Host => new([_folder["sdk"]]);

    private ClosureFacts Read(params EvaluatedProject[] projects) => ClosureReader.Read(projects[0].Path, [.. projects], Host, "").Closure;

    private EvaluatedProject Project(string folder, string[]? imports = null, string[]? files = null) =>
        ProjectIn(_folder, "repo", folder, imports ?? [], files ?? []);

    // The project is named after its folder, and every file it reads exists.
    private static EvaluatedProject ProjectIn(TempFolder temp, string repository, string folder, string[] imports, string[] files)
    {
        var below = $"{repository}/{folder}".TrimEnd('/');
        var name = folder.Length == 0 ? "App" : folder.Split('/')[^1];
        return new EvaluatedProject(Write($"{below}/{name}.csproj"))
        {
            Imports = [.. imports.Select(file => Write($"{repository}/{file}"))],
            Files = [.. files.Select(file => Write($"{repository}/{file}"))],
            OutputFolders = [Path.GetFullPath(temp[$"{below}/bin"]), Path.GetFullPath(temp[$"{below}/obj"])],
        };

        string Write(string path) => Path.GetFullPath(temp.Write(path));
    }

    private static void AssertPaths(string expected, IEnumerable<string> actual) => Assert.AreEqual(expected, string.Join(", ", actual));
}
