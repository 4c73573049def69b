using System.Collections;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Context;

/// <summary>A file, link or folder that goes into the context.</summary>
/// <param name="Path">Its path relative to the context's root, with forward slashes.</param>
/// <param name="Info">What the file system says of it.</param>
internal readonly record struct ContextEntry(string Path, FileSystemInfo Info);

/// <summary>
/// Walks a build context in ordinal order, past what its ignore rules leave out. A folder comes before what is in it; an excluded folder
/// comes only if something in it is included, as with <c>docker build</c>.
/// </summary>
internal sealed class ContextWalk(BuildContext context) : IEnumerable<ContextEntry>
{
    // Links are listed and never followed; hidden files are files.
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <inheritdoc/>
    public IEnumerator<ContextEntry> GetEnumerator() =>
        Walk(new DirectoryInfo(context.Directory), "", IgnoreRules.NoMatch, required: true).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Says that a file or folder cannot be sent.</summary>
    /// <param name="path">Its path relative to the context's root.</param>
    /// <returns>The exception, to be thrown.</returns>
    internal static MultiStageException Unreadable(string path, Exception cause) =>
        new(
            Codes.ContextUnreadable.With(
                path,
                cause switch
                {
                    UnauthorizedAccessException => "access to it is denied",
                    EndOfStreamException => "it became shorter while it was being sent",
                    FileNotFoundException or DirectoryNotFoundException => "it was there a moment ago and is gone",
                    _ => cause.Message,
                }
            ),
            cause
        );

    private IEnumerable<ContextEntry> Walk(DirectoryInfo directory, string prefix, int inherited, bool required)
    {
        foreach (var info in List(directory, prefix, required))
        {
            var path = prefix + info.Name;
            var last = context.Ignore.LastMatch(path, inherited);
            var excluded = context.Ignore.IsExcluded(last);
            var folder = info is DirectoryInfo { LinkTarget: null } found ? found : null;
            if (!excluded)
            {
                yield return new(path, info);
            }

            if (folder is null || (excluded && !context.Ignore.MayIncludeBeneath(path, last)))
            {
                continue;
            }

            // Written as soon as the first included path below needs it.
            var pending = excluded;
            foreach (var entry in Walk(folder, path + "/", last, required: !excluded))
            {
                if (pending)
                {
                    yield return new(path, info);
                }

                pending = false;
                yield return entry;
            }
        }
    }

    private static List<FileSystemInfo> List(DirectoryInfo directory, string prefix, bool required)
    {
        try
        {
            var entries = directory.EnumerateFileSystemInfos("*", Everything).ToList();
            entries.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
            return entries;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // A folder that is looked into only in case a negation applies is allowed to be closed.
            if (!required && e is UnauthorizedAccessException)
            {
                return [];
            }

            throw Unreadable(prefix.Length == 0 ? directory.FullName : prefix.TrimEnd('/'), e);
        }
    }
}
