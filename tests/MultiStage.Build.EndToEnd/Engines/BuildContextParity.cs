using System.Runtime.Versioning;
using MultiStage.Build.Context;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Engines.Progress;

namespace MultiStage.Build.EndToEnd.Engines;

/// <summary>What reaches a build is compared with what reaches it when a person runs <c>docker build</c>.</summary>
[TestClass]
public sealed class BuildContextParity : EngineTest
{
    private const string CopyEverything = "FROM scratch\nCOPY . /all/\n";

    private static readonly string[] Files =
    [
        "a",
        "b.txt",
        "Bin/x",
        "bin/x",
        "bin/Debug/y",
        "src/bin/z",
        "src/app.cs",
        "src/obj/a.json",
        "src/deep/obj/b.json",
        "src/deep/keep.md",
        "docs/README.md",
        "docs/guide/README.md",
        "docs/guide/x.txt",
        ".git/HEAD",
        ".gitignore",
        ".dockerignore",
        "with space/and more.txt",
        "#hash",
        "!bang",
        "a[b]c",
        "ab",
        "abc",
        "axc",
        "file.user",
        "src/file.user",
        "äöü/ñ.txt",
        "a.b",
        "aXb",
        "dir/dir/dir/file",
        "empty.d/x/y/z",
    ];

    [TestMethod]
    [DataRow("")]
    [DataRow("**/bin\n**/obj\n**/.*\n")]
    [DataRow("*\n!src/**\nsrc/**/obj\n")]
    [DataRow("*\n!docs/*.md\n")]
    [DataRow("**\n!**/*.md\n")]
    [DataRow("docs\n!docs/README.md\n")]
    [DataRow("docs\n!docs/guide\ndocs/guide/x*\n")]
    [DataRow("# comment\n #hash\n\n  b.txt  \n")]
    [DataRow("/a\n./b.txt\nsrc/../docs\n../outside\n")]
    [DataRow("a[b]c\na[^b]c\n")]
    [DataRow("a?c\n?\n")]
    [DataRow("\\!bang\n\\#hash\na\\[b\\]c\n")]
    [DataRow("!a\n*\n!b.txt\n")]
    [DataRow("a**\n!abc\n")]
    [DataRow("**/dir/file\n**x\n")]
    [DataRow("empty.d/**\n")]
    [DataRow("empty.d/*\n!empty.d/x/y\nwith space\n")]
    [DataRow("\uFEFFbin\r\nsrc\r\n!src/app.cs\r\n")]
    [DataRow("**/*.user\n**/b*n/**\nä*\n")]
    [DataRow("src/*/obj\na.b\n.git*\n")]
    public async Task An_ignore_file_leaves_out_what_docker_build_leaves_out(string rules)
    {
        await using var engine = await ConnectAsync();
        var folder = Folder(Files);
        var (byHand, _) = await BuildByHandAsync(folder, CopyEverything, rules);
        var id = await BuildAsync(engine, Request(CopyEverything, folder) with { Context = new(folder, IgnoreRules.Parse(rules)) });
        await AssertSameAsync(byHand, id);
    }

    [TestMethod]
    [UnsupportedOSPlatform("windows")]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    public async Task Links_modes_long_names_and_empty_folders_arrive()
    {
        await using var engine = await ConnectAsync();
        var longName = string.Join('/', Enumerable.Repeat(new string('n', 60), 4)) + "/" + new string('ü', 100);
        var folder = Folder("Dockerfile", "file", "run.sh", "folder/inside", longName);
        File.SetUnixFileMode(Path.Combine(folder, "run.sh"), (UnixFileMode)0b111_101_000);
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "file");
        File.CreateSymbolicLink(Path.Combine(folder, "dangling"), "../../" + new string('t', 120));
        Directory.CreateSymbolicLink(Path.Combine(folder, "folder-link"), "folder");
        Directory.CreateDirectory(Path.Combine(folder, "nothing/in here"));
        using var command = RunningCommand.Start("mkfifo", [Path.Combine(folder, "pipe")]);
        (await command.CompletionAsync()).Succeeds();

        var request = Request("FROM busybox\nCOPY . /all/\nRUN cd /all && find . -exec stat -c '%n %F %a %N' {} + > /list\n", folder);
        var id = await BuildAsync(engine, request with { DockerfilePath = "Dockerfile" });

        var list = (await Daemon.DockerAsync("run", "--rm", id, "cat", "/list")).Split('\n');
        CollectionAssert.AreEquivalent(
            new[]
            {
                ". directory 755 .",
                "./Dockerfile regular file 644 ./Dockerfile",
                "./dangling symbolic link 777 './dangling' -> '../../" + new string('t', 120) + "'",
                "./file regular file 644 ./file",
                "./folder directory 755 ./folder",
                "./folder-link symbolic link 777 './folder-link' -> 'folder'",
                "./folder/inside regular file 644 ./folder/inside",
                "./link symbolic link 777 './link' -> 'file'",
                "./nothing directory 755 ./nothing",
                "./nothing/in here directory 755 ./nothing/in here",
                "./run.sh regular file 755 ./run.sh",
            },
            list.Where(line => !line.StartsWith("./nnn", StringComparison.Ordinal)).ToArray(),
            string.Join('\n', list)
        );
        Assert.HasCount(1, list.Where(line => line.StartsWith($"./{longName} regular file", StringComparison.Ordinal)).ToList());
    }

    [TestMethod]
    [DataRow("COPY . /all/")]
    [DataRow("COPY [\".\", \"/all/\"]")]
    [DataRow("copy --chown=1:1 \\\n  # all of it\n  ./ /all/")]
    [DataRow("ARG FROM_HERE=.\nADD $FROM_HERE /all/")]
    [DataRow("COPY <<EOF /note\nCOPY . /all/\nEOF\nCOPY --link / /all/")]
    public async Task A_Dockerfile_from_elsewhere_leaves_no_trace(string copy)
    {
        await using var engine = await ConnectAsync();
        var folder = Folder("a", "b/c");
        var dockerfile = $"FROM scratch\n{copy}\n";
        var (byHand, _) = await BuildByHandAsync(folder, dockerfile, "");
        var log = new EventLog();
        await AssertSameAsync(byHand, await BuildAsync(engine, Request(dockerfile, folder), log));
        Assert.IsFalse(log.All<StepCompleted>().Any(step => step.Name.Contains("--exclude", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_Dockerfile_of_the_context_is_copied_as_docker_build_copies_it()
    {
        await using var engine = await ConnectAsync();
        var folder = Folder("a", "deploy/Dockerfile");
        File.WriteAllText(Path.Combine(folder, "deploy/Dockerfile"), CopyEverything);
        await Daemon.DockerAsync(
            "build",
            "--quiet",
            "--file",
            Path.Combine(folder, "deploy/Dockerfile"),
            "--tag",
            NewName(out var name),
            folder
        );
        var request = Request(CopyEverything, folder) with { DockerfilePath = "deploy/Dockerfile" };
        await AssertSameAsync(name, await BuildAsync(engine, request));

        // Visual Studio's ignore file leaves out every Dockerfile.
        var (ignored, _) = await BuildByHandAsync(folder, CopyEverything, "**/Dockerfile*");
        await AssertSameAsync(
            ignored,
            await BuildAsync(engine, request with { Context = new(folder, IgnoreRules.Parse("**/Dockerfile*")) })
        );
    }

    [TestMethod]
    public async Task The_classic_builder_gets_the_same_files()
    {
        await using var engine = await ConnectAsync();
        var folder = Folder("a", "b/c");
        var (byHand, _) = await BuildByHandAsync(folder, CopyEverything, "");
        var id = await engine.BuildAsync(Request(CopyEverything, folder), ContextReader.Classic, new EventLog(), Token);
        Daemon.RemoveAtTheEnd(id);
        await AssertSameAsync(byHand, id);
    }

    private static async Task AssertSameAsync(string expected, string actual)
    {
        var byHand = await Daemon.FilesAsync(expected, "/all");
        var ours = await Daemon.FilesAsync(actual, "/all");
        Assert.AreEqual(string.Join('\n', byHand.Select(file => file.Key)), string.Join('\n', ours.Select(file => file.Key)));
        CollectionAssert.AreEqual(byHand, ours);
    }

    private string NewName(out string name) => name = Workspace.Next().ImageName;

    private async Task<(string Image, string Dockerfile)> BuildByHandAsync(string folder, string dockerfile, string rules)
    {
        var path = Path.Combine(Folder(), "Dockerfile");
        await File.WriteAllTextAsync(path, dockerfile, Token);
        await File.WriteAllTextAsync(path + ".dockerignore", rules, Token);
        await Daemon.DockerAsync("build", "--quiet", "--file", path, "--tag", NewName(out var name), folder);
        return (name, path);
    }
}
