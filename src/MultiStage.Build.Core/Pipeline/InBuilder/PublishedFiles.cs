using System.Globalization;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Pipeline.InBuilder;

/// <summary>Arranges what publish wrote for the layers of an image.</summary>
public static partial class PublishedFiles
{
    /// <summary>
    /// When files of packages were written, as far as an image is concerned: the earliest time that packages know, whatever commit they are
    /// published with, or each commit would make a new layer of the same files.
    /// </summary>
    public static readonly DateTime PackageTime = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Moves the files of packages into a folder of their own, and dates all files.</summary>
    /// <param name="published">The folder that was published to.</param>
    /// <param name="packages">The folder for what packages brought.</param>
    /// <param name="files">The files of packages, relative to the published folder.</param>
    /// <param name="sourceDate"><c>SOURCE_DATE_EPOCH</c>; empty leaves the times of the app's own files alone.</param>
    public static void Arrange(string published, string packages, IEnumerable<string> files, string sourceDate)
    {
        Split(published, packages, files);
        Date(packages, PackageTime);
        if (SourceDate.Parse(sourceDate) is { } time)
        {
            Date(published, time);
        }
    }

    /// <summary>Moves the files of packages into a folder of their own, under the same relative paths.</summary>
    /// <param name="published">The folder that was published to.</param>
    /// <param name="packages">The folder for what packages brought; it is made even where they brought nothing, because a layer is copied
    /// from it.</param>
    /// <param name="files">The files of packages, relative to the published folder; what was published as part of another file is not
    /// there.</param>
    public static void Split(string published, string packages, IEnumerable<string> files)
    {
        Directory.CreateDirectory(packages);
        foreach (var file in files.Distinct(StringComparer.Ordinal))
        {
            var source = Path.GetFullPath(file, published);
            var target = Path.GetFullPath(file, packages);
            if (File.Exists(source) && !File.Exists(target))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Move(source, target);
                RemoveEmpty(Path.GetDirectoryName(source)!, published);
            }
        }
    }

    /// <summary>Gives all files and folders one time, so that the same sources make the same layers.</summary>
    /// <param name="time">The time, in UTC.</param>
    public static void Date(string folder, DateTime time)
    {
        foreach (var manifest in Directory.EnumerateFiles(folder, "*.staticwebassets.endpoints.json"))
        {
            DateEndpoints(manifest, time);
        }

        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos(
            "*",
            new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
        );
        foreach (var entry in entries.Where(entry => entry.LinkTarget is null).Append(new DirectoryInfo(folder)).ToList())
        {
            entry.LastWriteTimeUtc = time;
        }
    }

    // The manifest of static web assets tells when each file was written, and the compressed ones among them are written by each build.
    private static void DateEndpoints(string manifest, DateTime time)
    {
        var text = File.ReadAllText(manifest);
        var dated = LastModified().Replace(text, $"$1{time.ToString("R", CultureInfo.InvariantCulture)}$2");
        if (dated != text)
        {
            File.WriteAllText(manifest, dated);
        }
    }

    private static void RemoveEmpty(string folder, string root)
    {
        for (
            var current = folder;
            current.Length > root.TrimEnd('/').Length && !Directory.EnumerateFileSystemEntries(current).Any();
            current = Path.GetDirectoryName(current)!
        )
        {
            Directory.Delete(current);
        }
    }

    [GeneratedRegex("""("Name":\s*"Last-Modified",\s*"Value":\s*")[^"]*(")""", RegexOptions.CultureInvariant)]
    private static partial Regex LastModified();
}
