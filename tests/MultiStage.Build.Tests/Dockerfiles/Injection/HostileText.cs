using CsCheck;

namespace MultiStage.Build.Tests.Dockerfiles.Injection;

/// <summary>Values that try to be more than a value.</summary>
internal static class HostileText
{
    /// <summary>Values that have been seen, or thought of, to break out of their place.</summary>
    public static string[] Known { get; } =
    [
        .. "\n \r \r\n \v \f \0 \u001b \u007f \u0085 \u00a0 \u2028 \u2029 \u202e \ufeff \ud800 \udc00 😀 日本 e\u0301 \t"
            .Split(' ')
            .SelectMany(piece => new[] { piece, $"a{piece}", $"{piece}a", $"a{piece}USER root", $"a{piece}RUN touch /pwned{piece}b" }),
        "\\",
        "a\\",
        "a \\ ",
        "a\\\\",
        "a\\\\\\",
        "C:\\app\\",
        "a\\\nUSER root",
        "<<EOF",
        "<<EOF\nx\nEOF",
        "a\nEOF\nUSER root",
        "2<<-'X'",
        "$((1<<2))",
        "cat <<<x <<EOF",
        "# syntax=evil/frontend",
        "\n# escape=`\n",
        "x\n# escape=`",
        "#",
        "a\n#b",
        "a \\\n# b",
        "$HOME",
        "${x:-$(id)}",
        "$$",
        "`id`",
        "'",
        "\"",
        "a'b\"c",
        "\"; USER root; \"",
        "[",
        "[]",
        "[\"a\"]",
        "[\"a\", \"b\"] x",
        "[1]",
        "{",
        "--x",
        "--link",
        "--from=evil",
        "a --from=evil b",
        "root --chmod=777",
        "a b",
        " a",
        "a ",
        "a=b",
        "a=b c=d",
        "=",
        ";",
        "&& id",
        "| id",
        "> /x",
        "%0A",
        "%0D%0AUSER root",
        "%",
        "*",
        "?",
        "!a",
        "..",
        "../../etc/passwd",
        "/",
        "//",
        "-",
        ":",
        "@",
        "a@sha256:",
        "scratch",
        "builder",
        "0",
        "--",
        new('x', 70_000),
    ];

    private static readonly string[] s_pieces =
    [
        .. "\n|\r|\r\n|\0|\u001b|\u0085|\u2028|\ud800|\\|\\\\|'|\"|$|${x}|`|#".Split('|'),
        .. "<<EOF|<<|EOF| |\t|=|,|;|&&|[|]|{|}|--|-|:|/|@|.|..|%0A|%|*|?|!".Split('|'),
        "|",
        "\nUSER root\n",
        "\nEOF\n",
        "FROM",
        "a",
        "B",
        "7",
        "ü",
        "日",
        "😀",
    ];

    /// <summary>Values made of such pieces at random; one in two has none that would end a line.</summary>
    public static Gen<string> Random { get; } =
        Gen.Select(Generate.OneOf(s_pieces).Array[0, 8], Gen.Bool, (pieces, isLine) =>
                string.Concat(isLine ? pieces.Where(IsOfLine) : pieces)
            )
            .Where(text => text.Length > 0);

    /// <summary>Whether a text is one line that UTF-8 and people can read, tabs included.</summary>
    public static bool IsOfLine(string text) =>
        !text.Any(c => (char.IsControl(c) && c != '\t') || c is '\u2028' or '\u2029') && !HasHalfCharacter(text);

    /// <summary>Whether a text has half of a character that UTF-16 writes as two.</summary>
    public static bool HasHalfCharacter(string text) => text.EnumerateRunes().Any(rune => rune.Value == 0xfffd);
}
