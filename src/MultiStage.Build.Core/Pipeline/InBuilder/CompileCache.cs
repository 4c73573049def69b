using System.Security.Cryptography;
using System.Text;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Pipeline.InBuilder;

/// <summary>
/// The compilers' own output cache, made safe. The compiler copies out what it finds without a look at it, and its key leaves out much of
/// what
/// decides the output. So each compile has a folder of its own, named after what that key lacks, and only sealed entries are left in it.
/// </summary>
/// <param name="directory">The folder, which builds at the same time share.</param>
public sealed class CompileCache(string directory)
{
    // Written by the compiler at each use, so it is in no seal.
    private const string LastUsed = "last-used";

    private const string Seal = "seal";

    // The compiler's name for what is not whole; it never reads it.
    private const string Unfinished = ".tmp";

    /// <summary>Opens the folder of a compile, without the entries that are damaged or were never sealed.</summary>
    /// <param name="inputs">All that decides the output and is missing in the compiler's key.</param>
    /// <returns>The folder; null where the cache cannot be read, or a damaged entry cannot be removed.</returns>
    public string? Open(IEnumerable<string> inputs)
    {
        var name = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', inputs)));
        var folder = Path.Combine(directory, Convert.ToHexStringLower(name)[..32]);
        try
        {
            foreach (var entry in Entries(folder).Where(entry => !IsSealed(entry)).ToList())
            {
                Remove(entry);
            }

            return folder;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Seals what a compile that succeeded left in its folder.</summary>
    /// <param name="begun">When the compile began.</param>
    /// <returns>Whether the output was kept (<see langword="true"/>), came from an earlier build (<see langword="false"/>), or neither
    /// (null).</returns>
    public static bool? Close(string folder, DateTime begun)
    {
        try
        {
            var entries = Entries(folder).ToList();
            var added = entries.Where(entry => !File.Exists(Path.Combine(entry, Seal))).ToList();
            foreach (var entry in added)
            {
                File.WriteAllText(Path.Combine(entry, Seal), Contents(entry));
            }

            return added.Count > 0 ? true
                : entries.Any(entry => UsedAt(entry) >= begun) ? false
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without its seal the next build removes it.
            return null;
        }
    }

    /// <summary>Removes what was not used for longest, until the rest is within a size.</summary>
    /// <param name="limit">The size, in bytes.</param>
    public void Trim(long limit)
    {
        try
        {
            foreach (
                var rest in Directory
                    .EnumerateDirectories(
                        directory,
                        "*" + Unfinished,
                        new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 2 }
                    )
                    .Where(folder => Directory.GetLastWriteTimeUtc(folder) < DateTime.UtcNow.AddDays(-1))
                    .ToList()
            )
            {
                Directory.Delete(rest, recursive: true);
            }

            var entries = Directory
                .EnumerateDirectories(directory)
                .SelectMany(Entries)
                .Select(entry =>
                    (Path: entry, Used: UsedAt(entry), Size: new DirectoryInfo(entry).EnumerateFiles().Sum(file => file.Length))
                )
                .OrderByDescending(entry => entry.Used)
                .ToList();
            var total = 0L;
            foreach (var old in entries.SkipWhile(entry => (total += entry.Size) <= limit))
            {
                Remove(old.Path);
            }

            foreach (var empty in Directory.EnumerateDirectories(directory).Where(folder => !Entries(folder).Any()).ToList())
            {
                Directory.Delete(empty, recursive: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another build removed it first, or the mount is read-only; the next build tries again.
        }
    }

    // <folder>/<assembly>/<the compiler's key>/
    private static IEnumerable<string> Entries(string folder) =>
        !Directory.Exists(folder)
            ? []
            : Directory
                .EnumerateDirectories(folder)
                .SelectMany(Directory.EnumerateDirectories)
                .Where(entry => !entry.EndsWith(Unfinished, StringComparison.Ordinal));

    private static bool IsSealed(string entry) =>
        File.Exists(Path.Combine(entry, Seal)) && File.ReadAllText(Path.Combine(entry, Seal)) == Contents(entry);

    private static string Contents(string entry) =>
        string.Join(
            '\n',
            Directory
                .EnumerateFiles(entry)
                .Where(file => Path.GetFileName(file) is not (LastUsed or Seal))
                .Order(StringComparer.Ordinal)
                .Select(file => $"{FileHash.Of(file)} {Path.GetFileName(file)}")
        );

    private static DateTime UsedAt(string entry) => File.GetLastWriteTimeUtc(Path.Combine(entry, LastUsed));

    // Another build either still finds all of it or nothing.
    private static void Remove(string entry)
    {
        var removed = $"{entry}.{Guid.NewGuid():N}{Unfinished}";
        Directory.Move(entry, removed);
        Directory.Delete(removed, recursive: true);
    }
}
