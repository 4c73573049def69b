using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class CopiedFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void What_steps_copy_and_bind_from_the_context_is_found()
    {
        Write("assets/app.js", "assets/node_modules/x.js", "go.mod", "conf/a.json", "cfg/.env", "bin/tool");
        var copied = CopiedFiles.Find(
            _folder.Path,
            [
                Items.Step("a", ("Copy", "./assets/ go.mod"), ("Destination", "./")),
                Items.Step("a", ("Copy", "assets/app.js"), ("Destination", "./")),
                Items.Step("a", ("Copy", "--exclude=x conf/*.json"), ("Destination", "./")),
                Items.Step("a", ("Copy", "/not/here"), ("From", "b"), ("Destination", "./")),
                Items.Step("a", ("Copy", "--from=b /not/here"), ("Destination", "./")),
                Items.Step("a", ("Add", "https://example.com/x.tar.gz"), ("Destination", "./")),
                Items.Step("a", ("Copy", "cfg/$NAME"), ("Destination", "./")),
                Items.Step("a", ("Run", "--mount=type=bind,source=bin/tool,target=/t --mount=type=cache,target=/c /t")),
                Items.Step("a", ("Run", "echo --mount=type=bind,source=gone")),
            ]
        );

        CollectionAssert.AreEqual(
            new CopiedPath[]
            {
                new("assets", false),
                new("assets/app.js", true),
                new("bin/tool", true),
                new("cfg", false),
                new("conf/*.json", false),
                new("go.mod", true),
            },
            copied.ToArray()
        );
    }

    [TestMethod]
    public void The_ignore_file_lets_in_what_is_copied_and_what_is_named_and_nothing_else()
    {
        Write("assets/app.js", "assets/node_modules/x.js", "assets/.env", "secret/.env", "other/x", "greeter.proj", "obj/x");
        var copied = CopiedFiles.Find(
            _folder.Path,
            [Items.Step("a", ("Copy", "assets"), ("Destination", "./")), Items.Step("a", ("Copy", "secret/.env"), ("Destination", "./"))]
        );
        var rules = IgnoreRules.Parse(DockerignoreWriter.Write(Facts(copied), []));
        var everything = IgnoreRules.Parse(
            DockerignoreWriter.Write(Facts(CopiedFiles.Find(_folder.Path, [Items.Step("a", ("Copy", "."), ("Destination", "."))])), [])
        );

        Assert.AreEqual("assets/app.js secret/.env", LetIn(rules));
        Assert.AreEqual("assets/app.js other/x", LetIn(everything));

        static ProjectFacts Facts(ImmutableArray<CopiedPath> copied) =>
            Items.Facts() with
            {
                Stages = StageFacts.None with { Copied = copied },
            };
    }

    [TestMethod]
    [DataRow("../x")]
    [DataRow("a/../../x")]
    public void A_source_outside_the_context_is_an_error(string source)
    {
        var diagnostic = Failure.Of(Codes.CopyOutsideContext, () =>
            CopiedFiles.Find(_folder.Path, [Items.Step("a", ("Copy", source), ("Destination", "."))])
        );
        Assert.Contains($"'{source}'", diagnostic.Message);
        Assert.IsNotNull(diagnostic.Item);
    }

    [TestMethod]
    public void A_source_that_is_not_there_is_an_error() =>
        Assert.Contains(
            "'gone.txt'",
            Failure
                .Of(Codes.CopyNotFound, () => CopiedFiles.Find(_folder.Path, [Items.Step("a", ("Copy", "gone.txt"), ("Destination", "."))]))
                .Message
        );

    [TestMethod]
    [DataRow("one", "one")]
    [DataRow("\n    a\n      b\n\n    c\n  ", "a|  b||c")]
    [DataRow("a\n  b", "a|b")]
    [DataRow("\t\tx\r\n\t\ty", "x|y")]
    [DataRow(" \n ", "")]
    public void Lines_lose_the_indentation_that_XML_gave_them(string text, string expected) =>
        Assert.AreEqual(expected, string.Join('|', StepText.Lines(text)));

    private string LetIn(IgnoreRules rules) =>
        string.Join(
            ' ',
            Directory
                .EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
                .Select(file => ContextPath.Relative(_folder.Path, file))
                .Where(file => !rules.IsExcluded(file))
                .Order(StringComparer.Ordinal)
        );

    private void Write(params string[] files)
    {
        foreach (var file in files)
        {
            _folder.Write(file);
        }
    }
}
