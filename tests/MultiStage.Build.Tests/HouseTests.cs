using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Tests;

/// <summary>The shape of the repository: what lies where, and who knows whom.</summary>
[TestClass]
public sealed partial class HouseTests
{
    private const int MostFileLines = 250;

    private const int MostTaskLines = 60;

    private static readonly string s_root = FindRoot();

    private static readonly string s_core = Path.Combine(s_root, "src", "MultiStage.Build.Core");

    // A folder, and the folders of the core that it may name. What lies beside the folders is named by all and names none.
    private static readonly Dictionary<string, string[]> s_edges = new(StringComparer.Ordinal)
    {
        [""] = [],
        ["Facts"] = [],
        ["Stages"] = ["Facts"],
        ["Dockerfiles"] = ["Facts", "Stages"],
        ["Publishing"] = [],
        ["Measurement"] = [],
        ["Budgets"] = ["Measurement"],
        ["Reporting"] = ["Budgets", "Measurement"],
        ["Verification"] = ["Measurement"],
        ["Engines"] = ["Measurement", "Verification"],
    };

    [TestMethod]
    public void The_core_has_the_folders_of_the_design_and_each_is_its_namespace()
    {
        foreach (var (folder, text) in Sources())
        {
            Assert.IsTrue(s_edges.ContainsKey(folder), $"src/MultiStage.Build.Core/{folder} is no folder of the design.");
            Assert.AreEqual($"MultiStage.Build.{folder}".TrimEnd('.'), Namespace().Match(text).Groups[1].Value);
        }
    }

    [TestMethod]
    public void Dependencies_run_one_way()
    {
        var met = new HashSet<string>();
        foreach (var (folder, text) in Sources())
        {
            foreach (var named in Named().Matches(Namespace().Replace(text, "")).Select(m => m.Groups[1].Value).Where(named => s_edges.ContainsKey(named) && named != folder))
            {
                Assert.Contains(named, s_edges[folder], $"'{folder}' names MultiStage.Build.{named}.");
                met.Add($"{folder} → {named}");
            }
        }

        // The scan saw the edges that must be there.
        Assert.Contains("Stages → Facts", met);
        Assert.Contains("Dockerfiles → Stages", met);
    }

    [TestMethod]
    public void The_core_knows_nothing_of_MSBuild()
    {
        var references = typeof(Diagnostic).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToList();
        Assert.IsNotEmpty(references);
        Assert.IsEmpty(references.Where(name => name.StartsWith("Microsoft.Build", StringComparison.Ordinal)));
        Assert.IsEmpty(Sources().Where(source => source.Text.Contains("using Microsoft.Build", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_file_of_the_core_can_be_read_in_one_go()
    {
        foreach (var file in Files(s_core))
            Assert.IsLessThanOrEqualTo(MostFileLines, File.ReadLines(file).Count(), file);
    }

    [TestMethod]
    public void A_task_is_thin()
    {
        var tasks = Files(Path.Combine(s_root, "src", "MultiStage.Build.Tasks")).ToList();
        Assert.IsNotEmpty(tasks);
        foreach (var file in tasks)
            Assert.IsLessThanOrEqualTo(MostTaskLines, File.ReadLines(file).Count(line => !Declares().IsMatch(line)), file);
    }

    [TestMethod]
    public void The_top_level_holds_what_the_design_lists_and_nothing_else()
    {
        string[] house = ["src", "tests", "sdk", "testassets", "build", "MultiStage.Build.sln", "README.md", "LICENSE", "CHANGELOG.md"];
        var entries = Git("ls-files").Select(path => path.Split('/')[0].Trim('"')).Distinct().Where(entry => !entry.StartsWith('.')).ToList();
        CollectionAssert.AreEquivalent(house, entries);
    }

    private static IEnumerable<(string Folder, string Text)> Sources() =>
        Files(s_core).Select(file => (Path.GetRelativePath(s_core, Path.GetDirectoryName(file)!).Replace('\\', '/').TrimStart('.'), File.ReadAllText(file)));

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    private static string[] Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = s_root, RedirectStandardOutput = true })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode);
        return lines;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MultiStage.Build.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds MultiStage.Build.sln.");
    }

    [GeneratedRegex(@"^namespace ([\w.]+);\r?$", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bMultiStage\.Build\.(\w+)")]
    private static partial Regex Named();

    // Blank lines, braces, comments, usings, attributes, and the properties by which a target hands values over.
    [GeneratedRegex(@"^\s*([{}();,]*|//.*|using [\w.]+;|namespace .*|\[.*\]|public .*\{ get; (private )?set; \}.*)\s*$")]
    private static partial Regex Declares();
}
