using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests.Context;

/// <summary>The generated Dockerfile and the repository's own <c>.dockerignore</c> say the same.</summary>
[TestClass]
public sealed class OwnIgnoreAgreementTests
{
    private const string VisualStudio = """
        **/.dockerignore
        **/.env
        **/.git
        **/.gitignore
        **/.vs
        **/*.*proj.user
        **/bin
        **/charts
        **/docker-compose*
        **/Dockerfile*
        **/node_modules
        **/obj
        **/secrets.dev.yaml
        **/values.dev.yaml
        LICENSE
        README.md
        !**/.gitignore
        !.git/HEAD
        !.git/config
        !.git/packed-refs
        !.git/refs/heads/**

        """;

    [TestMethod]
    public void The_file_that_Visual_Studio_writes_is_taken_as_it_is()
    {
        using var repository = new SentRepository()
            .Project("src/Lib/Lib.csproj", optional: ["README.md", "LICENSE"])
            .Write("README.md", "LICENSE", "docs/README.md", "src/App/.gitignore", ".git/HEAD")
            .WriteText(".dockerignore", VisualStudio);
        Assert.AreEqual("docs/README.md\nsrc/App/.gitignore\nsrc/Lib/Lib.csproj", repository.Sent());
        Assert.EndsWith(
            "\n# From "
                + ".dockerignore\n**/.dockerignore\n**/.env\n**/.git\n**/.vs\n**/*.*proj.user\n**/bin\n**/charts\n**/docker-compose*\n**/Dockerfile*\n**/node_modules\n**/obj\n**/secrets.dev.yaml\n**/values.dev.yaml\nLICENSE\nREADME.md\n",
            repository.IgnoreFile()
        );
    }

    [TestMethod]
    public void A_published_file_that_the_image_goes_without_is_told()
    {
        using var repository = new SentRepository()
            .Project(
                "src/App/App.csproj",
                published: ["wwwroot/charts/a.js", "wwwroot/charts/b.js", "wwwroot/app.js", "notes.md", "gone.md"]
            )
            .Write("src/App/wwwroot/charts/a.js", "src/App/wwwroot/charts/b.js", "src/App/wwwroot/app.js", "src/App/notes.md")
            .WriteText(".dockerignore", "**/charts\n\n**/*.md\n");
        repository.Sent();
        Assert.AreEqual(
            """
            Line 1 of .dockerignore ('**/charts') leaves out 'src/App/wwwroot/charts/a.js' and 1 more: a publish on this machine copies that into the app, and the image goes without it. Add the line !src/App/wwwroot/charts/a.js below it, or set CopyToPublishDirectory to Never.
            Line 3 of .dockerignore ('**/*.md') leaves out 'src/App/notes.md': a publish on this machine copies that into the app, and the image goes without it. Add the line !src/App/notes.md below it, or set CopyToPublishDirectory to Never.
            """.ReplaceLineEndings("\n"),
            string.Join('\n', repository.OwnIgnoreWarnings.Select(warning => warning.Message))
        );
        Assert.IsTrue(repository.OwnIgnoreWarnings.All(warning => warning.Descriptor == Codes.PublishedFileLeftOut));
    }

    [TestMethod]
    public void A_list_of_what_goes_in_keeps_the_rest_out()
    {
        using var repository = new SentRepository()
            .Write("docs/a.md", "src/App/notes.md", "shared/a.json", "src/Other/Other.csproj")
            .WriteText(".dockerignore", "*\n!src\n!shared/*.json\n**/*.md\n");
        Assert.AreEqual("shared/a.json", repository.Sent());
    }

    [TestMethod]
    [DataRow(".editorconfig", ".editorconfig", "root = true")]
    [DataRow("**/.*", ".config/dotnet-tools.json", "{}")]
    [DataRow("**/*.md", "README.md", "")]
    [DataRow("global.json", "global.json", """{ "sdk": { "rollForward": "latestMajor" } }""")]
    [DataRow("[Nn]u[Gg]et.config", "nuget.config", "<configuration><packageSources /></configuration>")]
    public void What_a_publish_does_without_is_not_copied(string line, string file, string text)
    {
        using var repository = new SentRepository()
            .WriteText(file, text)
            .WriteText(".dockerignore", line + "\n")
            .Project("src/App/App.csproj", optional: file == "README.md" ? [file] : []);
        var closure = repository.Facts().Closure;
        Assert.DoesNotContain(file, closure.RestoreInputs);
        Assert.DoesNotContain(file, closure.OutsideFiles);
        Assert.DoesNotContain(file, repository.Sent());
    }

    [TestMethod]
    [DataRow("*.props", "Directory.Build.props", "<Project />")]
    [DataRow("**/*.csproj", "src/App/App.csproj", "<Project />")]
    [DataRow("src/App/Pro*", "src/App/Program.cs", "")]
    [DataRow("shared", "shared/a.cs", "")]
    [DataRow(
        "nuget.config",
        "nuget.config",
        """<configuration><packageSources><add key="own" value="https://example.com/feed" /></packageSources></configuration>"""
    )]
    [DataRow("global.json", "global.json", """{ "msbuild-sdks": { "A": "1.0.0" } }""")]
    public void What_it_needs_is_an_error_at_the_line_that_leaves_it_out(string line, string file, string text)
    {
        using var repository = new SentRepository()
            .WriteText(file, text)
            .WriteText(".dockerignore", $"# first\r\n\r\n{line}\r\n")
            .Project("src/App/App.csproj", compiled: ["Program.cs"], files: ["shared/a.cs", "Directory.Build.props"]);
        var diagnostic = Failure.Of(Codes.LeftOutByIgnoreFile, () => repository.Facts());
        Assert.StartsWith($"Line 3 of .dockerignore ('{line}') leaves out '{file}', which 'App.csproj' needs.", diagnostic.Message);
        Assert.AreEqual(new SourceLocation(Path.Combine(repository.Root, ".dockerignore"), 3, 1), diagnostic.Location);
    }

    [TestMethod]
    public void A_package_source_that_is_left_out_is_an_error()
    {
        using var repository = new SentRepository()
            .Write(".feed/a.nupkg")
            .WriteText("nuget.config", """<configuration><packageSources><add key="l" value=".feed" /></packageSources></configuration>""")
            .WriteText(".dockerignore", "**/.*\n");
        Assert.Contains("'.feed'", Failure.Of(Codes.LeftOutByIgnoreFile, () => repository.Facts()).Message);
    }
}
