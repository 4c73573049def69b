using System.Globalization;
using System.Text;

namespace MultiStage.Build.Bench;

/// <summary>Writes a web app of any number of projects, with a deep graph of references and central package versions.</summary>
internal static class GeneratedApp
{
    private const int ClassesPerProject = 12;

    /// <summary>The published project.</summary>
    public const string Entry = "src/Part000/Part000.csproj";

    /// <summary>The project that all others reference, directly or not.</summary>
    /// <param name="projects">How many projects there are.</param>
    /// <returns>Its path.</returns>
    public static string Leaf(int projects) => Project(projects - 1);

    /// <summary>Writes the app.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="projects">How many projects, at least one.</param>
    public static void Write(string folder, int projects)
    {
        Put(folder, "Directory.Build.props", "<Project>\n  <PropertyGroup>\n    <TargetFramework>net10.0</TargetFramework>\n    <Nullable>enable</Nullable>\n    <ImplicitUsings>enable</ImplicitUsings>\n  </PropertyGroup>\n</Project>\n");
        Put(folder, "Directory.Build.targets", "<Project />\n");
        Put(folder, "Directory.Packages.props", "<Project>\n  <PropertyGroup>\n    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>\n  </PropertyGroup>\n  <ItemGroup>\n    <PackageVersion Include=\"Newtonsoft.Json\" Version=\"13.0.3\" />\n  </ItemGroup>\n</Project>\n");
        for (var number = 0; number < projects; number++)
        {
            WriteProject(folder, number, projects);
        }
    }

    private static void WriteProject(string folder, int number, int projects)
    {
        var name = Name(number);
        var references = References(number, projects).ToList();
        var items = references.Select(other => $"    <ProjectReference Include=\"../{Name(other)}/{Name(other)}.csproj\" />\n")
            .Append(number == projects - 1 ? "    <PackageReference Include=\"Newtonsoft.Json\" />\n" : "");
        Put(folder, Project(number), $"<Project Sdk=\"Microsoft.NET.Sdk{(number == 0 ? ".Web" : "")}\">\n  <ItemGroup>\n{string.Concat(items)}  </ItemGroup>\n</Project>\n");
        for (var index = 0; index < ClassesPerProject; index++)
        {
            Put(folder, $"src/{name}/Service{index:00}.cs", Class(name, index, references));
        }

        if (number == 0)
        {
            Put(folder, $"src/{name}/Program.cs", $"var app = WebApplication.CreateBuilder(args).Build();\napp.MapGet(\"/\", () => new {name}.Service00().Answer(1));\napp.Run();\n");
        }
    }

    // A chain, so that the graph is as deep as it can be, and a few shortcuts, as real solutions have them.
    private static IEnumerable<int> References(int number, int projects) =>
        new[] { number + 1, number + 2, (number * 2) + 3 }.Where(other => other < projects).Distinct();

    private static string Class(string name, int index, List<int> references)
    {
        var text = new StringBuilder();
        var calls = references.Select(other => string.Create(CultureInfo.InvariantCulture, $" + new {Name(other)}.Service{index:00}().Answer(depth - 1)"));
        text.Append(CultureInfo.InvariantCulture, $$"""
            namespace {{name}};

            /// <summary>One service among many.</summary>
            public sealed class Service{{index:00}}
            {
                private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal) { ["{{name}}"] = {{index}} };

                public int Answer(int depth) => depth <= 0 ? Known("{{name}}") : Known("{{name}}"){{string.Concat(calls)}};

                public IReadOnlyList<string> Names(IEnumerable<string> more) =>
                    [.. _known.Keys.Concat(more).Where(name => name.Length > {{index}}).OrderBy(name => name, StringComparer.Ordinal)];

                private int Known(string name) => _known.TryGetValue(name, out var value) ? value : -1;
            }

            """);
        return text.ToString();
    }

    private static string Name(int number) => $"Part{number:000}";

    private static string Project(int number) => $"src/{Name(number)}/{Name(number)}.csproj";

    private static void Put(string folder, string file, string text)
    {
        var path = Path.Combine(folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
