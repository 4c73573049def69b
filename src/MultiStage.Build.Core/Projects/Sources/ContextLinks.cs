using MultiStage.Build.Context;

namespace MultiStage.Build.Projects.Sources;

/// <summary>Follows the links of a context, so that what they lead to is sent with them.</summary>
/// <param name="context">The context's absolute path.</param>
internal sealed class ContextLinks(string context)
{
    private const int MostHops = 16;

    /// <summary>What the links lead to, in the context.</summary>
    public SortedSet<string> Targets { get; } = new(StringComparer.Ordinal);

    /// <summary>The links that lead out of the context, or that say where it lies on this machine, with what they say.</summary>
    public SortedDictionary<string, string> Leaving { get; } = new(StringComparer.Ordinal);

    public void Follow(ContextFile file)
    {
        var (path, link) = (file.Path, file.Link);
        for (var hop = 0; link is not null && hop < MostHops; hop++)
        {
            var target = Path.GetFullPath(link, Path.GetDirectoryName(Absolute(path))!);
            if (Path.IsPathRooted(link) || !ContextPath.Contains(context, target))
            {
                Leaving.TryAdd(file.Path, link);
                return;
            }

            path = ContextPath.Relative(context, target);
            if (path.Length > 0 && Path.Exists(target))
            {
                Targets.Add(path);
            }

            link = new FileInfo(target).LinkTarget;
        }
    }

    private string Absolute(string path) => Path.Combine(context, path.Replace('/', Path.DirectorySeparatorChar));
}
