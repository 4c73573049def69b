// Generates a web app of many projects, for the tests and the benchmark of how costs grow with the number of projects.
//
//   dotnet run build/generate.cs -- <folder> <projects>
//
// The app is src/App/App.csproj; the libraries below it lie in layers of ten, each referencing two of the next layer, so that 150 projects
// are
// sixteen references deep. The same number gives the same bytes. GET / answers with the number of projects that were compiled into it.
using System.Globalization;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
const int LayerSize = 10;
var (root, libraries) = (Path.GetFullPath(args[0]), int.Parse(args[1], CultureInfo.InvariantCulture) - 1);
ArgumentOutOfRangeException.ThrowIfNegative(libraries, "projects");

Write(
    "Directory.Build.props",
    """
    <Project>

      <PropertyGroup>
        <TargetFramework>net10.0</TargetFramework>
        <Nullable>enable</Nullable>
        <ImplicitUsings>enable</ImplicitUsings>
      </PropertyGroup>

    </Project>
    """
);
Write("src/App/App.csproj", Project("Microsoft.NET.Sdk.Web", Enumerable.Range(1, Math.Min(libraries, LayerSize))));
Write(
    "src/App/Program.cs",
    $$"""
    var app = WebApplication.CreateBuilder(args).Build();
    app.MapGet("/", () => {{Count(Enumerable.Range(1, Math.Min(libraries, LayerSize)))}});
    app.Run();
    """
);
for (var library = 1; library <= libraries; library++)
{
    var references = References(library);
    Write($"src/{Name(library)}/{Name(library)}.csproj", Project("Microsoft.NET.Sdk", references));
    Write(
        $"src/{Name(library)}/Part.cs",
        $$"""
        namespace {{Name(library)}};

        public static class Part
        {
            public static void AddTo(ISet<string> names)
            {
                names.Add("{{Name(library)}}");
        {{string.Concat(references.Select(reference => $"        {Name(reference)}.Part.AddTo(names);\n"))}}    }
        }
        """
    );
}

return;

// Two of the next layer: one below, and its neighbour.
List<int> References(int library)
{
    var first = (library - 1) / LayerSize * LayerSize + 1;
    int[] next = [library + LayerSize, first + LayerSize + (library - first + 1) % LayerSize];
    return [.. next.Where(reference => reference <= libraries)];
}

string Project(string sdk, IEnumerable<int> references) =>
    $"""
        <Project Sdk="{sdk}">

          <ItemGroup>
        {string.Concat(
            references.Select(reference => $"    <ProjectReference Include=\"../{Name(reference)}/{Name(reference)}.csproj\" />\n")
        )}  </ItemGroup>

        </Project>
        """;

static string Count(IEnumerable<int> references) =>
    $$"""{ var names = new HashSet<string> { "App" }; {{string.Concat(references.Select(reference => $"{Name(reference)}.Part.AddTo(names); "))}}return names.Count; }""";

static string Name(int library) => $"Lib{library:000}";

void Write(string path, string text)
{
    var file = Path.Combine(root, path);
    Directory.CreateDirectory(Path.GetDirectoryName(file)!);
    File.WriteAllText(file, text.ReplaceLineEndings("\n") + "\n");
}
