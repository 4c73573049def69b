using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests;

/// <summary>The shape of the repository: what lies where, and who knows whom.</summary>
[TestClass]
public sealed partial class HouseTests
{
    private const int MostFileLines = 350;

    private const int MostColumns = 140;

    private const int MostTaskLines = 40;

    // Where MSBuild's own types are turned into the core's.
    private const int MostEvaluationLines = 75;

    private static readonly string s_root = FindRoot();

    private static readonly string s_core = Path.Combine(s_root, "src", "MultiStage.Build.Core");

    // A room of the core, and the rooms that it may name. Every room may name the diagnostics, and what lies beside the rooms.
    private static readonly Dictionary<string, string[]> s_rooms = new(StringComparer.Ordinal)
    {
        [""] = ["Diagnostics"],
        ["Diagnostics"] = [],
        ["Images"] = [],
        ["Context"] = [],
        ["Projects"] = ["Context", "Images"],
        ["Stages"] = ["Context", "Images", "Projects"],
        ["Dockerfiles"] = ["Context", "Images", "Projects", "Stages"],
        ["Registries"] = ["Images"],
        ["Measurement"] = ["Images"],
        ["Variants"] = ["Images", "Projects"],
        ["Budgets"] = ["Images", "Measurement", "Variants"],
        ["Reporting"] = ["Budgets", "Images", "Measurement", "Variants"],
        ["Engines"] = ["Context", "Images", "Measurement", "Registries"],
        ["Verification"] = ["Engines", "Images"],
        ["Pipeline"] =
        [
            "Budgets",
            "Context",
            "Dockerfiles",
            "Engines",
            "Images",
            "Measurement",
            "Projects",
            "Registries",
            "Reporting",
            "Stages",
            "Variants",
            "Verification",
        ],
    };

    // A room inside a room, and its neighbours in there that it may name. It may name what lies directly in the room around it, too.
    private static readonly Dictionary<string, string[]> s_subRooms = new(StringComparer.Ordinal)
    {
        ["Projects.Evaluation"] = [],
        ["Projects.Closure"] = ["Projects.Evaluation"],
        ["Projects.Container"] = [],
        ["Projects.Companions"] = ["Projects.Closure", "Projects.Container", "Projects.Evaluation"],
        ["Projects.Sources"] = ["Projects.Closure", "Projects.Companions"],
        ["Stages.Items"] = [],
        ["Stages.Generated"] = ["Stages.Items"],
        ["Stages.Picture"] = [],
        ["Dockerfiles.Reading"] = [],
        ["Dockerfiles.Writing"] = [],
        ["Engines.Progress"] = [],
        ["Engines.Docker"] = ["Engines.Progress"],
        ["Engines.Buildx"] = ["Engines.Progress"],
        ["Engines.Archives"] = ["Engines.Progress"],
        ["Measurement.Layers"] = [],
        ["Measurement.Files"] = ["Measurement.Layers"],
        ["Measurement.Archives"] = ["Measurement.Files", "Measurement.Layers"],
        ["Budgets.Baselines"] = [],
        ["Budgets.Hints"] = [],
        ["Budgets.Waivers"] = [],
        ["Reporting.Ci"] = [],
        ["Reporting.Console"] = [],
        ["Reporting.Page"] = [],
        ["Pipeline.Building"] = [],
        ["Pipeline.Exploring"] = ["Pipeline.Building"],
        ["Pipeline.InBuilder"] = [],
    };

    [TestMethod]
    public void The_core_has_the_rooms_of_the_design_and_each_is_its_namespace()
    {
        foreach (var (room, text) in Sources())
        {
            Assert.IsTrue(
                s_rooms.ContainsKey(room) || s_subRooms.ContainsKey(room),
                $"src/MultiStage.Build.Core/{room.Replace('.', '/')} is not a room of the design."
            );
            Assert.AreEqual($"MultiStage.Build.{room}".TrimEnd('.'), Namespace().Match(text).Groups[1].Value);
        }
    }

    // What else asks starts a program, or reads a bit of a file that Windows does not have.
    [TestMethod]
    public void One_place_knows_which_system_this_is() =>
        Assert.AreEqual(
            "ContextTar.cs HostCommand.cs HostSystem.cs RestoreInputs.cs",
            string.Join(
                ' ',
                Files(Path.Combine(s_root, "src"))
                    .Where(file =>
                        Regex.IsMatch(
                            File.ReadAllText(file),
                            @"OperatingSystem\.Is|RuntimeInformation\.IsOSPlatform|Environment\.OSVersion"
                        )
                    )
                    .Select(file => Path.GetFileName(file))
                    .Order(StringComparer.Ordinal)
            )
        );

    [TestMethod]
    public void Dependencies_run_one_way()
    {
        var met = new HashSet<string>();
        foreach (var (room, text) in Sources())
        {
            foreach (
                var named in Named().Matches(Namespace().Replace(text, "")).Select(match => Room(match.Groups[1].Value)).OfType<string>()
            )
            {
                Assert.IsTrue(MayName(room, named), $"'{room}' names MultiStage.Build.{named}.");
                met.Add($"{room} → {named}");
            }
        }

        // The scan saw the edges that must be there.
        Assert.Contains("Stages.Generated → Projects", met);
        Assert.Contains("Dockerfiles.Writing → Stages", met);
    }

    [TestMethod]
    public void No_room_is_reached_from_itself()
    {
        foreach (var room in s_rooms.Keys.Concat(s_subRooms.Keys))
        {
            var reached = new HashSet<string>();
            var pending = new Stack<string>(Allowed(room));
            while (pending.TryPop(out var next))
            {
                if (reached.Add(next))
                {
                    Array.ForEach(Allowed(next), pending.Push);
                }
            }

            Assert.DoesNotContain(room, reached);
        }
    }

    private static string[] Allowed(string room) => s_rooms.GetValueOrDefault(room) ?? s_subRooms[room];

    private static bool MayName(string room, string named)
    {
        var (outer, outerNamed) = (Outer(room), Outer(named));
        return named is "Diagnostics"
            || (
                outer == outerNamed
                    ? room == named || room == outer || named == outer || s_subRooms[room].Contains(named)
                    : s_rooms[outer].Contains(outerNamed)
            );
    }

    private static string Outer(string room) => room.Split('.')[0];

    // The room that a dotted name begins with; null where it names what lies beside the rooms.
    private static string? Room(string name)
    {
        var parts = name.Split('.');
        return parts.Length > 1 && s_subRooms.ContainsKey($"{parts[0]}.{parts[1]}") ? $"{parts[0]}.{parts[1]}"
            : s_rooms.ContainsKey(parts[0]) ? parts[0]
            : null;
    }

    [TestMethod]
    public void Only_the_room_of_the_Docker_engine_and_the_place_that_opens_engines_name_it()
    {
        string[] words = ["Docker.DotNet", "DockerEngine"];
        var naming = Files(Path.Combine(s_root, "src"))
            .Where(file => words.Any(word => File.ReadAllText(file).Contains(word, StringComparison.Ordinal)))
            .Select(file => Path.GetRelativePath(s_core, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(file => !file.StartsWith("Engines/Docker/", StringComparison.Ordinal));
        CollectionAssert.AreEqual(new[] { "Engines/Engine.cs" }, naming.ToList());
    }

    [TestMethod]
    public void One_place_starts_programs()
    {
        var starting = Files(Path.Combine(s_root, "src"))
            .Where(file => Regex.IsMatch(File.ReadAllText(file), @"\bProcessStartInfo\b|\bProcess\.Start\b"))
            .Select(file => Path.GetRelativePath(s_core, file));
        CollectionAssert.AreEqual(new[] { "HostProcess.cs" }, starting.ToList());
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
    public void The_core_shows_what_tasks_need_and_no_more()
    {
        var tasks = string.Join('\n', Files(Path.Combine(s_root, "src", "MultiStage.Build.Tasks")).Select(File.ReadAllText));
        var shown = typeof(Diagnostic).Assembly.GetExportedTypes();
        var signatures = shown.SelectMany(type => type.GetMembers(Declared).SelectMany(Types).Where(named => named != type)).ToHashSet();
        Assert.AreEqual(
            "",
            string.Join(
                ", ",
                shown.Where(type => !signatures.Contains(type) && !Regex.IsMatch(tasks, $@"\b{type.Name}\b")).Select(type => type.Name)
            )
        );
    }

    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static IEnumerable<Type> Types(MemberInfo member) =>
        (
            member switch
            {
                PropertyInfo property => [property.PropertyType],
                FieldInfo field => [field.FieldType],
                MethodBase method => method
                    .GetParameters()
                    .Select(parameter => parameter.ParameterType)
                    .Append((method as MethodInfo)?.ReturnType ?? typeof(void)),
                _ => Enumerable.Empty<Type>(),
            }
        ).SelectMany(type => type.GetGenericArguments().Append(type));

    [TestMethod]
    public void A_file_of_the_core_can_be_read_in_one_go()
    {
        foreach (var file in Files(s_core))
        {
            Assert.IsLessThanOrEqualTo(MostFileLines, File.ReadLines(file).Count(), file);
        }
    }

    [TestMethod]
    public void A_line_of_the_product_can_be_read_without_scrolling()
    {
        var wide = Git("ls-files", "src/*.cs")
            .SelectMany(file => File.ReadLines(Path.Combine(s_root, file)).Select((line, i) => (File: file, Number: i + 1, Line: line)))
            .Where(line => line.Line.Length > MostColumns)
            .Select(line => $"{line.File}:{line.Number}");
        Assert.AreEqual("", string.Join('\n', wide));
    }

    [TestMethod]
    public void A_task_is_thin()
    {
        var tasks = Files(Path.Combine(s_root, "src", "MultiStage.Build.Tasks")).ToList();
        Assert.IsNotEmpty(tasks);
        foreach (var file in tasks)
        {
            var most = Path.GetFileName(Path.GetDirectoryName(file)) == "Evaluation" ? MostEvaluationLines : MostTaskLines;
            Assert.IsLessThanOrEqualTo(most, File.ReadLines(file).Count(line => !Declares().IsMatch(line)), file);
        }
    }

    [TestMethod]
    public void The_top_level_holds_what_the_design_lists_and_nothing_else()
    {
        string[] house = ["src", "tests", "sdk", "testassets", "build", "MultiStage.Build.sln", "README.md", "LICENSE", "CHANGELOG.md"];
        var entries = Git("ls-files")
            .Select(path => path.Split('/')[0].Trim('"'))
            .Distinct()
            .Where(entry => !entry.StartsWith('.'))
            .ToList();
        CollectionAssert.AreEquivalent(house, entries);
    }

    private static IEnumerable<(string Room, string Text)> Sources() =>
        Files(s_core)
            .Select(file =>
                (
                    Path.GetRelativePath(s_core, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.').TrimStart('.'),
                    File.ReadAllText(file)
                )
            );

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"));

    private static string[] Git(params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("git", arguments) { WorkingDirectory = s_root, RedirectStandardOutput = true }
        )!;
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
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds MultiStage.Build.sln.");
    }

    [GeneratedRegex(@"^namespace ([\w.]+);\r?$", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"\bMultiStage\.Build\.(\w+(?:\.\w+)*)")]
    private static partial Regex Named();

    // Blank lines, braces, comments, usings, attributes, the properties by which a target hands values over, and where those go.
    [GeneratedRegex(@"^\s*([{}();,]*|//.*|using [\w.]+;|namespace .*|\[.*\]|public .*\{ get; (private )?set; \}.*|(\w+) = \3,)\s*$")]
    private static partial Regex Declares();
}
