using System.Globalization;

namespace MultiStage.Build.Bench;

/// <summary>An app to build: where it comes from, and the places that the benchmark edits. Each contender has a copy of its own.</summary>
/// <param name="Projects">How many projects it has.</param>
/// <param name="Create">Writes the app into a folder.</param>
/// <param name="Entry">The published project, relative to the app's folder.</param>
/// <param name="Leaf">The project that has no reference, relative to the app's folder.</param>
internal sealed record App(int Projects, Action<string> Create, string Entry, string Leaf)
{
    /// <summary>The name of the published project.</summary>
    public string EntryName => Path.GetFileNameWithoutExtension(Entry);

    /// <summary>The file in the published project that the benchmark edits.</summary>
    public string EntryMark => Path.Combine(Path.GetDirectoryName(Entry)!, "BenchMark.cs");

    /// <summary>The file in the leaf project that the benchmark edits.</summary>
    public string LeafMark => Path.Combine(Path.GetDirectoryName(Leaf)!, "BenchMark.cs");

    /// <summary>The app of a given size: the shop of the test assets for its eight projects, else a generated one.</summary>
    /// <param name="repository">The repository's root.</param>
    /// <param name="projects">How many projects.</param>
    /// <returns>The app.</returns>
    public static App Of(string repository, int projects)
    {
        if (projects == 8)
        {
            return new App(
                8,
                folder => Command.Run(repository, "cp", "-R", Path.Combine(repository, "testassets", "Shop"), folder),
                "src/Shop.Web/Shop.Web.csproj",
                "src/Shop.Contracts/Shop.Contracts.csproj"
            );
        }

        // The last library lies in the last layer and references none; an app of one project is its own leaf.
        var leaf = projects == 1 ? "App" : $"Lib{projects - 1:000}";
        return new App(projects, folder => Generate(repository, folder, projects), "src/App/App.csproj", $"src/{leaf}/{leaf}.csproj");
    }

    /// <summary>An app that somebody has.</summary>
    /// <param name="source">The folder that holds all of it, which is left as it is.</param>
    /// <param name="entry">The published project, relative to the folder.</param>
    /// <param name="leaf">A library of it that references none, relative to the folder.</param>
    /// <returns>The app.</returns>
    public static App In(string source, string entry, string leaf) =>
        new(Scaffold.Closure(source, entry).Count(), folder => Command.Run(source, "cp", "-R", source, folder), entry, leaf);

    // With central versions, as the shop has them: that is where a package is added.
    private static void Generate(string repository, string folder, int projects)
    {
        Command.Run(
            repository,
            "dotnet",
            "run",
            Path.Combine(repository, "build", "generate.cs"),
            "--",
            folder,
            projects.ToString(CultureInfo.InvariantCulture)
        );
        File.WriteAllText(
            Path.Combine(folder, "Directory.Packages.props"),
            "<Project>\n  <PropertyGroup>\n    <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>\n  "
                + "</PropertyGroup>\n</Project>\n"
        );
    }

    /// <summary>Writes the app and the files that are edited.</summary>
    /// <param name="folder">The folder, which does not exist yet.</param>
    public void WriteTo(string folder)
    {
        Create(folder);
        SetMark(folder, EntryMark, "mark-0");
        SetMark(folder, LeafMark, "mark-0");
        // The sources of other contenders' scripts are no part of the app.
        File.Delete(Path.Combine(folder, "Dockerfile.scaffold"));
        File.Delete(Path.Combine(folder, "Dockerfile.scaffold.dockerignore"));
    }

    /// <summary>Edits one of the two files: a change inside a method, as most edits are.</summary>
    /// <param name="folder">The copy's folder.</param>
    /// <param name="file">The file, relative to it.</param>
    /// <param name="mark">A text that nothing else holds.</param>
    public static void SetMark(string folder, string file, string mark) => Write(folder, file, "BenchMark", mark);

    /// <summary>Copies the published project, beside it and without what was built.</summary>
    /// <param name="folder">The copy's folder.</param>
    /// <param name="name">The name of the new project and of its folder.</param>
    /// <returns>The new project, relative to the folder.</returns>
    public string CopyEntry(string folder, string name)
    {
        var parent = Path.GetDirectoryName(Path.GetDirectoryName(Entry)!)!;
        Command.Run(folder, "cp", "-R", Path.GetDirectoryName(Entry)!, Path.Combine(parent, name));
        Command.Run(Path.Combine(folder, parent, name), "rm", "-rf", "bin", "obj");
        var project = Path.Combine(parent, name, name + Path.GetExtension(Entry));
        File.Move(Path.Combine(folder, parent, name, Path.GetFileName(Entry)), Path.Combine(folder, project));
        return project;
    }

    /// <summary>Writes a class with a text.</summary>
    /// <param name="folder">The copy's folder.</param>
    /// <param name="file">The file, relative to it.</param>
    /// <param name="type">The class.</param>
    /// <param name="mark">The text.</param>
    public static void Write(string folder, string file, string type, string mark) =>
        File.WriteAllText(
            Path.Combine(folder, file),
            $$"""
            namespace BenchMarks;

            internal static class {{type}}
            {
                public static string Value() => "{{mark}}";
            }

            """
        );
}
