using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests.Context;

/// <summary>What a step that fails on a missing file is told.</summary>
[TestClass]
public sealed class MissingInputsTests
{
    private const string Project = "[/src/src/App/App.csproj::TargetFramework=net10.0]";

    [TestMethod]
    [DataRow($"CSC : error CS2001: Source file '/src/other/Other/a.txt' could not be found. {Project}")]
    [DataRow($"/src/src/App/App.csproj(9,5): error MSB3202: The project file \"../../other/Other/a.txt\" was not found. {Project}")]
    [DataRow(
        $"/src/src/App/App.csproj(3,3): error MSB4019: The imported project \"/src/src/App/../../other/Other/a.txt\" was not found. "
            + $"Confirm that the expression is correct. {Project}"
    )]
    [DataRow(
        $"/x.targets(5,5): error MSB3030: Could not copy the file \"..\\..\\other\\Other\\a.txt\" because it was not found. {Project}"
    )]
    [DataRow("Unhandled exception. System.IO.FileNotFoundException: Could not find file '/src/other/Other/a.txt'.")]
    [DataRow("npm error enoent ENOENT: no such file or directory, open '/src/other/Other/a.txt'")]
    [DataRow("cat: other/Other/a.txt: No such file or directory")]
    [DataRow("cat: ./other/Other/a.txt: No such file or directory")]
    public void Names_the_file_on_this_machine_and_the_item_that_lets_it_in(string line)
    {
        using var repository = Repository();
        var diagnostic = Find(repository, line);
        Assert.AreEqual(Codes.InputNotSent, diagnostic?.Descriptor);
        Assert.AreEqual(
            $"The build in the container looks for '{Path.Combine(repository.Root, "other", "Other", "a.txt")}', which is on this "
                + $"machine and was not sent. "
                + "Add to the project: <ContainerBuildInput Include=\"../../other/Other/a.txt\" />",
            diagnostic?.Message
        );
    }

    [TestMethod]
    public void Names_the_line_of_the_ignore_file_that_leaves_it_out()
    {
        using var repository = Repository().WriteText(".dockerignore", "docs\nshared/*\n");
        Assert.EndsWith(
            "was not sent, because line 2 of .dockerignore leaves it out. Add the line !shared/b.txt below it.",
            Find(repository, "Could not find file '/src/shared/b.txt'.")!.Message
        );
    }

    [TestMethod]
    public void Says_that_a_project_was_not_restored()
    {
        using var repository = Repository().Write("other/Other/obj/project.assets.json");
        Assert.Contains(
            "was not restored: add a ProjectReference",
            Find(
                repository,
                $"error NETSDK1004: Assets file '/src/other/Other/obj/project.assets.json' not found. Run a restore. {Project}"
            )!.Message
        );
    }

    [TestMethod]
    [DataRow("Could not find file '/src/shared/b.txt'.")]
    [DataRow("Could not find file '/src/gone.txt'.")]
    [DataRow("Could not find file '/etc/passwd'.")]
    [DataRow("Could not find file '/src/../../etc/passwd'.")]
    [DataRow("warning: '/src/other/Other/a.txt' is old")]
    [DataRow("error: package not found")]
    public void Is_nothing_where_the_file_was_sent_or_is_nowhere(string line)
    {
        using var repository = Repository();
        Assert.IsNull(Find(repository, line));
    }

    private static SentRepository Repository() =>
        new SentRepository().Write("other/Other/Other.csproj", "other/Other/a.txt", "shared/b.txt");

    private static Diagnostic? Find(SentRepository repository, string line) =>
        new MissingInputs(
            new BuildContext(repository.Root, IgnoreRules.Parse(repository.IgnoreFile())),
            "/src",
            Path.Combine(repository.Root, "src", "App", "App.csproj")
        ).Find(line);
}
