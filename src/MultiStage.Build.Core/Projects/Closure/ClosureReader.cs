using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Turns evaluated projects into the files of a build context.</summary>
internal sealed class ClosureReader
{
    private readonly ImmutableArray<EvaluatedProject> _projects;
    private readonly HostFolders _host;
    private readonly string _project;
    private readonly string _context;
    private readonly ImmutableArray<string> _asked;

    private ClosureReader(
        string project,
        ImmutableArray<EvaluatedProject> projects,
        HostFolders host,
        string configuredContext,
        ImmutableArray<string> asked
    )
    {
        _asked = asked.IsDefault ? [] : asked;
        _project = project;
        _projects = projects;
        _host = host;
        _context = ContextLocator.Locate(
            configuredContext,
            project,
            projects.SelectMany(p => RepositoryFiles(p).Where(file => !IsStyleFile(file)).Prepend(p.Path))
        );
    }

    /// <param name="project">The published project's absolute path.</param>
    /// <param name="projects">The evaluations of the published project and of all it references; several of one project are merged.</param>
    /// <param name="host">Where this machine keeps SDKs and packages.</param>
    /// <param name="configuredContext">The value of <c>ContainerBuildContext</c>, absolute; empty for the default.</param>
    /// <param name="asked">The existing files that the evaluations asked for without importing them, absolute.</param>
    /// <exception cref="MultiStageException">
    /// <see cref="Codes.InputOutsideContext"/>, <see cref="Codes.ContextUnusable"/>.
    /// </exception>
    /// <returns>The closure, and warnings about configuration that the container will not see.</returns>
    public static (ClosureFacts Closure, ImmutableArray<Diagnostic> Warnings) Read(
        string project,
        ImmutableArray<EvaluatedProject> projects,
        HostFolders host,
        string configuredContext,
        ImmutableArray<string> asked = default
    )
    {
        // A package may bring a project that the others reference in a graph, as Nerdbank.GitVersioning does.
        var reader = new ClosureReader(project, [.. projects.Where(p => !host.Hold(p.Path))], host, configuredContext, asked);
        return (reader.Read(), reader.ConfigurationAboveContext());
    }

    private ClosureFacts Read()
    {
        foreach (var project in _projects)
        {
            RequireInContext(project.Path, project);
            foreach (var file in RepositoryFiles(project))
            {
                RequireInContext(file, project);
            }
        }

        var closureProjects = _projects
            .GroupBy(p => Relative(p.Path), StringComparer.Ordinal)
            .Select(g => new ClosureProject(g.Key, Sorted(g.SelectMany(p => p.OutputFolders).Where(IsOutput).Select(Relative))))
            .OrderBy(p => p.Path, StringComparer.Ordinal)
            .ToImmutableArray();
        var restore = new RestoreInputs(_context, closureProjects, [.. RestorePaths()]);
        var foreignFolders = Sorted(ForeignProjects.Below(_context, closureProjects));
        return new ClosureFacts
        {
            Context = _context,
            Project = Relative(_project),
            Projects = closureProjects,
            RestoreInputs = Sorted([
                .. closureProjects.Select(p => p.Path),
                .. Imports().Select(Relative),
                .. LockFiles().Select(Relative),
                .. DirectiveFiles(),
                .. restore.Files,
            ]),
            DirectiveFiles = Sorted(DirectiveFiles()),
            SharedFrameworks = Sorted(SharedFrameworks()),
            Locks = [.. Locks()],
            LocalFeeds = Sorted(restore.LocalFeeds),
            OutsideFiles = Sorted(OutsideFiles(closureProjects, foreignFolders)),
            NamedPaths = Sorted(NamedPaths()),
            ForeignFolders = foreignFolders,
            NamedFiles = Sorted(_projects.SelectMany(RepositoryFiles).Where(InContext).Select(Relative).Where(LeftOutNames.NeedsNaming)),
        };
    }

    // Where a build writes beside its sources, the folder is more than its output.
    private bool IsOutput(string folder) => InContext(folder) && !_projects.Any(project => ContextPath.Contains(folder, project.Path));

    private IEnumerable<string> Imports() =>
        _projects.SelectMany(p => p.Imports.Where(i => IsRepositoryFile(i, p))).Distinct(StringComparer.Ordinal);

    private IEnumerable<string> DirectiveFiles() => _projects.SelectMany(p => p.DirectiveFiles).Where(InContext).Select(Relative);

    private IEnumerable<string> OutsideFiles(ImmutableArray<ClosureProject> projects, ImmutableArray<string> foreignFolders)
    {
        List<string> folders = [.. projects.Select(p => p.Folder), .. foreignFolders];
        return _projects
            .SelectMany(RepositoryFiles)
            .Concat(_asked.Where(file => _projects.All(project => IsRepositoryFile(file, project))))
            .Distinct(StringComparer.Ordinal)
            .Where(InContext)
            .Select(Relative)
            .Where(file => !LeftOutNames.IsNeverSent(file))
            .Where(file => ContextPath.Nearest(file, folders) is not { } nearest || foreignFolders.Contains(nearest));
    }

    private IEnumerable<string> NamedPaths() =>
        _projects.SelectMany(p => p.Named.Where(path => IsRepositoryFile(path, p))).Where(InContext).Select(Relative);

    // What properties of a restore name: everything but the projects' own folders and what builds write.
    private IEnumerable<string> RestorePaths() =>
        _projects
            .SelectMany(p => p.RestorePaths.Where(path => InContext(path) && IsRepositoryFile(path, p)))
            .Distinct(StringComparer.Ordinal)
            .Where(path => !_projects.Any(p => ContextPath.Contains(path, p.Path)));

    private IEnumerable<string> SharedFrameworks() =>
        _projects
            .GroupBy(p => p.Path, StringComparer.Ordinal)
            .Select(evaluations => evaluations.SelectMany(p => p.Frameworks))
            .Aggregate((shared, frameworks) => shared.Intersect(frameworks, StringComparer.Ordinal));

    private IEnumerable<string> LockFiles() =>
        _projects.Select(p => p.LockFile).OfType<string>().Where(File.Exists).Distinct(StringComparer.Ordinal);

    // A project that turns locked mode off does so for the container, too.
    private IEnumerable<LockFile> Locks() =>
        _projects.First(p => p.Path == _project).IsFalse("RestoreLockedMode")
            ? []
            : _projects
                .DistinctBy(p => p.Path)
                .OrderBy(p => Relative(p.Path), StringComparer.Ordinal)
                .Select(p => LockFile.Find(p.Path, p.LockFile) is { } file ? LockFile.Read(file, Relative(p.Path)) : null)
                .OfType<LockFile>();

    private IEnumerable<string> RepositoryFiles(EvaluatedProject project) =>
        project
            .Imports.Concat(project.Files)
            .Concat(project.LockFile is { } file && File.Exists(file) ? [file] : [])
            .Where(file => IsRepositoryFile(file, project));

    // What restore wrote under obj is written again by the restore in the container. A .user file comes with the sources around it, so that
    // a Dockerfile is the same for everyone.
    private bool IsRepositoryFile(string file, EvaluatedProject project) =>
        !_host.Hold(file)
        && !file.EndsWith(".user", StringComparison.OrdinalIgnoreCase)
        && !project.OutputFolders.Any(folder => ContextPath.Contains(folder, file));

    private void RequireInContext(string file, EvaluatedProject project)
    {
        if (!InContext(file) && !IsStyleFile(file))
        {
            throw Codes.InputOutsideContext.ErrorAbout(
                "ContainerBuildContext",
                file,
                project.Path,
                _context,
                ContextPath.CommonFolder([file, Path.Combine(_context, "x")])
            );
        }
    }

    // Analyzer configuration above the context changes no output, and the compiler finds it by searching upwards to the root.
    private static bool IsStyleFile(string file) => Path.GetFileName(file) is ".editorconfig" or ".globalconfig";

    private bool InContext(string path) => ContextPath.Contains(_context, path);

    private string Relative(string path) => ContextPath.Relative(_context, path);

    private ImmutableArray<Diagnostic> ConfigurationAboveContext() =>
        [
            .. ContextPath
                .Ancestors(_context)
                .Skip(1)
                .SelectMany(folder => RestoreInputs.ConfigurationFiles(folder))
                .Select(file => Codes.ConfigurationOutsideContext.With(file, _context) with { About = "ContainerBuildContext" }),
        ];

    private static ImmutableArray<string> Sorted(IEnumerable<string> paths) =>
        [.. paths.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
