using System.Diagnostics;
using CsCheck;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Stages;

[TestClass]
public sealed class ShellWordTests
{
    // Every ASCII character but NUL, which no argument can hold, with those that mean something drawn more often, and some beyond ASCII.
    private static readonly Gen<string> s_text = Gen.Frequency(
            (2, Gen.Char['\u0001', '\u007e']),
            (3, Generate.OneOf([.. "'\"\\$`;,%&|<>()[]{}*?!#~ \t\r\n=-"])),
            (1, Generate.OneOf('ü', 'ß', 'İ', '→', '\u00a0', '漢'))
        )
        .Array[0, 12]
        .Select(characters => new string(characters));

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public void A_shell_reads_each_quoted_word_as_it_was() =>
        s_text
            .Array[0, 20]
            .Sample(words => CollectionAssert.AreEqual(words, ReadByShell(words.Select(ShellWord.Quote))), iter: 60, threads: 1);

    [TestMethod]
    [DataRow("src/Web/Web.csproj")]
    [DataRow("-p:Level=1.0+a,b@%25")]
    public void A_word_that_needs_no_quotes_has_none(string word) => Assert.AreEqual(word, ShellWord.Quote(word));

    // An independent reading of MSBuild's rules: a switch is split at ; and , and loses its quotes, then %XX is decoded.
    [TestMethod]
    public void MSBuild_reads_an_escaped_value_as_it_was() =>
        s_text.Sample(value =>
        {
            var escaped = MSBuildValue.Escape(value);
            Assert.AreEqual(-1, escaped.AsSpan().IndexOfAny(";,\"\r\n"), escaped);
            Assert.AreEqual(value, Decode(escaped));
        });

    [TestMethod]
    public void A_value_with_every_special_character_stays_on_one_line() =>
        Assert.AreEqual("a%3Bb%2Cc%22d%25e%0D%0Af", MSBuildValue.Escape("a;b,c\"d%e\r\nf"));

    private static string Decode(string escaped)
    {
        var text = new System.Text.StringBuilder();
        for (var i = 0; i < escaped.Length; i++)
        {
            var isEscape =
                escaped[i] == '%' && i + 2 < escaped.Length && char.IsAsciiHexDigit(escaped[i + 1]) && char.IsAsciiHexDigit(escaped[i + 2]);
            text.Append(isEscape ? (char)Convert.ToInt32(escaped[(i + 1)..(i + 3)], 16) : escaped[i]);
            i += isEscape ? 2 : 0;
        }

        return text.ToString();
    }

    private static string[] ReadByShell(IEnumerable<string> quoted)
    {
        var start = new ProcessStartInfo("sh") { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 };
        start.ArgumentList.Add("-c");
        // One NUL after each word; `set --` so that a word may begin with a dash.
        start.ArgumentList.Add($"set -- {string.Join(' ', quoted)}; for word do printf '%s\\0' \"$word\"; done");
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode);
        return output.Length == 0 ? [] : output[..^1].Split('\0');
    }
}
