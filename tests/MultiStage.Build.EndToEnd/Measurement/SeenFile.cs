using System.Globalization;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd.Measurement;

/// <summary>A file that a container sees, found by <c>find</c> and <c>stat</c> inside one.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Bytes">A file's length, or that of a symlink's target; 0 for anything else, and for any but the first of several
/// names.</param>
internal sealed record SeenFile(string Path, long Bytes)
{
    // What the daemon puts into every container.
    private static readonly string[] s_daemons = ["/.dockerenv", "/etc/hostname", "/etc/hosts", "/etc/mtab", "/etc/resolv.conf"];

    /// <summary>Finds the files of an image.</summary>
    /// <param name="image">Its name.</param>
    /// <returns>Its regular files, symlinks, devices and pipes, in the order of their paths.</returns>
    public static async Task<IReadOnlyList<SeenFile>> OfAsync(string image)
    {
        const string Find = "find / -xdev ! -type d -exec stat -c '%i|%h|%F|%s|%n' {} +";
        var lines = (await Daemon.DockerAsync("run", "--rm", "--network", "none", "--entrypoint", "sh", image, "-c", Find)).Split('\n');
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. lines
                .Select(line => line.Split('|', 5))
                .Where(file => !s_daemons.Contains(file[4]))
                .OrderBy(file => file[4], StringComparer.Ordinal)
                .Select(file => new SeenFile(file[4], file[1] == "1" || seen.Add(file[0]) ? Length(file[2], file[3]) : 0)),
        ];
    }

    private static long Length(string type, string size) =>
        type is "regular file" or "regular empty file" or "symbolic link" ? long.Parse(size, CultureInfo.InvariantCulture) : 0;
}
