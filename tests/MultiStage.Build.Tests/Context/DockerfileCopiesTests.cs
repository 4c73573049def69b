using MultiStage.Build.Context;

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
    [DataRow("FROM a\r\nCOPY . .\r\n", "FROM a\r\nCOPY --exclude=f . .\r\n")]
    public void A_copy_that_may_take_in_the_root_leaves_the_file_out(string dockerfile, string expected)
    {
        Assert.AreEqual(expected, DockerfileCopies.Exclude(dockerfile, "f"));
        Assert.AreEqual(dockerfile, DockerfileCopies.Restore(expected, "f"));
    }

    [TestMethod]
    [DataRow("COPY --from=builder . .")]
    [DataRow("COPY src src")]
    [DataRow("COPY src .")]
    [DataRow("ONBUILD COPY . .")]
    [DataRow("RUN --mount=type=bind,target=. make\nENV COPY=.")]
    [DataRow("# syntax=docker/dockerfile:1.4\nCOPY . .")]
    [DataRow("COPY <<A <<B /a/\nCOPY . .\nA\nCOPY . .\nB\nRUN x")]
    public void Everything_else_stays_as_it_is(string dockerfile) => Assert.AreEqual(dockerfile, DockerfileCopies.Exclude(dockerfile, "f"));
}
