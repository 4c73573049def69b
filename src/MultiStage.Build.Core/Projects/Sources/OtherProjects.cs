using MultiStage.Build.Context;

namespace MultiStage.Build.Projects.Sources;

/// <summary>Writes which folders of a context projects outside the closure own, in as few lines as a reader likes.</summary>
/// <param name="own">The folders of the closure's projects.</param>
/// <param name="letIn">What must be sent beside them: files that they name, and whatever else was let in.</param>
internal sealed class OtherProjects(IReadOnlySet<string> others, IReadOnlySet<string> own, IReadOnlyCollection<string> letIn)
{
    // From here on, to list what stays is shorter than to list what goes, and a project that is added later changes nothing.
    private const int FewestToListTheRest = 3;

    private const int MostFilesBesideProjects = 8;

    /// <summary>Writes them.</summary>
    /// <returns>Lines of an ignore file, of which the last one that matches decides.</returns>
    public IEnumerable<string> Lines(ContextFolder root) => Below(root);

    // What lies in a folder of the closure is left out where that folder is let in.
    private IEnumerable<string> Below(ContextFolder folder)
    {
        if (own.Contains(folder.Path))
        {
            return [];
        }

        var (gone, staying) = (folder.Folders.Where(IsOthers).ToList(), folder.Folders.Where(child => !IsOthers(child)).ToList());
        var listed = staying.Where(child => !own.Contains(child.Path)).ToList();
        if (
            folder.Path.Length > 0
            && gone.Count >= FewestToListTheRest
            && gone.Count > listed.Count
            && folder.Files.Count <= MostFilesBesideProjects
        )
        {
            return listed
                .Select(child => child.Path)
                .Concat(folder.Files.Select(file => file.Path))
                .Order(StringComparer.Ordinal)
                .Select(path => "!" + LiteralPattern.Of(path))
                .Prepend(LiteralPattern.Of(folder.Path) + "/*")
                .Concat(staying.SelectMany(Below));
        }

        return folder.Folders.SelectMany(child => gone.Contains(child) ? [LiteralPattern.Of(child.Path)] : Below(child));
    }

    // A folder of such folders is one, too, where nothing else is in it but what MSBuild and NuGet read for the projects below.
    private bool IsOthers(ContextFolder folder) =>
        others.Contains(folder.Path)
        || (
            folder.Folders.Exists(IsOthers)
            && folder.Folders.TrueForAll(child => IsOthers(child) || IsEmpty(child))
            && folder.Files.TrueForAll(IsOfProjects)
            && !own.Concat(letIn).Any(path => ContextPath.IsBelow(folder.Path, path))
        );

    private static bool IsEmpty(ContextFolder folder) => !folder.AllFiles().Any();

    private static bool IsOfProjects(ContextFile file) =>
        Path.GetExtension(file.Name)
            is ".props"
                or ".targets"
                or ".sln"
                or ".slnx"
                or ".slnf"
                or ".md"
                or ".editorconfig"
                or ".globalconfig"
                or ".gitignore"
                or ".ruleset"
        || file.Name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase);
}
