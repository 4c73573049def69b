using MultiStage.Build.Publishing;

namespace MultiStage.Build.Tests.Publishing;

[TestClass]
public sealed class IncrementalBuildTests : IDisposable
{
    private static readonly DateTime s_old = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly string _folder = Directory.CreateTempSubdirectory("multistage-incremental-").FullName;

    private string _app = "<Project />";

    private string _language = "csproj";

    private string Root => Path.Combine(_folder, "src");

    [TestMethod]
    public void What_did_not_change_is_put_back_with_its_times()
    {
        var built = Build();
        var outcome = Begin().Outcome;
        Assert.StartsWith("No source file changed", outcome);
        Assert.AreEqual(built, File.GetLastWriteTimeUtc(At("Lib/obj/Release/Lib.dll")));
        Assert.IsTrue(File.Exists(At("App/obj/Release/App.dll")));
        Assert.IsFalse(File.Exists(At("App/bin/App.dll")), "Of the published project only the compilation is kept.");
    }

    [TestMethod]
    public void A_changed_file_with_an_old_time_becomes_new_and_its_project_starts_from_its_reference_assembly()
    {
        Build();
        var begun = Begin(() => Write("Lib/Code.cs", "changed"));
        Assert.Contains("Lib/Code.cs", begun.Outcome);
        Assert.IsGreaterThan(s_old, File.GetLastWriteTimeUtc(At("Lib/Code.cs")));
        Assert.AreEqual(s_old, File.GetLastWriteTimeUtc(At("App/Code.cs")));
        Assert.IsFalse(File.Exists(At("Lib/obj/Release/Lib.dll")));
        Assert.IsTrue(File.Exists(At("Lib/obj/Release/ref/Lib.dll")));
        Assert.IsTrue(File.Exists(At("App/obj/Release/App.dll")));
    }

    [TestMethod]
    [DataRow("added")]
    [DataRow("removed")]
    [DataRow("project")]
    [DataRow("outside")]
    [DataRow("restored")]
    [DataRow("damaged")]
    [DataRow("half")]
    [DataRow("record")]
    [DataRow("surroundings")]
    [DataRow("clock")]
    [DataRow("tool")]
    public void Where_times_do_not_tell_everything_is_built_from_nothing(string what)
    {
        _app = what == "tool" ? "<Project><UsingTask /></Project>" : "<Project />";
        Build();
        var begun = Begin(
            () =>
            {
                var files = Path.Combine(_folder, "store", "files");
                switch (what)
                {
                    case "added": Write("Lib/More.cs", "more"); break;
                    case "removed": File.Delete(At("Lib/Code.cs")); break;
                    case "project": Write("Lib/Lib.csproj", "<Project><!-- --></Project>"); break;
                    case "outside": Write("shared.json", "changed"); break;
                    case "restored": Write("Lib/obj/project.assets.json", Assets("Lib/Lib.csproj").Replace("{}", "{\"P/2\":{}}", StringComparison.Ordinal)); break;
                    case "damaged": File.WriteAllText(Directory.EnumerateFiles(files).First(), "cut"); break;
                    case "tool": Write("Lib/Code.cs", "changed"); break;
                    case "half": File.Delete(Directory.EnumerateFiles(files).First()); break;
                    case "record": Array.ForEach(Directory.GetFiles(Path.Combine(_folder, "store", "builds")), file => File.WriteAllBytes(file, File.ReadAllBytes(file)[..^3])); break;
                }
            },
            what == "surroundings" ? "sdk 11" : "sdk 10",
            what == "clock" ? s_old : DateTime.UtcNow);
        Assert.StartsWith("The projects are built from nothing", begun.Outcome);
        Assert.IsFalse(File.Exists(At("App/obj/Release/App.dll")));
    }

    [TestMethod]
    public void Where_MSBuild_code_reads_a_file_only_a_change_of_that_file_builds_from_nothing()
    {
        _app = """<Project><PropertyGroup><V>$([System.IO.File]::ReadAllText('$(MSBuildThisFileDirectory)Version.txt'))</V></PropertyGroup></Project>""";
        Build(() => Write("App/Version.txt", "1"));
        var other = Begin(() =>
        {
            Write("App/Version.txt", "1");
            Write("Lib/Code.cs", "changed");
        });
        Assert.Contains("Lib/Code.cs", other.Outcome);
        Assert.StartsWith("The projects are built from nothing", Begin(() => Write("App/Version.txt", "2")).Outcome);
    }

    [TestMethod]
    public void Where_MSBuild_code_may_read_any_file_each_change_builds_from_nothing()
    {
        _app = """<Project><Target Name="T"><ReadLinesFromFile File="@(Compile)" /></Target></Project>""";
        Build();
        Assert.StartsWith("The projects are built from nothing", Begin(() => Write("Lib/Code.cs", "changed")).Outcome);
    }

    [TestMethod]
    [DataRow("""<ProjectReference Include="../Lib/Lib.csproj" OutputItemType="Analyzer" />""", false, "A generator.")]
    [DataRow("""<ProjectReference Include="../More/More.csproj"><OutputItemType>Analyzer</OutputItemType></ProjectReference>""", false, "What a generator loads.")]
    [DataRow("""<ProjectReference Include="@(Generator)" OutputItemType="Analyzer" />""", false, "Any project may be the generator.")]
    [DataRow("""<ProjectReference Include="../Gone/Gone.csproj" OutputItemType="Analyzer" />""", false, "The generator is not known.")]
    [DataRow("""<ProjectReference Include="../App/App.csproj" OutputItemType="Analyzer" /><Compile Include="../Lib/Code.cs" />""", false, "A generator may compile the file.")]
    [DataRow("""<ProjectReference Include="../App/App.csproj" OutputItemType="Analyzer" />""", true, "No generator loads it.")]
    [DataRow("""<Analyzer Include="../Lib/bin/Lib.dll" />""", false, "Any project may be the generator.")]
    public void Where_compilers_load_what_projects_make_a_change_of_that_builds_from_nothing(string items, bool isContinued, string why)
    {
        _app = $"<Project><ItemGroup>{items}</ItemGroup></Project>";
        Build(WriteMore);
        var begun = Begin(() =>
        {
            WriteMore();
            Write("Lib/Code.cs", "changed");
        });
        Assert.AreEqual(isContinued, begun.Outcome.Contains("Lib/Code.cs", StringComparison.Ordinal), why + begun.Outcome);
    }

    [TestMethod]
    public void Where_projects_run_what_others_make_an_edit_of_the_published_one_is_still_continued()
    {
        _app = """<Project><Target Name="T"><Exec Command="dotnet ../Lib/bin/Lib.dll" /></Target></Project>""";
        Build();
        Assert.Contains("App/Code.cs", Begin(() => Write("App/Code.cs", "changed")).Outcome);
    }

    [TestMethod]
    public void Of_a_changed_project_in_FSharp_nothing_is_kept()
    {
        _language = "fsproj";
        Build();
        Assert.Contains("Lib/Code.cs", Begin(() => Write("Lib/Code.cs", "changed")).Outcome);
        Assert.IsFalse(File.Exists(At("Lib/obj/Release/ref/Lib.dll")));
    }

    [TestMethod]
    public void What_is_of_the_future_is_of_now()
    {
        Begin(() => Write("Lib/Code.cs", "code", DateTime.UtcNow.AddDays(7)));
        Assert.IsLessThanOrEqualTo(DateTime.UtcNow, File.GetLastWriteTimeUtc(At("Lib/Code.cs")));
    }

    [TestMethod]
    [DataRow("Lib/Code.cs", "A source that is written by the build.")]
    [DataRow("nobody.txt", "A file of no project.")]
    [DataRow("App/obj/Release/stamp.txt", "A file that MSBuild code reads.")]
    public void A_build_whose_files_may_mislead_the_next_one_is_not_kept(string file, string why)
    {
        _app = """<Project><Target Name="T"><ReadLinesFromFile File="$(IntermediateOutputPath)stamp.txt" /></Target></Project>""";
        var (build, _) = Begin();
        Write(file, "written");
        Assert.IsFalse(build.Complete(), why);
        Assert.StartsWith("The projects are built from nothing", Begin().Outcome);
    }

    [TestMethod]
    public void A_damaged_store_is_mended_by_the_next_build()
    {
        Build();
        var file = Directory.EnumerateFiles(Path.Combine(_folder, "store", "files")).First();
        File.WriteAllText(file, new string('x', (int)new FileInfo(file).Length));
        Build();
        Assert.StartsWith("No source file changed", Begin().Outcome);
    }

    [TestMethod]
    public void A_build_that_did_not_complete_leaves_the_one_before()
    {
        Build();
        Begin(() => Write("Lib/Code.cs", "broken"));
        Assert.StartsWith("No source file changed", Begin().Outcome);
    }

    [TestMethod]
    public void What_packages_brought_is_parted_from_the_app_and_all_files_are_dated()
    {
        Write("publish/App.dll", "app");
        Write("publish/de/Package.resources.dll", "package");
        Write("publish/App.staticwebassets.endpoints.json", """{"Name":"Last-Modified","Value":"Wed, 25 Nov 2026 11:11:16 GMT"}""");
        PublishedFiles.Split(At("publish"), At("packages"), ["de/Package.resources.dll", "bundled.dll"]);
        PublishedFiles.Date(At("publish"), s_old);
        Assert.IsTrue(File.Exists(At("packages/de/Package.resources.dll")));
        Assert.IsFalse(Directory.Exists(At("publish/de")));
        Assert.AreEqual(s_old, File.GetLastWriteTimeUtc(At("publish/App.dll")));
        Assert.Contains("Sat, 01 Jan 2000 00:00:00 GMT", File.ReadAllText(At("publish/App.staticwebassets.endpoints.json")));
    }

    /// <summary>Removes the folder.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private DateTime Build(Action? edit = null)
    {
        var (build, _) = Begin(edit);
        foreach (var file in (string[])["Lib/obj/Release/Lib.dll", "Lib/obj/Release/ref/Lib.dll", "Lib/bin/Lib.dll", "App/obj/Release/App.dll", "App/bin/App.dll"])
            Write(file, file, DateTime.UtcNow);
        var built = File.GetLastWriteTimeUtc(At("Lib/obj/Release/Lib.dll"));
        Assert.IsTrue(build.Complete());
        return built;
    }

    // As in a container: the sources are there, restored, and nothing is built.
    private (IncrementalBuild Build, string Outcome) Begin(Action? edit = null, string surroundings = "sdk 10", DateTime? now = null)
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
        foreach (var (name, project, text) in (ReadOnlySpan<(string, string, string)>)[("App", "App/App.csproj", _app), ("Lib", $"Lib/Lib.{_language}", "<Project />")])
        {
            Write(project, text);
            Write($"{name}/Code.cs", "code");
            Write($"{name}/obj/project.assets.json", Assets(project));
        }

        Write("shared.json", "shared");
        edit?.Invoke();
        return IncrementalBuild.Begin(new BuildStore(Path.Combine(_folder, "store")), Root, At("App/App.csproj"), [surroundings], now ?? DateTime.UtcNow);
    }

    // A project that references the library.
    private void WriteMore()
    {
        Write("More/More.csproj", "<Project />");
        Write("More/obj/project.assets.json", Assets("More/More.csproj", reference: "Lib/Lib.csproj"));
    }

    private string Assets(string project, string? reference = null)
    {
        var references = reference is null ? "" : $"\"{At(reference)}\":{{}}";
        return "{\"libraries\":{},\"project\":{\"restore\":{\"projectPath\":\"" + At(project) + "\",\"frameworks\":{\"net10.0\":{\"projectReferences\":{" + references + "}}}}}}";
    }

    private string At(string path) => Path.Combine(Root, path);

    private void Write(string path, string text, DateTime? time = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
        File.SetLastWriteTimeUtc(At(path), time ?? s_old);
    }
}
