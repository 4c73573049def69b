using System.Formats.Tar;

namespace MultiStage.Build.Measurement.Layers;

/// <summary>Looks into the few files that say where an app's bytes come from, while an archive passes by.</summary>
internal static class FileProbe
{
    private const long LargestDependencies = 16 * 1024 * 1024;

    // A .NET host without anything in it is about 70 kB.
    private const long SmallestExecutable = 100_000;

    // Folders of a distribution's own programs; what a person installs goes elsewhere.
    private static readonly string[] s_system = ["/usr/", "/bin/", "/sbin/", "/lib/", "/lib64/", "/etc/", "/var/"];

    /// <summary>Looks into a file, where it is one of the few.</summary>
    /// <param name="path">Its absolute path.</param>
    /// <param name="entry">Its entry, whose data is read at most once.</param>
    /// <returns>What it says; null where it says nothing.</returns>
    public static async Task<FileContent?> ReadAsync(string path, TarEntry entry, CancellationToken cancellationToken)
    {
        if (entry.DataStream is not { } data || Array.Exists(s_system, folder => path.StartsWith(folder, StringComparison.Ordinal)))
        {
            return null;
        }

        if (path.EndsWith(".deps.json", StringComparison.Ordinal) && entry.Length <= LargestDependencies)
        {
            var text = new byte[entry.Length];
            await data.ReadExactlyAsync(text, cancellationToken);
            return new FileContent { Dependencies = text };
        }
        return MayHoldAnApp(path, entry.Length) && await ExecutableParts.ReadAsync(data, cancellationToken) is { } parts
            ? new FileContent { Parts = parts }
            : null;
    }

    // Executables have no extension on Linux, and an app's name may have a point: MyCompany.Web.
    private static bool MayHoldAnApp(string path, long length) =>
        length >= SmallestExecutable
        && Path.GetExtension(path).ToUpperInvariant()
            is not (".DLL" or ".SO" or ".PDB" or ".DBG" or ".JSON" or ".XML" or ".JS" or ".CSS" or ".PNG" or ".DAT" or ".A");
}
