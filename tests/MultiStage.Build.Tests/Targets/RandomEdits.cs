using System.Globalization;

namespace MultiStage.Build.Tests.Targets;

/// <summary>A source file.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Time">When it says that it was written.</param>
internal sealed record SourceFile(string Text, DateTime Time);

/// <summary>
/// A small solution and a sequence of edits to it. Times say nothing about them: they are old, equal or in the future, as checkouts, copies
/// and
/// image builders set them.
/// </summary>
internal sealed class RandomEdits
{
    private const string Project =
        """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>""";

    private static readonly DateTime s_longAgo = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    private static readonly string[] s_projects = ["App", "Middle", "Deep"];

    private readonly Random _random;
    private readonly List<Dictionary<string, SourceFile>> _branches = [];
    private Dictionary<string, SourceFile> _files = [];
    private int _number;

    public RandomEdits(int seed)
    {
        _random = new Random(seed);
        Write("Directory.Build.props", "<Project><PropertyGroup><Version>1.0.0</Version></PropertyGroup></Project>");
        Write("shared/Linked.cs", "namespace Shared { internal static class Linked { internal static string Text => \"0\"; } }");
        Write(
            "src/App/App.csproj",
            $"""
            {Project}
              <PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Middle/Middle.csproj" />
                <Compile Include="../../shared/Linked.cs;../Deep/Both.cs" />
                <EmbeddedResource Include="embedded.txt" />
                <Content Include="data.json;../Middle/middle.json" CopyToPublishDirectory="PreserveNewest" />
                <ProjectReference Include="../Extra/Extra.csproj" Condition="Exists('../../eng/use-extra.txt')" />
              </ItemGroup>
              <PropertyGroup Condition="$([System.IO.File]::ReadAllText('$(MSBuildThisFileDirectory)../../eng/version.txt').Contains('1'))">
                <DefineConstants>$(DefineConstants);ONE</DefineConstants>
              </PropertyGroup>
              <Target Name="AddFound" BeforeTargets="AssignTargetPaths">
                <ItemGroup><Content Include="../../eng/data/*.txt" LinkBase="found" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>
              </Target>
            </Project>
            """
        );
        Write("src/Extra/Extra.csproj", $"{Project}</Project>");
        Write("src/Extra/Extra.cs", "public class Extra;");
        Write("src/Foreign/Foreign.csproj", $"{Project}</Project>");
        Write("eng/version.txt", "0");
        Write("eng/data/one.txt", "0");
        Write(".gitignore", "*.generated.txt\n");
        Write("src/App/Program.cs", "System.Console.WriteLine(Middle.Code.Text + Deep.Code.Constant + Both.Text + Shared.Linked.Text);");
        Write(
            "src/Middle/Middle.csproj",
            $"""
            {Project}
              <PropertyGroup><Description>$([System.IO.File]::ReadAllText('$(MSBuildThisFileDirectory)note.txt'))</Description></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Deep/Deep.csproj" /></ItemGroup>
            </Project>
            """
        );
        Write("src/Middle/note.txt", "0");
        Write(
            "src/Middle/Code.cs",
            "namespace Middle; public static class Code { public static string Text => Deep.Code.Text + Deep.Code.Inner + \"0\"; }"
        );
        Write(
            "src/Deep/Deep.csproj",
            $"""
            {Project}
              <PropertyGroup><LinesFile>lines.txt</LinesFile></PropertyGroup>
              <ItemGroup><InternalsVisibleTo Include="Middle" /></ItemGroup>
              <Target Name="ReadLines" BeforeTargets="GetAssemblyAttributes">
                <ReadLinesFromFile File="$(MSBuildProjectDirectory)/$(LinesFile)"><Output TaskParameter="Lines" PropertyName="Product" /></ReadLinesFromFile>
              </Target>
            </Project>
            """
        );
        Write("src/Deep/lines.txt", "0");
        Write(
            "src/Deep/Code.cs",
            """
            namespace Deep;
            public static class Code { public const string Constant = "c0"; internal const string Inner = "i0"; public static string Text => "0" + Texts; private static string Texts =>
                new System.Resources.ResourceManager("Deep.Texts", typeof(Code).Assembly).GetString("Hello")!; }
            """
        );
        Write("src/Deep/Both.cs", "internal static class Both { internal static string Text => \"0\"; }");
        Write("src/Deep/Texts.resx", Resource("0"));
        Write("src/Deep/Texts.de.resx", Resource("0"));
        Write("src/App/embedded.txt", "0");
        Write("src/App/data.json", "{}");
        Write("src/Middle/middle.json", "{}");
    }

    /// <summary>The files as they are now.</summary>
    public IReadOnlyDictionary<string, SourceFile> Files => _files;

    /// <summary>The configuration to publish.</summary>
    public string Configuration { get; private set; } = "Release";

    /// <summary>Whether they do not compile.</summary>
    public bool IsBroken => _files.Values.Any(file => file.Text.Contains("does not compile", StringComparison.Ordinal));

    /// <summary>Makes the next edit.</summary>
    /// <param name="cache">The compile cache, which comes to harm at times.</param>
    /// <returns>What it was.</returns>
    public string Next(string cache)
    {
        if (IsBroken)
        {
            _files = _branches[^1];
            return "mended";
        }

        _branches.Add(new(_files));
        var (number, project) = ((++_number).ToString(CultureInfo.InvariantCulture), s_projects[_random.Next(s_projects.Length)]);
        // Edits within a file come most often, as they do, and first.
        switch (_number <= 2 ? _random.Next(6) : _random.Next(21))
        {
            case 0 or 1:
                return Change("src/Deep/Code.cs", "Text => \"", number);
            case 2:
                return Change("src/Middle/Code.cs", "Inner + \"", number);
            case 3:
                return Change("src/Deep/Code.cs", _random.Next(2) == 0 ? "Constant = \"c" : "Inner = \"i", number);
            case 4:
                return Change("src/Deep/Both.cs", "Text => \"", number);
            case 5:
                return _random.Next(2) == 0
                    ? Write("src/App/embedded.txt", number)
                    : Write("src/App/Program.cs", _files["src/App/Program.cs"].Text + "//" + number);
            case 6:
                return Write(_random.Next(2) == 0 ? "src/Deep/Texts.resx" : "src/Deep/Texts.de.resx", Resource(number));
            case 7:
                return Write(_random.Next(2) == 0 ? "src/App/data.json" : "src/Middle/middle.json", $"[{number}]");
            case 8:
                return Change("shared/Linked.cs", "Text => \"", number);
            case 9:
                return Write($"src/{project}/Added{number}.cs", $"internal static class Added{number};");
            case 10:
                return Remove() ?? Write($"src/{project}/Added{number}.cs", $"internal static class Added{number};");
            case 11:
                return Rename(number);
            case 12:
                return Write("Directory.Build.props", $"<Project><PropertyGroup><Version>1.0.{number}</Version></PropertyGroup></Project>");
            case 13:
                return $"branch {Switch(_random.Next(_branches.Count))}";
            case 14:
                Configuration = Configuration == "Release" ? "Debug" : "Release";
                return $"configuration {Configuration}";
            case 15:
                return Write($"src/{project}/Broken.cs", "does not compile");
            // What MSBuild code reads by its content.
            case 16:
                return Write(_random.Next(2) == 0 ? "src/Middle/note.txt" : "src/Deep/lines.txt", number);
            case 17:
                return _files.Remove("eng/use-extra.txt") ? "without the extra project" : Write("eng/use-extra.txt", number);
            // What belongs to no project, to one that is not built, and what git ignores.
            case 18:
                return Write(_random.Next(2) == 0 ? $"eng/data/{number}.txt" : "eng/version.txt", number);
            case 19:
                return Write(
                    new[] { "src/Foreign/Broken.cs", $"src/App/{number}.generated.txt", "README.md" }[_random.Next(3)],
                    _random.Next(2) == 0 ? number : ""
                );
            default:
                return Harm(cache);
        }
    }

    private static string Resource(string text) =>
        $"""
            <root>
              <resheader name="resmimetype"><value>text/microsoft-resx</value></resheader>
              <resheader name="version"><value>2.0</value></resheader>
              <resheader name="reader"><value>System.Resources.ResXResourceReader, System.Windows.Forms</value></resheader>
              <resheader name="writer"><value>System.Resources.ResXResourceWriter, System.Windows.Forms</value></resheader>
              <data name="Hello" xml:space="preserve"><value>{text}</value></data>
            </root>
            """;

    private string Write(string path, string text)
    {
        var time = _random.Next(3) switch
        {
            0 => s_longAgo,
            1 => s_longAgo.AddDays(-_random.Next(1000)),
            _ => DateTime.UtcNow.AddDays(_random.Next(10)),
        };
        _files[path] = new(text, time);
        return $"{path} of {time:u}";
    }

    // Of the same length as before where the number has as many digits.
    private string Change(string path, string before, string number)
    {
        var text = _files[path].Text;
        var at = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return Write(path, text[..at] + number + text[text.IndexOf('"', at)..]);
    }

    private string? Remove()
    {
        var added = _files
            .Keys.Where(path => path.Contains("/Added", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();
        if (added is not null)
        {
            _files.Remove(added);
        }

        return added is null ? null : $"{added} removed";
    }

    private string Rename(string number)
    {
        var old = _files
            .Keys.Where(path =>
                path.StartsWith("src/Middle/Code", StringComparison.Ordinal) || path.Contains("/Added", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal)
            .Last();
        if (old == "src/Middle/Code.cs")
        {
            return Write("src/Middle/Middle.txt", number);
        }

        var file = _files[old];
        _files.Remove(old);
        _files[old.Replace(".cs", "x.cs", StringComparison.Ordinal)] = file;
        return $"{old} renamed";
    }

    private int Switch(int branch)
    {
        _files = new(_branches[branch]);
        return branch;
    }

    private string Harm(string cache)
    {
        var files = Directory.EnumerateFiles(cache, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        var how = _random.Next(4);
        foreach (var file in files.Where(_ => how == 0 || _random.Next(2) == 0))
        {
            var content = File.ReadAllBytes(file);
            switch (how)
            {
                case 2:
                    File.WriteAllBytes(file, content[..(content.Length / 2)]);
                    break;
                case 3:
                    File.WriteAllBytes(file, Array.ConvertAll(content, b => (byte)(b ^ 1)));
                    break;
                default:
                    File.Delete(file);
                    break;
            }
        }

        return how switch
        {
            0 => "cache pruned",
            1 => "cache half pruned",
            2 => "cache cut short",
            _ => "cache overwritten",
        };
    }
}
