using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd.Measurement;

/// <summary>The layers of an archive as the <c>tar</c> command lists them, so that no code under test vouches for itself.</summary>
internal static partial class ListedLayers
{
    /// <summary>Lists the layers of the only image in an archive.</summary>
    /// <param name="archive">What <c>docker save</c> wrote.</param>
    /// <returns>The entries of each layer, lowest first.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<ListedEntry>>> OfAsync(string archive)
    {
        var folder = Directory.CreateDirectory(archive + ".d").FullName;
        await TarAsync("--extract", "--file", archive, "--directory", folder);
        var image = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "manifest.json")))!.AsArray().Single()!;
        var layers = new List<IReadOnlyList<ListedEntry>>();
        foreach (var layer in image["Layers"]!.AsArray())
        {
            layers.Add([
                .. (
                    await TarAsync(
                        "--list",
                        "--verbose",
                        "--numeric-owner",
                        "--quoting-style=literal",
                        "--file",
                        Path.Combine(folder, (string)layer!)
                    )
                ).Select(Parse),
            ]);
        }

        return layers;
    }

    private static async Task<IEnumerable<string>> TarAsync(params string[] arguments)
    {
        using var tar = RunningCommand.Start("tar", arguments);
        return (await tar.CompletionAsync()).Succeeds().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // -rw-r--r-- 0/0 5 2026-11-25 16:35 data/a, and for links: data/b -> data/a, data/b link to data/a
    private static ListedEntry Parse(string line)
    {
        var parts = Line().Match(line);
        Assert.IsTrue(parts.Success, line);
        var (kind, name) = (parts.Groups["kind"].Value[0], parts.Groups["name"].Value);
        var arrow = kind switch
        {
            'l' => name.IndexOf(" -> ", StringComparison.Ordinal),
            'h' => name.IndexOf(" link to ", StringComparison.Ordinal),
            _ => name.Length,
        };
        return new(
            kind,
            "/" + name[..arrow].TrimEnd('/'),
            kind switch
            {
                '-' => long.Parse(parts.Groups["size"].Value, CultureInfo.InvariantCulture),
                'l' => Encoding.UTF8.GetByteCount(name[(arrow + " -> ".Length)..]),
                _ => 0,
            }
        );
    }

    [GeneratedRegex(@"^(?<kind>.)\S+ +\d+/\d+ +(?<size>[\d,]+) \S+ \S+ (?<name>.*)$")]
    private static partial Regex Line();
}

/// <summary>An entry of a layer, as <c>tar</c> lists it.</summary>
/// <param name="Kind">The first letter of its line: <c>-</c> a file, <c>l</c> a symlink, <c>h</c> a hard link, <c>d</c> a folder.</param>
/// <param name="Path">Its path, from the root.</param>
/// <param name="Bytes">A file's length, or that of a symlink's target; 0 for anything else.</param>
internal sealed record ListedEntry(char Kind, string Path, long Bytes)
{
    /// <summary>Whether it hides what is below it.</summary>
    public bool IsWhiteout => System.IO.Path.GetFileName(Path).StartsWith(".wh.", StringComparison.Ordinal);
}
