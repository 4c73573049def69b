using CsCheck;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.Tests.Engines;

[TestClass]
public sealed class BuildKitStatusTests
{
    [TestMethod]
    public void Unknown_fields_of_every_wire_type_are_passed_over()
    {
        // Fields 9 to 12 as a varint, eight bytes, text and four bytes around a vertex named "a" that was cached.
        byte[] message =
        [
            0x48,
            0xff,
            0x01,
            0x51,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            0x0a,
            0x05,
            0x1a,
            0x01,
            (byte)'a',
            0x20,
            0x01,
            0x5a,
            0x01,
            (byte)'x',
            0x65,
            1,
            2,
            3,
            4,
        ];
        Assert.AreEqual(new BuildKitVertex("", "a", true, null, null, null), BuildKitStatus.Parse(message).Vertices.Single());
    }

    [TestMethod]
    public void A_timestamp_is_read_to_the_tick()
    {
        // A vertex that started 1 s and 500 ns after the epoch.
        byte[] message = [0x0a, 0x07, 0x2a, 0x05, 0x08, 0x01, 0x10, 0xf4, 0x03];
        Assert.AreEqual(DateTimeOffset.UnixEpoch.AddSeconds(1).AddTicks(5), BuildKitStatus.Parse(message).Vertices.Single().Started);
    }

    [TestMethod]
    public void A_time_beyond_all_calendars_is_no_message()
    {
        byte[] message = [0x0a, 0x0d, 0x2a, 0x0b, 0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0x10, 0x00];
        Assert.ThrowsExactly<InvalidDataException>(() => BuildKitStatus.Parse(message));
    }

    [TestMethod]
    public void Bytes_that_are_no_message_are_told_and_never_crash() =>
        Gen
            .Byte.Array[0, 40]
            .Sample(bytes =>
            {
                try
                {
                    BuildKitStatus.Parse(bytes);
                }
                catch (InvalidDataException)
                {
                    // What the engine reports as an answer that cannot be read.
                }
            });

    [TestMethod]
    public void Lines_are_whole_however_their_bytes_are_cut() =>
        Gen.Select(Gen.String[Gen.OneOf('a', 'ü', '☺', '\n'), 0, 30], Gen.Int[1, 7])
            .Sample(
                (text, size) =>
                {
                    var bytes = System.Text.Encoding.UTF8.GetBytes(text);
                    var lines = new StepLines();
                    var read = bytes.Chunk(size).SelectMany(piece => lines.Add(piece)).ToList();
                    if (lines.End() is { } last)
                    {
                        read.Add(last);
                    }

                    Assert.AreEqual(System.Text.Encoding.UTF8.GetString(bytes).TrimEnd('\n'), string.Join('\n', read).TrimEnd('\n'));
                }
            );

    [TestMethod]
    [DataRow("\u001b[91mred\u001b[0m\n", "red")]
    [DataRow("10%\r50%\r100%\n", "100%")]
    [DataRow("windows\r\n", "windows")]
    public void A_line_is_what_a_terminal_would_show_at_its_end(string written, string shown) =>
        Assert.AreEqual(shown, new StepLines().Add(System.Text.Encoding.UTF8.GetBytes(written)).Single());
}
