using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Files that an evaluation may depend on beside those it imports, from the likely to the unlikely.</summary>
/// <remarks>Builds' output, packages and tools are none.</remarks>
internal sealed class RestoreCandidates
{
    private readonly string _context;
    private readonly ImmutableArray<ClosureProject> _projects;
    private readonly HostFolders _host;
    private readonly Lazy<ImmutableArray<Candidate>> _listed;

    /// <summary>Finds the candidates.</summary>
    /// <param name="host">Where this machine keeps SDKs and packages.</param>
    /// <param name="asked">The paths that the evaluation asked for and that exist, absolute.</param>
    /// <param name="read">The files that property functions may read, absolute.</param>
    /// <param name="listings">The folders that the evaluation listed.</param>
    public RestoreCandidates(
        ClosureFacts closure,
        HostFolders host,
        IEnumerable<string> asked,
        IEnumerable<string> read,
        IEnumerable<Listing> listings
    )
    {
        (_context, _projects, _host) = (closure.Context, closure.Projects, host);
        var folders = Existing(asked.Where(Directory.Exists)).Select(folder => folder with { Path = folder.Path + "/" });
        Asked = [.. Existing(asked.Where(File.Exists)), .. folders];
        Read = [.. Existing(read).Where(file => CanBeSent(file.Path)).Select(file => file with { IsRead = true })];
        _listed = new(() => Existing(listings.SelectMany(Files)));
    }

    /// <summary>One <c>.razor</c> file of each project: where there is one, the SDK restores the scripts of Blazor.</summary>
    public ImmutableArray<Candidate> Scripts =>
        [
            .. Listed
                .Where(file => file.Path.EndsWith(".razor", StringComparison.Ordinal))
                .GroupBy(Owner, StringComparer.Ordinal)
                .Select(files => files.MinBy(file => file.Path.Length)!),
        ];

    /// <summary>What the evaluation asked for by name.</summary>
    public ImmutableArray<Candidate> Asked { get; }

    /// <summary>What property functions may read.</summary>
    public ImmutableArray<Candidate> Read { get; }

    /// <summary>What patterns found.</summary>
    public ImmutableArray<Candidate> Listed => _listed.Value;

    /// <summary>What a function asked for in vain: a file with its content, or the names of the files in a folder that it lists.</summary>
    /// <param name="path">Its path, relative to the context.</param>
    /// <returns>The candidates; none where nothing is there that can be sent.</returns>
    public IEnumerable<Candidate> At(string path)
    {
        var folder = Path.Combine(_context, path);
        return CanBeSent(path) ? [new Candidate(path, IsRead: true)]
            : path.Length > 0 && Directory.Exists(folder)
                ? Existing(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Where(file => CanBeSent(file.Path))
            : [];
    }

    private bool CanBeSent(string path) => !LeftOutNames.IsNeverSent(path) && File.Exists(Path.Combine(_context, path));

    private string Owner(Candidate file) => ContextPath.Nearest(file.Path, _projects.Select(project => project.Folder)) ?? "";

    private ImmutableArray<Candidate> Existing(IEnumerable<string> paths) =>
        [
            .. paths
                .Select(Path.GetFullPath)
                .Where(path => ContextPath.Contains(_context, path) && !_host.Hold(path))
                .Select(path => ContextPath.Relative(_context, path))
                .Where(path =>
                    path.Length > 0 && !_projects.Any(project => ContextPath.IsBelow(path, project.Path) || IsOutput(project, path))
                )
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(path => new Candidate(path, IsRead: false)),
        ];

    private static bool IsOutput(ClosureProject project, string path) =>
        project.OutputFolders.Any(folder => ContextPath.IsBelow(folder, path));

    private IEnumerable<string> Files(Listing listing)
    {
        var folder = Path.GetFullPath(listing.Folder);
        if (!ContextPath.Contains(_context, folder) || listing.Kinds is EntryKinds.Folders)
        {
            return [];
        }

        try
        {
            return listing.Entries().Where(File.Exists).ToList();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
