using System.Text;

namespace MultiStage.Build.Bench;

/// <summary>What happens between two builds, and how a build shows that it saw it.</summary>
internal static class Edits
{
    // Small ones, that nothing in the apps has; each repetition adds the next.
    private static readonly (string Id, string Version, string File)[] s_packages =
    [
        ("Polly.Core", "8.5.2", "Polly.Core.dll"),
        ("Dapper", "2.1.66", "Dapper.dll"),
        ("Scrutor", "6.1.0", "Scrutor.dll"),
        ("CsvHelper", "33.1.0", "CsvHelper.dll"),
        ("Markdig", "0.45.0", "Markdig.dll"),
        ("YamlDotNet", "16.3.0", "YamlDotNet.dll"),
        ("Stateless", "5.18.0", "Stateless.dll"),
    ];

    /// <summary>The most repetitions there are packages for.</summary>
    public static int MostRepetitions => s_packages.Length;

    /// <summary>The scenarios, in the order they are measured.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("cold", (contender, app, _) =>
        {
            contender.MakeCold(app);
            return Mark(contender, app, app.EntryMark, app.EntryName);
        }),
        new("no-op", (_, app, _) => new(app, app.EntryName + ".dll")),
        new("edit in the entry project", (contender, app, _) => Mark(contender, app, app.EntryMark, app.EntryName)),
        new("edit in a leaf library", (contender, app, _) =>
            Mark(contender, app, app.LeafMark, Path.GetFileNameWithoutExtension(app.Leaf))
        ),
        new("file added", (contender, app, repetition) =>
        {
            var (name, mark) = ($"BenchAdded{repetition}", NewMark());
            App.Write(contender.Folder, Path.Combine(Path.GetDirectoryName(app.Entry)!, name + ".cs"), name, mark);
            return new(app, app.EntryName + ".dll", mark);
        }),
        new("Directory.Build.props changed", (contender, app, _) =>
        {
            var (file, mark) = (Path.Combine(contender.Folder, "Directory.Build.props"), NewMark());
            if (!File.Exists(file))
            {
                File.WriteAllText(file, "<Project>\n</Project>\n");
            }
            // What the app reads when it starts: no assembly is another one for it.
            Insert(file, $"<RuntimeHostConfigurationOption Include=\"{mark}\" Value=\"true\" />");
            return new(app, app.EntryName + ".runtimeconfig.json", mark);
        }),
        new("new commit", (contender, app, _) =>
        {
            var built = Mark(contender, app, app.EntryMark, app.EntryName);
            contender.Commit();
            return built;
        }),
        new("package added", (contender, app, repetition) =>
        {
            var (id, version, file) = s_packages[repetition];
            AddPackage(contender.Folder, app, id, version, "");
            return new(app, file);
        }),
        // A copy of the published project under another name: it shares every library.
        new("second service, first build", (contender, app, repetition) =>
        {
            var second = app with { Entry = app.CopyEntry(contender.Folder, $"Second{repetition}") };
            contender.TurnTo(second);
            return Mark(contender, second, second.EntryMark, second.EntryName);
        }),
    ];

    /// <summary>Adds a package to the published project, with its version in the central file where the app has one.</summary>
    /// <param name="folder">The app's folder.</param>
    /// <param name="app">The app.</param>
    /// <param name="id">The package.</param>
    /// <param name="version">Its version.</param>
    /// <param name="attributes">More XML attributes of the reference.</param>
    public static void AddPackage(string folder, App app, string id, string version, string attributes)
    {
        var central = Path.Combine(folder, "Directory.Packages.props");
        var isCentral = File.Exists(central);
        if (isCentral)
        {
            Insert(central, $"<PackageVersion Include=\"{id}\" Version=\"{version}\" />");
        }

        Insert(
            Path.Combine(folder, app.Entry),
            $"<PackageReference Include=\"{id}\"{(isCentral ? "" : $" Version=\"{version}\"")}{attributes} />"
        );
    }

    /// <summary>Fails where what was built does not hold what was edited: fast and wrong is no result.</summary>
    /// <param name="contender">The contender.</param>
    /// <param name="app">The app.</param>
    /// <param name="file">A file that has to be there.</param>
    /// <param name="mark">What it has to hold; null where it only has to be there.</param>
    public static void Require(Contender contender, App app, string file, string? mark)
    {
        var content = contender.Read(app, file) ?? throw new InvalidOperationException($"What '{contender.Name}' built has no {file}.");
        if (
            mark is not null
            && content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(mark)) < 0
            && content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(mark)) < 0
        )
        {
            throw new InvalidOperationException($"{file} of '{contender.Name}' does not hold the edit.");
        }
    }

    private static Expected Mark(Contender contender, App app, string file, string project)
    {
        var mark = NewMark();
        App.SetMark(contender.Folder, file, mark);
        return new(app, project + ".dll", mark);
    }

    private static string NewMark() => $"mark-{Guid.NewGuid():N}";

    private static void Insert(string file, string item) =>
        File.WriteAllText(
            file,
            File.ReadAllText(file).Replace("</Project>", $"  <ItemGroup>{item}</ItemGroup>\n</Project>", StringComparison.Ordinal)
        );
}

/// <summary>A situation that is measured.</summary>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Apply">Brings it about for a contender, an app and a repetition (from 0).</param>
internal sealed record Scenario(string Name, Func<Contender, App, int, Expected> Apply);

/// <summary>What a build is of, and what it has to make.</summary>
/// <param name="App">The app to build.</param>
/// <param name="File">A file that it has to make.</param>
/// <param name="Mark">What that has to hold; null where it only has to be there.</param>
internal sealed record Expected(App App, string File, string? Mark = null);
