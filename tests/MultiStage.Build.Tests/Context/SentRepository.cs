using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Context;

/// <summary>A repository in a folder of its own, with a project <c>src/App/App.csproj</c>, and what of it would be sent to the
/// builder.</summary>
internal sealed class SentRepository : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<EvaluatedProject> _closure = [];

    /// <summary>Makes the repository.</summary>
    /// <param name="app">The text of the project file, without the element around it.</param>
    public SentRepository(string app = "")
    {
        _folder.Folder("repo/.git");
        Project("src/App/App.csproj", app);
        Write("src/App/Program.cs");
    }

    /// <summary>The context's absolute path.</summary>
    public string Root => _folder["repo"];

    /// <summary>The value of <c>ContainerBuildInputScope</c>.</summary>
    public string Scope { get; set; } = "";

    /// <summary>What builds write on this machine.</summary>
    public ImmutableArray<string> Outputs { get; set; } = [];

    /// <summary>The <c>ContainerBuildInput</c> items.</summary>
    public ImmutableArray<string> BuildInputs { get; set; } = [];

    /// <summary>What the last look at the repository warned of.</summary>
    public ImmutableArray<Diagnostic> Warnings { get; private set; } = [];

    /// <summary>What its own <c>.dockerignore</c> takes out of the app, at the last look.</summary>
    public ImmutableArray<Diagnostic> OwnIgnoreWarnings { get; private set; } = [];

    /// <summary>Writes files.</summary>
    /// <param name="paths">Their paths below the context.</param>
    /// <returns>The repository.</returns>
    public SentRepository Write(params string[] paths)
    {
        foreach (var path in paths)
        {
            _folder.Write($"repo/{path}", path);
        }

        return this;
    }

    /// <summary>Writes a file with a text.</summary>
    /// <param name="path">Its path below the context.</param>
    /// <param name="text">The text.</param>
    /// <returns>The repository.</returns>
    public SentRepository WriteText(string path, string text)
    {
        _folder.Write($"repo/{path}", text);
        return this;
    }

    /// <summary>Makes a symbolic link.</summary>
    /// <param name="path">Its path below the context.</param>
    /// <param name="target">Where it leads, as it says itself.</param>
    /// <returns>The repository.</returns>
    public SentRepository Link(string path, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[$"repo/{path}"])!);
        File.CreateSymbolicLink(_folder[$"repo/{path}"], target);
        return this;
    }

    /// <summary>Adds a project to the closure.</summary>
    /// <param name="path">The project file's path below the context.</param>
    /// <param name="text">Its text, without the element around it.</param>
    /// <param name="files">What its items name elsewhere.</param>
    /// <param name="optional">Those of them that a publish does without.</param>
    /// <param name="compiled">What it compiles.</param>
    /// <param name="published">What its publish copies into the app.</param>
    /// <param name="named">What its targets and properties name, with stars where a pattern is meant.</param>
    /// <param name="outputs">Where its builds write; <c>bin</c> and <c>obj</c> where none are given.</param>
    /// <returns>The repository.</returns>
    public SentRepository Project(
        string path,
        string text = "",
        string[]? files = null,
        string[]? optional = null,
        string[]? compiled = null,
        string[]? outputs = null,
        string[]? published = null,
        string[]? named = null
    )
    {
        WriteText(path, $"<Project>{text}</Project>");
        _closure.RemoveAll(project => project.Path == Absolute(path));
        _closure.Add(
            new EvaluatedProject(Absolute(path))
            {
                Files = [.. (files ?? []).Concat(optional ?? []).Select(Absolute)],
                OptionalFiles = [.. (optional ?? []).Select(Absolute)],
                Compiled = [.. compiled ?? []],
                Published = [.. published ?? []],
                Named = [.. (named ?? []).Select(Absolute)],
                OutputFolders = [.. (outputs ?? [$"{ContextPath.Parent(path)}/bin", $"{ContextPath.Parent(path)}/obj"]).Select(Absolute)],
            }
        );
        return this;
    }

    /// <summary>Reads what was read from the project and of the context.</summary>
    /// <param name="tests">Test projects that are built beside the app, by their paths; they are in no closure of the app.</param>
    /// <returns>The facts.</returns>
    public ProjectFacts Facts(params string[] tests)
    {
        var facts = Samples.Web with
        {
            Closure = Closure("src/App/App.csproj", tests),
            Tests = [.. tests.Select(test => new TestFacts(Closure(test, []), "Tests", TestRunner.VSTest))],
        };
        (facts, Warnings) = SentContext.Read(
            facts,
            Absolute("src/App/App.csproj"),
            Scope,
            [.. BuildInputs.Select(input => new ProjectItem("ContainerBuildInput", input, null))],
            Outputs
        );
        return facts;
    }

    /// <summary>Writes the ignore file.</summary>
    /// <returns>Its text.</returns>
    public string IgnoreFile() => ContextIgnoreFile.Write(Facts());

    /// <summary>Lists what is sent, but for the project itself and its only source.</summary>
    /// <returns>The paths, each on a line.</returns>
    public string Sent()
    {
        var walk = new ContextWalk(new BuildContext(Root, IgnoreRules.Parse(IgnoreFile())));
        return string.Join(
            '\n',
            walk.Where(entry => entry.Info is not DirectoryInfo || entry.Info.LinkTarget is not null)
                .Select(entry => entry.Path)
                .Except(["src/App/App.csproj", "src/App/Program.cs", ".gitignore"])
                .Order(StringComparer.Ordinal)
        );
    }

    /// <inheritdoc />
    public void Dispose() => _folder.Dispose();

    private string Absolute(string path) => _folder[$"repo/{path}"];

    private ClosureFacts Closure(string project, string[] without)
    {
        var projects = _closure.Where(one => !without.Contains(ContextPath.Relative(Root, one.Path))).ToImmutableArray();
        var (closure, _) = ClosureReader.Read(Absolute(project), projects, HostFolders.Of([], Absolute(project)), "");
        (closure, OwnIgnoreWarnings) = OwnIgnoreAgreement.Apply(closure, projects);
        return closure;
    }
}
