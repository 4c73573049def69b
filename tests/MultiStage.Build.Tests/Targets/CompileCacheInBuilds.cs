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
        "Microsoft.NET.Sdk.Razor"
    );

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

    [TestMethod]
    public void A_new_commit_compiles_the_app_alone_where_libraries_leave_the_revision_out()
    {
        using var shop = new TargetProject(
            """<ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>""",
            "Microsoft.NET.Sdk.Web"
        );
        shop.Write("src/App/Program.cs", "System.Console.WriteLine(Lib.Name);");
        shop.Write(
            "src/Lib/Lib.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"""
        );
        shop.Write("src/Lib/Lib.cs", "public static class Lib { public static string Name => \"a library\"; }");
        var everywhere = Publish(shop, "1111111", "2222222");
        Assert.Contains("Lib: compiled", everywhere);
        Assert.Contains("App: compiled", everywhere);

        shop.Write(
            "Directory.Build.targets",
            """
            <Project>
              <PropertyGroup Condition="'$(OutputType)' == 'Library'">
                <IncludeSourceRevisionInInformationalVersion>false</IncludeSourceRevisionInInformationalVersion>
              </PropertyGroup>
            </Project>
            """
        );
        var apart = Publish(shop, "1111111", "2222222");
        Assert.Contains("Lib: taken from", apart);
        Assert.Contains("App: compiled", apart);
        Assert.Contains("+2222222", Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(shop.Folder, "obj/Release/net10.0/App.dll"))));
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

        return _app.Run([
            "-t:Build",
            "-p:Configuration=Release",
            "-p:UseSharedCompilation=true",
            $"-p:MultiStageCompileCache={_cache}",
            .. arguments,
        ]);
    }

    // As in the builder, where the revision is in the environment; gives the log of the second publish.
    private string Publish(TargetProject shop, params string[] revisions)
    {
        var log = "";
        foreach (var revision in revisions)
        {
            foreach (
                var project in new[] { "App", "Lib" }
                    .Select(name => Path.Combine(shop.Root, "src", name, "obj", "Release"))
                    .Where(Directory.Exists)
            )
            {
                Directory.Delete(project, recursive: true);
            }

            log = shop.Run(
                    [
                        "-restore",
                        "-t:Publish",
                        "-p:_IsPublishing=true",
                        "-p:Configuration=Release",
                        "-p:UseSharedCompilation=true",
                        $"-p:PublishDir={_cache}-out/app/",
                        $"-p:MultiStagePackagesFolder={_cache}-out/packages",
                        $"-p:MultiStageCompileCache={_cache}",
                        $"-p:MSBuildUserExtensionsPath={_cache}-out",
                    ],
                    [new("SourceRevisionId", revision)]
                )
                .Succeeded()
                .Output;
        }

        Directory.Delete($"{_cache}-out", recursive: true);
        return log;
    }

    private string Output(string file) => Path.Combine(_app.Folder, "obj", "Release", "net10.0", file);

    private string Assembly() => Encoding.Latin1.GetString(File.ReadAllBytes(Output("App.dll")));

    private static string Manifest(string name) =>
        $"""<assembly manifestVersion="1.0" xmlns="urn:schemas-microsoft-com:asm.v1"><assemblyIdentity version="1.0.0.0" name="{name}.App" /></assembly>""";

    private static string Severity(string severity) => $"root = true\n[*.cs]\ndotnet_diagnostic.CS0169.severity = {severity}\n";
}
