namespace MultiStage.Build.Tests.Context;

/// <summary>Targets that ask Git, which finds no repository in the container.</summary>
[TestClass]
public sealed class GitCommandsTests
{
    private const string Output = """<Output TaskParameter="ConsoleOutput" PropertyName="Hash" />""";

    [TestMethod]
    [DataRow($"""<Exec Command="git rev-parse --short HEAD" ConsoleToMSBuild="true">{Output}</Exec>""", "git rev-parse")]
    [DataRow(
        $"""<Exec Command="cd .. &amp;&amp; git -c core.pager= log -1" ConsoleToMSBuild="true">{Output}</Exec>""",
        "git -c core.pager= log"
    )]
    [DataRow("""<Exec Command="git describe --tags > version.txt" />""", "git describe")]
    [DataRow("""<Exec Command="git config core.hooksPath .githooks" />""", null)]
    [DataRow($"""<Exec Command="legit rev-parse" ConsoleToMSBuild="true">{Output}</Exec>""", null)]
    [DataRow("""<Exec Command="git diff --quiet"><Output TaskParameter="ExitCode" PropertyName="Code" /></Exec>""", null)]
    public void Are_told_where_a_build_uses_the_answer(string exec, string? command)
    {
        using var repository = new SentRepository($"\n<Target Name=\"Stamp\">\n{exec}\n</Target>\n");
        repository.Sent();

        var told = repository.Warnings.Where(warning => warning.Descriptor.Code == "MULTISTAGE1048").ToList();
        if (command is null)
        {
            Assert.IsEmpty(told);
            return;
        }

        Assert.StartsWith($"'{command}' finds no repository", Assert.ContainsSingle(told).Message);
        Assert.AreEqual(3, told[0].Location!.Line);
    }

    [TestMethod]
    public void Are_told_of_packages_that_read_the_history()
    {
        using var repository = new SentRepository(
            """<ItemGroup><PackageReference Include="GitVersion.MsBuild" Version="6.0.0" /></ItemGroup>"""
        );
        repository.Sent();
        Assert.Contains("MULTISTAGE1048", repository.Warnings.Select(warning => warning.Descriptor.Code));
    }

    [TestMethod]
    public void Are_not_told_where_the_repository_is_sent()
    {
        using var repository = new SentRepository($"""<Target Name="Stamp"><Exec Command="git log -1">{Output}</Exec></Target>""")
        {
            BuildInputs = ["../../.git"],
        }.Write(".git/HEAD");
        Assert.Contains(".git/HEAD", repository.Sent());
        Assert.DoesNotContain("MULTISTAGE1048", repository.Warnings.Select(warning => warning.Descriptor.Code));
    }
}
