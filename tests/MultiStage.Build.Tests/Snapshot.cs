using System.Globalization;
using System.Text;

namespace MultiStage.Build.Tests;

/// <summary>
/// Compares a text with the one that is checked in as <c>Snapshots/&lt;case&gt;/&lt;file&gt;</c>, byte for byte.
/// With the environment variable <c>UPDATE_SNAPSHOTS=1</c> it writes the file instead; read the difference before committing it.
/// </summary>
internal static class Snapshot
{
    private static readonly Lazy<string> s_root = new(() => Path.Combine(FindProjectDirectory(), "Snapshots"));

    private static bool Updating => Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1";

    /// <summary>Fails the test unless <paramref name="actual"/>, as UTF-8, is what the snapshot holds.</summary>
    /// <param name="caseName">The case's folder under <c>Snapshots/</c>; it may hold several files.</param>
    /// <param name="fileName">The file in it, named as users would meet it, such as <c>Dockerfile</c>; it may have folders.</param>
    /// <param name="actual">The text as it was produced.</param>
    public static void Match(string caseName, string fileName, string actual)
    {
        var path = Path.Combine(s_root.Value, caseName, fileName);
        if (Updating)
        {
            Update(path, Encoding.UTF8.GetBytes(actual));
            return;
        }
        var name = $"Snapshots/{caseName}/{fileName}";
        if (!File.Exists(path))
        {
            Assert.Fail($"{name} does not exist. UPDATE_SNAPSHOTS=1 writes it. It would be:\n{actual}");
        }

        var expected = File.ReadAllBytes(path);
        if (!expected.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(actual)))
        {
            Assert.Fail($"{name} differs. UPDATE_SNAPSHOTS=1 rewrites it.\n{Difference(Encoding.UTF8.GetString(expected), actual)}");
        }
    }

    /// <summary>Reads a file of a case that is input and not expectation.</summary>
    /// <param name="caseName">The case's folder under <c>Snapshots/</c>.</param>
    /// <param name="fileName">The file in it.</param>
    /// <returns>Its text.</returns>
    public static string Read(string caseName, string fileName) => File.ReadAllText(Path.Combine(s_root.Value, caseName, fileName));

    /// <summary>Shows where two texts part: the lines that differ, with their neighbours, and characters that cannot be seen made
    /// visible.</summary>
    /// <param name="expected">The text as it should be.</param>
    /// <param name="actual">The text as it is.</param>
    /// <returns>Lines that begin with <c>-</c> (expected only), <c>+</c> (actual only) or a space (both).</returns>
    internal static string Difference(string expected, string actual)
    {
        const int Neighbours = 3;
        var (old, now) = (Lines(expected), Lines(actual));
        var head = 0;
        while (head < old.Length && head < now.Length && old[head] == now[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Length - head && tail < now.Length - head && old[^(tail + 1)] == now[^(tail + 1)])
        {
            tail++;
        }

        var from = Math.Max(0, head - Neighbours);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"@@ line {head + 1} @@\n");
        Append(text, ' ', old[from..head]);
        Append(text, '-', old[head..^tail]);
        Append(text, '+', now[head..^tail]);
        Append(text, ' ', old[^tail..].Take(Neighbours));
        return text.ToString();
    }

    // A file that is already right keeps its timestamp, so that no incremental build runs because of it.
    private static void Update(string path, byte[] bytes)
    {
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private static string[] Lines(string text) => text.Split('\n');

    private static void Append(StringBuilder text, char mark, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var end = line.TrimEnd(' ', '\t', '\r');
            var blanks = line[end.Length..].Replace(' ', '·').Replace('\t', '→').Replace('\r', '␍');
            text.Append(mark).Append(end.Replace("\uFEFF", "(BOM)", StringComparison.Ordinal)).Append(blanks).Append('\n');
        }
    }

    // Not from the compiler's CallerFilePath: deterministic builds map the source paths.
    private static string FindProjectDirectory()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MultiStage.Build.Tests.csproj")))
            {
                return folder.FullName;
            }
        }
        throw new InvalidOperationException($"No folder above '{AppContext.BaseDirectory}' holds MultiStage.Build.Tests.csproj.");
    }
}
