using CsCheck;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Tests.Measurement;

[TestClass]
public sealed class HistoryInstructionTests
{
    [TestMethod]
    [DataRow("COPY /out /app # buildkit", "COPY /out /app")]
    [DataRow("RUN /bin/sh -c apt-get update   && apt-get install -y \t curl # buildkit", "RUN apt-get update && apt-get install -y curl")]
    [DataRow("RUN |1 VERSION=1.0 /bin/sh -c make # buildkit", "RUN make")]
    [DataRow("RUN |2 A=two words B=x /bin/sh -c make && /bin/sh -c ls # buildkit", "RUN make && /bin/sh -c ls")]
    [DataRow("RUN |1 A= /bin/sh -c make # buildkit", "RUN make")]
    [DataRow("RUN |1 A=b /bin/bash -o pipefail -c make # buildkit", "RUN /bin/bash -o pipefail -c make")]
    [DataRow("RUN /app/prepare --all # buildkit", "RUN /app/prepare --all")]
    [DataRow("RUN /bin/sh -c <<EOF\nset -e\nmake\nEOF # buildkit", "RUN <<EOF set -e make EOF")]
    [DataRow("WORKDIR /app", "WORKDIR /app")]
    [DataRow("ENV X=a # b", "ENV X=a # b")]
    [DataRow("/bin/sh -c #(nop)  CMD [\"bash\"]", "CMD [\"bash\"]")]
    [DataRow(
        "/bin/sh -c #(nop) COPY dir:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef in /app ",
        "COPY dir:0123456789ab in /app"
    )]
    [DataRow("/bin/sh -c apt-get update", "RUN apt-get update")]
    [DataRow("|1 A=b /bin/sh -c make", "RUN make")]
    [DataRow("# debian.sh --arch 'amd64' out/ 'bookworm'", "# debian.sh --arch 'amd64' out/ 'bookworm'")]
    [DataRow("", "")]
    [DataRow("crane append", "crane append")]
    public void What_builders_add_is_taken_off(string createdBy, string expected) =>
        Assert.AreEqual(expected, HistoryInstruction.Clean(createdBy));

    [TestMethod]
    public void Cleaning_never_throws_and_leaves_one_line() =>
        Gen.OneOf(
                Gen.String,
                Gen.OneOf("RUN ", "|1 ", "/bin/sh -c ", "#(nop) ", " # buildkit", "A=b ", "\r\n", "COPY").Array.Select(string.Concat)
            )
            .Sample(text => HistoryInstruction.Clean(text).IndexOfAny(['\n', '\r']) < 0);

    [TestMethod]
    [DataRow("RUN /bin/sh -c true # buildkit", true)]
    [DataRow("COPY empty/ /work/ # buildkit", true)]
    [DataRow("ADD a.tar / # buildkit", true)]
    [DataRow("WORKDIR /app", true)]
    [DataRow("/bin/sh -c #(nop) WORKDIR /app", true)]
    [DataRow("/bin/sh -c true", true)]
    [DataRow("WORKDIR /", false)]
    [DataRow("ENV PATH=/bin", false)]
    [DataRow("/bin/sh -c #(nop)  ENV PATH=/bin", false)]
    [DataRow("ENTRYPOINT [\"dotnet\" \"web.dll\"]", false)]
    [DataRow("HEALTHCHECK &{[\"CMD-SHELL\" \"true\"]}", false)]
    [DataRow("USER 1654", false)]
    [DataRow("crane append", null)]
    [DataRow("", null)]
    public void Only_instructions_that_change_files_make_a_layer(string createdBy, bool? makesLayer) =>
        Assert.AreEqual(makesLayer, HistoryInstruction.MakesLayer(createdBy));

    [TestMethod]
    [DataRow("RUN make", 8, "RUN make")]
    [DataRow("RUN make", 7, "RUN ma…")]
    [DataRow("RUN make", 5, "RUN…")]
    [DataRow("RUN 🐳🐳", 6, "RUN…")]
    public void A_long_instruction_is_cut_at_a_character(string text, int width, string expected) =>
        Assert.AreEqual(expected, HistoryInstruction.Shorten(text, width));
}
