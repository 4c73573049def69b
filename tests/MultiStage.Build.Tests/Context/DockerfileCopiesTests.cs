using MultiStage.Build.Context;
using MultiStage.Build.Dockerfiles.Reading;

namespace MultiStage.Build.Tests.Context;

[TestClass]
public sealed class DockerfileCopiesTests
{
    [TestMethod]
    [DataRow("COPY . .", "COPY --exclude=f . .")]
    [DataRow("copy --chown=1 ./ /a/", "copy --exclude=f --chown=1 ./ /a/")]
    [DataRow("COPY [\"/\", \"/a\"]", "COPY --exclude=f [\"/\", \"/a\"]")]
    [DataRow("ADD a/.. b /c/", "ADD --exclude=f a/.. b /c/")]
    [DataRow("COPY $A /b", "COPY --exclude=f $A /b")]
    [DataRow("COPY --link \\\n  # all\n  . \\\n\n  /a", "COPY --exclude=f --link \\\n  # all\n  . \\\n\n  /a")]
    [DataRow("RUN a \\\n  COPY . .\nCOPY . .", "RUN a \\\n  COPY . .\nCOPY --exclude=f . .")]
    [DataRow("RUN <<-'END' cat\n\tCOPY . .\n\tEND\nCOPY . .", "RUN <<-'END' cat\n\tCOPY . .\n\tEND\nCOPY --exclude=f . .")]
    [DataRow("# escape=`\nCOPY a\\\nCOPY . .", "# escape=`\nCOPY a\\\nCOPY --exclude=f . .")]
    [DataRow("COPY * /a/", "COPY --exclude=f * /a/")]
    [DataRow("RUN a \\\\\nCOPY . .", "RUN a \\\\\nCOPY --exclude=f . .")]
    [DataRow("COPY a b \\\\\nADD . /b", "COPY a b \\\\\nADD --exclude=f . /b")]
    [DataRow("\uFEFFCOPY . .", "\uFEFFCOPY --exclude=f . .")]
    [DataRow("# unknown=1\n# syntax=docker/dockerfile:1\nCOPY . .", "# unknown=1\n# syntax=docker/dockerfile:1\nCOPY --exclude=f . .")]
    [DataRow("FROM a\r\nCOPY . .\r\n", "FROM a\r\nCOPY --exclude=f . .\r\n")]
    public void A_copy_that_may_take_in_the_root_leaves_the_file_out(string dockerfile, string expected)
    {
        Assert.AreEqual(expected, DockerfileCopies.Exclude(dockerfile, RootCopies.Of(dockerfile), "f"));
        Assert.AreEqual(dockerfile, DockerfileCopies.Restore(expected, "f"));
    }

    [TestMethod]
    [DataRow("COPY --from=builder . .")]
    [DataRow("COPY src src")]
    [DataRow("COPY src .")]
    [DataRow("ONBUILD COPY . .")]
    [DataRow("RUN --mount=type=bind,target=. make\nENV COPY=.")]
    [DataRow("# syntax=docker/dockerfile:1.4\nCOPY . .")]
    [DataRow("#!/bin/x\n# syntax=a\nCOPY . .")]
    [DataRow("// syntax=a\nCOPY . .")]
    [DataRow("COPY src/* .")]
    [DataRow("COPY <<A <<B /a/\nCOPY . .\nA\nCOPY . .\nB\nRUN x")]
    public void Everything_else_stays_as_it_is(string dockerfile) =>
        Assert.AreEqual(dockerfile, DockerfileCopies.Exclude(dockerfile, RootCopies.Of(dockerfile), "f"));
}
