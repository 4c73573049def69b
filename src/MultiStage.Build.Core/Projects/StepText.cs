using System.Collections.Immutable;
using System.Text.Json;

namespace MultiStage.Build.Projects;

/// <summary>Reads the texts of <c>ContainerStep</c> metadata as a Dockerfile's reader would. Source:
/// https://docs.docker.com/reference/dockerfile/</summary>
internal static class StepText
{
    private static readonly char[] Blanks = [' ', '\t', '\r', '\n'];

    /// <summary>Takes away what an indented XML element adds to a text: blank lines around it, and the indentation that its lines
    /// share.</summary>
    /// <returns>Its lines; one without blanks around it where the text has one line.</returns>
    public static ImmutableArray<string> Lines(string text)
    {
        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(line => line.TrimEnd()).ToList();
        var first = lines.FindIndex(line => line.Length > 0);
        if (first < 0)
        {
            return [];
        }

        lines = lines[first..(lines.FindLastIndex(line => line.Length > 0) + 1)];
        // A text that begins beside its tag says nothing of the indentation with its first line.
        var indented = lines.Skip(first == 0 ? 1 : 0).Where(line => line.Length > 0).ToList();
        var shared = indented.Count == 0 ? 0 : indented.Min(line => line.Length - line.TrimStart().Length);
        return
        [
            .. lines.Select(
                (line, index) =>
                    index == 0 && first == 0 ? line.TrimStart()
                    : line.Length > shared ? line[shared..]
                    : line.TrimStart()
            ),
        ];
    }

    /// <summary>Splits what <c>COPY</c> is given: words between blanks, or a JSON array where a path has blanks.</summary>
    /// <param name="text">The metadata <c>Copy</c>.</param>
    /// <returns>The flags among the words, and the sources.</returns>
    public static (ImmutableArray<string> Flags, ImmutableArray<string> Sources) Copy(string text)
    {
        if (text.TrimStart().StartsWith('['))
        {
            try
            {
                if (JsonSerializer.Deserialize<string?[]>(text) is { } words && words.All(word => word is not null))
                {
                    return ([], [.. words.OfType<string>()]);
                }
            }
            catch (Exception e) when (e is JsonException or ArgumentException)
            {
                // As Docker does: a bracket that begins no array begins a pattern.
            }
        }

        var parts = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        var flags = parts.TakeWhile(part => part.StartsWith("--", StringComparison.Ordinal)).ToImmutableArray();
        return (flags, [.. parts.Skip(flags.Length)]);
    }

    /// <summary>Whether a line goes on in the next one: it ends in a backslash that no other one takes its meaning.</summary>
    /// <param name="line">The line, without blanks at its end.</param>
    public static bool IsContinued(string line) => (line.Length - line.TrimEnd('\\').Length) % 2 == 1;

    /// <summary>Whether a word of <c>COPY</c> begins a here-document.</summary>
    public static bool BeginsHeredoc(string word) => word.TrimStart([.. "0123456789"]).StartsWith("<<", StringComparison.Ordinal);

    /// <summary>Splits the flags of <c>RUN</c> off the command.</summary>
    /// <param name="line">The first line of the metadata <c>Run</c>.</param>
    /// <returns>The flags, such as <c>--mount=type=cache,target=/root/.cache</c>, and the rest of the line.</returns>
    public static (ImmutableArray<string> Flags, string Command) Run(string line)
    {
        var flags = ImmutableArray.CreateBuilder<string>();
        var rest = line.TrimStart();
        while (
            rest.StartsWith("--mount=", StringComparison.Ordinal)
            || rest.StartsWith("--network=", StringComparison.Ordinal)
            || rest.StartsWith("--security=", StringComparison.Ordinal)
        )
        {
            var end = rest.IndexOfAny(Blanks);
            flags.Add(end < 0 ? rest : rest[..end]);
            rest = end < 0 ? "" : rest[end..].TrimStart();
        }

        return (flags.ToImmutable(), rest);
    }

    /// <summary>Reads the fields of a mount that a <c>RUN</c> asks for.</summary>
    /// <param name="flag">A flag of <see cref="Run"/>.</param>
    /// <returns>The mount; null where the flag is none.</returns>
    public static Mount? MountOf(string flag)
    {
        if (!flag.StartsWith("--mount=", StringComparison.Ordinal))
        {
            return null;
        }

        var fields = flag["--mount=".Length..]
            .Split(',')
            .Select(field => field.Split('=', 2))
            .ToLookup(pair => pair[0].ToUpperInvariant(), pair => pair.Length > 1 ? pair[1] : "");
        return new(
            fields["TYPE"].FirstOrDefault() ?? "bind",
            fields["FROM"].FirstOrDefault(),
            fields["SOURCE"].Concat(fields["SRC"]).FirstOrDefault() ?? "."
        )
        {
            Id = fields["ID"].FirstOrDefault() ?? DefaultId(fields["TARGET"].Concat(fields["DST"]).FirstOrDefault()),
        };
    }

    private static string DefaultId(string? target) => target is null ? "default" : target[(target.LastIndexOf('/') + 1)..];
}

/// <summary>What a <c>RUN</c> sees while it runs.</summary>
/// <param name="Type">Its type, such as <c>bind</c> or <c>cache</c>.</param>
/// <param name="From">The stage or image it is of; null for the build context.</param>
internal sealed record Mount(string Type, string? From, string Source)
{
    /// <summary>The name of a secret, an ssh agent or a cache.</summary>
    public string Id { get; init; } = "";

    /// <summary>Whether it shows files of the build context.</summary>
    public bool IsOfContext => From is null && Type == "bind";
}
