using System.Text;

namespace MultiStage.Build.Tests.Targets;

/// <summary>The compile cache with the SDK's own compiler.</summary>
[TestClass]
public sealed class CompileCacheInBuilds : IDisposable
{
    private const string Taken = "App: taken from the compile cache";

    private const string Kept = "App: compiled, and kept in the compile cache";

    private readonly TargetProject _app = new(
        """
        <PropertyGroup><RootNamespace>$(Root)</RootNamespace><ApplicationManifest>app.manifest</ApplicationManifest></PropertyGroup>
        <ItemGroup><FrameworkReference Include="Microsoft.AspNetCore.App" /></ItemGroup>
        """,
        "Microsoft.NET.Sdk.Razor");

    // The compiler takes no blank in the path.
    private readonly string _cache = Directory.CreateTempSubdirectory("multistage-cache-").FullName;

    [TestMethod]
    public void What_the_compilers_key_leaves_out_decides_as_well()
    {
        _app.Write("src/App/Page.razor", "<p>Hello</p>");
        _app.Write("src/App/Code.cs", "class Code { int x; }");
        _app.Write("src/App/app.manifest", Manifest("First"));
        _app.Write(".editorconfig", Severity("none"));
        Assert.Contains(Kept, Build("-restore", "-p:Root=Before").Succeeded().Output);
        Assert.Contains(Taken, Build("-p:Root=Before").Succeeded().Output);

        // A generator reads it, as an option and in no source.
        Assert.Contains(Kept, Build("-p:Root=After").Succeeded().Output);
        Assert.Contains("After", Assembly());
        Assert.DoesNotContain("Before", Assembly());

        _app.Write("src/App/app.manifest", Manifest("Second"));
        Assert.Contains(Kept, Build("-p:Root=After").Succeeded().Output);
        Assert.Contains("Second.App", Assembly());

        var symbols = new FileInfo(Output("App.pdb")).Length;
        Assert.Contains(Kept, Build("-p:Root=After", "-p:EmbedAllSources=true").Succeeded().Output);
        Assert.IsGreaterThan(symbols, new FileInfo(Output("App.pdb")).Length);

        _app.Write(".editorconfig", Severity("error"));
        Build("-p:Root=After").FailedWith("CS0169");
    }

    [TestMethod]
    [DataRow("-p:MSBuildTreatWarningsAsErrors=true")]
    [DataRow("-p:MSBuildWarningsAsErrors=CS0169")]
    [DataRow("-m:1")]
    public void A_warning_that_is_an_error_to_MSBuild_alone_is_one_each_time(string strictness)
    {
        _app.Write("src/App/app.manifest", Manifest("First"));
        _app.Write("src/App/Code.cs", "class Code { int x; }");
        if (strictness == "-m:1")
        {
            _app.Write("Directory.Build.rsp", "-warnAsError:CS0169");
        }

        string[] strict = ["-p:Root=App", strictness];
        Build(["-restore", .. strict]).FailedWith("CS0169");
        Build(strict).FailedWith("CS0169");
    }

    [TestMethod]
    public void A_damaged_output_is_compiled_again_and_what_the_compiler_writes_beside_outputs_is_written()
    {
        _app.Write("src/App/app.manifest", Manifest("First"));
        Build("-restore", "-p:Root=App").Succeeded();
        var assembly = File.ReadAllBytes(Output("App.dll"));
        foreach (var kept in Directory.EnumerateFiles(_cache, "assembly", SearchOption.AllDirectories))
        {
            File.WriteAllBytes(kept, assembly[..^100]);
        }

        Assert.Contains(Kept, Build("-p:Root=App").Succeeded().Output);
        CollectionAssert.AreEqual(assembly, File.ReadAllBytes(Output("App.dll")));

        var log = Path.Combine(_cache, "log.sarif");
        Assert.DoesNotContain("compile cache", Build("-p:Root=App", $"-p:ErrorLog={log}").Succeeded().Output);
        Assert.IsTrue(File.Exists(log));
    }

    /// <summary>Removes the folders.</summary>
    public void Dispose()
    {
        _app.Dispose();
        Directory.Delete(_cache, recursive: true);
    }

    private MSBuildRun Build(params string[] arguments)
    {
        if (Directory.Exists(Path.Combine(_app.Folder, "obj", "Release")))
        {
            Directory.Delete(Path.Combine(_app.Folder, "obj", "Release"), recursive: true);
        }

        return _app.Run(["-t:Build", "-p:Configuration=Release", "-p:UseSharedCompilation=true", $"-p:MultiStageCompileCache={_cache}", .. arguments]);
    }

    private string Output(string file) => Path.Combine(_app.Folder, "obj", "Release", "net10.0", file);

    private string Assembly() => Encoding.Latin1.GetString(File.ReadAllBytes(Output("App.dll")));

    private static string Manifest(string name) =>
        $"""<assembly manifestVersion="1.0" xmlns="urn:schemas-microsoft-com:asm.v1"><assemblyIdentity version="1.0.0.0" name="{name}.App" /></assembly>""";

    private static string Severity(string severity) => $"root = true\n[*.cs]\ndotnet_diagnostic.CS0169.severity = {severity}\n";
}
