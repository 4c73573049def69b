using MultiStage.Build.Pipeline.InBuilder;

namespace MultiStage.Build.Tests.Pipeline;

/// <summary>The folders in which compilers look for outputs, filled here as a compiler fills them.</summary>
[TestClass]
public sealed class CompileCacheTests
{
    private static readonly string[] s_inputs = ["DebugSymbols=true", "/src/Lib/Code.cs 0123"];

    [TestMethod]
    public void What_a_compile_left_is_there_for_the_next_one_with_the_same_inputs_alone()
    {
        using var root = new TempFolder();
        var cache = new CompileCache(root.Path);
        var folder = cache.Open(s_inputs)!;
        var entry = Compile(folder);

        Assert.IsTrue(CompileCache.Close(folder, DateTime.UtcNow));

        Assert.AreEqual(folder, cache.Open(s_inputs));
        Assert.IsTrue(Directory.Exists(entry));
        Assert.AreNotEqual(folder, cache.Open([.. s_inputs, "one more"]));
        Assert.IsNull(CompileCache.Close(folder, DateTime.UtcNow.AddSeconds(1)), "The compiler used nothing.");
        File.WriteAllText(Path.Combine(entry, "last-used"), "again");
        Assert.IsFalse(CompileCache.Close(folder, DateTime.UtcNow.AddMinutes(-1)));
        cache.Open(s_inputs);
        Assert.IsTrue(Directory.Exists(entry), "A use is no damage.");
    }

    [TestMethod]
    [DataRow("assembly", null)]
    [DataRow("assembly", "outpu")]
    [DataRow("assembly", "0utput")]
    [DataRow("refassembly", "")]
    [DataRow("Lib.dll.key", "garbage")]
    [DataRow("seal", "garbage")]
    [DataRow("seal", null)]
    [DataRow("added", "by somebody")]
    public void An_entry_that_is_not_as_it_was_sealed_is_gone_before_the_compiler_looks(string file, string? content)
    {
        using var root = new TempFolder();
        var cache = new CompileCache(root.Path);
        var folder = cache.Open(s_inputs)!;
        var entry = Compile(folder);
        CompileCache.Close(folder, DateTime.UtcNow);
        if (content is null)
        {
            File.Delete(Path.Combine(entry, file));
        }
        else
        {
            File.WriteAllText(Path.Combine(entry, file), content);
        }

        Assert.AreEqual(folder, cache.Open(s_inputs));

        Assert.IsEmpty(Directory.EnumerateDirectories(Path.Combine(folder, "Lib.dll")));
    }

    [TestMethod]
    public void Of_a_compile_that_failed_or_was_stopped_nothing_is_left()
    {
        using var root = new TempFolder();
        var cache = new CompileCache(root.Path);
        var entry = Compile(cache.Open(s_inputs)!);

        cache.Open(s_inputs);

        Assert.IsFalse(Directory.Exists(entry));
    }

    [TestMethod]
    public void A_cache_that_cannot_be_read_is_not_used_and_fails_nothing()
    {
        using var root = new TempFolder();
        var cache = new CompileCache(root.Path);
        var folder = cache.Open(s_inputs)!;
        var entry = Compile(folder);
        Directory.CreateDirectory(Path.Combine(entry, "seal"));
        Assert.IsNull(CompileCache.Close(folder, DateTime.UtcNow), "The seal cannot be written.");

        // In the place where a removed entry goes, there is no folder.
        Directory.Delete(root.Path, recursive: true);
        File.WriteAllText(root.Path, "no folder");
        var unusable = new CompileCache(Path.Combine(root.Path, "below"));
        Assert.IsNotNull(unusable.Open(s_inputs));
        unusable.Trim(0);
        File.Delete(root.Path);
        Directory.CreateDirectory(root.Path);
    }

    [TestMethod]
    public void What_was_not_used_for_longest_goes_first_and_only_beyond_the_limit()
    {
        using var root = new TempFolder();
        var cache = new CompileCache(root.Path);
        var entries = Enumerable.Range(0, 3).Select(i => Compile(cache.Open([$"{i}"])!)).ToList();
        foreach (var (entry, days) in entries.Zip([3, 1, 2]))
        {
            File.SetLastWriteTimeUtc(Path.Combine(entry, "last-used"), DateTime.UtcNow.AddDays(-days));
        }

        var size = new DirectoryInfo(entries[0]).EnumerateFiles().Sum(file => file.Length);
        var left = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(entries[1])!, "0123.4567.tmp")).FullName;
        Directory.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddDays(-2));

        cache.Trim(3 * size);
        Assert.IsTrue(entries.TrueForAll(Directory.Exists));
        Assert.IsFalse(Directory.Exists(left), "A build that was stopped left it.");

        cache.Trim((3 * size) - 1);
        Assert.AreEqual("False True True", string.Join(' ', entries.Select(Directory.Exists)));

        cache.Trim(size);
        Assert.AreEqual("False True False", string.Join(' ', entries.Select(Directory.Exists)));
        Assert.HasCount(1, Directory.EnumerateDirectories(root.Path).ToList(), "Empty folders go too.");
    }

    [TestMethod]
    public void Files_count_by_their_content_and_an_analyzer_with_the_assemblies_beside_it()
    {
        using var root = new TempFolder();
        var (analyzer, neighbour, source) = (
            root.Write("Generator/Generator.dll", "1"),
            root.Write("Generator/Texts.dll", "1"),
            root.Write("Code.cs", "1")
        );
        var tool = root.Write("dotnet/sdk/Analyzer.dll", "1");
        root.Write("dotnet/sdk/Other.dll", "1");
        string List() => string.Join('\n', CompileInputs.List(["A=1"], [source, root["missing.ico"]], [analyzer, tool], root["dotnet/"]));
        var before = List();
        Assert.AreEqual(before, List());
        Assert.DoesNotContain("Other.dll", before);

        File.WriteAllText(tool, "2");
        Assert.AreEqual(before, List(), "The SDK's version decides.");

        foreach (var file in new[] { source, analyzer, neighbour })
        {
            File.WriteAllText(file, "2");
            Assert.AreNotEqual(before, List(), file);
            File.WriteAllText(file, "1");
        }
    }

    [TestMethod]
    public void What_properties_name_that_generators_see_counts_too()
    {
        using var root = new TempFolder();
        var file = root.Write("data/one.txt", "1");
        var inFolder = root.Write("templates/deep/two.txt", "1");
        var others = new[] { root.Write("src/App/three.txt", "1"), root.Write("src/App/obj/four.txt", "1") };
        var config = root.Write(
            "src/App/obj/App.editorconfig",
            $"""
            is_global = true
            build_property.Data = {root["src/App"]}/../../data/one.txt
            build_metadata.None.Templates = ..\..\templates\
            build_property.RepoRoot = ../../
            build_property.Intermediate = obj/
            build_property.RootNamespace = App
            build_property.ProjectDir = {root["src/App"]}/
            """
        );
        string List() => string.Join('\n', CompileInputs.List([], [config, root["src/App/missing.editorconfig"]], [], ""));
        var before = List();

        foreach (var one in new[] { file, inFolder })
        {
            File.WriteAllText(one, "2");
            Assert.AreNotEqual(before, List(), one);
            File.WriteAllText(one, "1");
        }

        Array.ForEach(others, one => File.WriteAllText(one, "2"));
        Assert.AreEqual(before, List());
    }

    // As the compiler does it: in a folder that is renamed when it is whole.
    private static string Compile(string folder)
    {
        var entry = Path.Combine(folder, "Lib.dll", "0123");
        Directory.CreateDirectory(entry + ".tmp");
        foreach (
            var (name, content) in new[] { ("assembly", "output"), ("refassembly", "reference"), ("Lib.dll.key", "{}"), ("created", "now") }
        )
        {
            File.WriteAllText(Path.Combine(entry + ".tmp", name), content);
        }

        Directory.Move(entry + ".tmp", entry);
        File.WriteAllText(Path.Combine(entry, "last-used"), "now");
        return entry;
    }
}
