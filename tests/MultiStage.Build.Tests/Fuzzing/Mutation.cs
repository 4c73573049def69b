using System.Text;

namespace MultiStage.Build.Tests.Fuzzing;

/// <summary>Random edits of a text or of bytes.</summary>
internal static class Mutation
{
    private const int MostEdits = 6;

    // Longer inputs show nothing that a repeated piece of this length does not.
    private const int MostBytes = 8 * 1024;

    // What has a meaning in one of the formats, or in none.
    private static readonly byte[][] s_pieces =
    [
        .. new[]
        {
            "\0",
            "\"",
            "\\",
            "\\u0000",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "-1",
            "0",
            "99999999999999999999",
            "1e999",
            "*",
            "**/",
            "!",
            "?",
            "../",
            "/",
            "#",
            "\n",
            "\r\n",
            "\t",
            " ",
            "<<EOF\n",
            "${",
            "$(",
            "}",
            "--from=",
            "FROM ",
            "`",
            "%",
            ";",
            "\uFEFF",
            "\u202E",
            "\u0661",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff],
        [0xc0, 0x80],
        [0xed, 0xa0, 0x80],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
    ];

    /// <summary>Edits one of a corpus.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="random">What decides.</param>
    /// <returns>The edited input.</returns>
    public static byte[] Of(IReadOnlyList<byte[]> corpus, Random random)
    {
        var input = corpus[random.Next(corpus.Count)];
        for (var edits = random.Next(MostEdits) + 1; edits > 0; edits--)
        {
            input = Edit(input, corpus, random);
        }

        return input.Length > MostBytes ? input[..MostBytes] : input;
    }

    private static byte[] Edit(byte[] input, IReadOnlyList<byte[]> corpus, Random random)
    {
        var (from, to) = Range(input.Length, random);
        return random.Next(7) switch
        {
            0 => input[..from],
            1 => [.. input[..from], .. input[to..]],
            2 => [.. input[..to], .. input[from..]],
            3 => [.. input[..from], .. s_pieces[random.Next(s_pieces.Length)], .. input[from..]],
            4 => [.. input[..from], .. s_pieces[random.Next(s_pieces.Length)], .. input[to..]],
            5 =>
            [
                .. input[..from],
                .. Enumerable.Repeat(input[from..Math.Min(to, from + 64)], random.Next(100)).SelectMany(b => b),
                .. input[from..],
            ],
            _ => [.. input[..from], .. Part(corpus[random.Next(corpus.Count)], random), .. input[to..]],
        };
    }

    private static byte[] Part(byte[] input, Random random)
    {
        var (from, to) = Range(input.Length, random);
        return input[from..to];
    }

    private static (int From, int To) Range(int length, Random random)
    {
        var (one, other) = (random.Next(length + 1), random.Next(length + 1));
        return (Math.Min(one, other), Math.Max(one, other));
    }
}
