namespace MultiStage.Build.Tests.Context;

/// <summary>What a target of the closure names reaches the builder although Git ignores it, such as a client that was built before.</summary>
[TestClass]
public sealed class WhatTargetsName
{
    [TestMethod]
    [DataRow("""<ItemGroup><Dist Include="../../client/dist/**" /></ItemGroup>""", "client/dist/app.js\nclient/dist/img/a.svg")]
    [DataRow("""<ItemGroup><Dist Include="$(RepoRoot)client\dist\*.js" /></ItemGroup>""", "client/dist/app.js\nclient/dist/img/a.svg")]
    [DataRow("""<Copy SourceFiles="../../client/dist/app.js" DestinationFolder="x" />""", "client/dist/app.js")]
    [DataRow("""<ItemGroup><Compile Include="../../gen/*.g.cs" /></ItemGroup>""", "gen/A.g.cs")]
    [DataRow("""<ItemGroup><Compile Include="../../**/*.g.cs" /></ItemGroup>""", "")]
    public void Is_sent_although_git_ignores_it(string work, string expected)
    {
        using var repository = new SentRepository($"""<Target Name="T">{work}</Target>""")
            .WriteText(".gitignore", "dist/\n*.g.cs\nnode_modules/\n")
            .Write(
                "client/dist/app.js",
                "client/dist/img/a.svg",
                "client/dist/node_modules/a.js",
                "client/dist/bin/b.js",
                "client/node_modules/b.js",
                "gen/A.g.cs",
                "gen/A.g.txt/B.g.cs"
            );
        Assert.AreEqual(expected, repository.Sent());
    }

    [TestMethod]
    public void Is_sent_where_a_file_has_the_name_of_a_secret_but_no_secret_that_a_pattern_or_a_folder_holds()
    {
        using var repository = new SentRepository().Write("keys/a.pem", "keys/b.pem", "more/c.pem", "more/compose.yml", "more/a.size.json");
        repository.Project("src/App/App.csproj", named: ["keys/a.pem", "keys", "more/**", "gone.pem", "src/App/bin/a.pem"]);

        Assert.AreEqual("keys/a.pem\nmore/compose.yml", repository.Sent());
        Assert.AreEqual("MULTISTAGE1043 MULTISTAGE1044", string.Join(' ', repository.Warnings.Select(one => one.Descriptor.Code).Order()));
    }

    [TestMethod]
    public void Is_sent_where_it_lies_beside_an_assembly_in_the_output_of_another_project()
    {
        using var repository = new SentRepository().Write(
            "Tool/Tool.csproj",
            "Tool/bin/Tool.dll",
            "Tool/bin/Tool.pdb",
            "Tool/bin/de/Tool.resources.dll",
            "Tool/bin/Other.dll",
            "Tool/bin/Other.pdb",
            "Tool/bin/a.pem"
        );
        repository.Project(
            "src/App/App.csproj",
            files: ["Tool/bin/Tool.dll"],
            named: ["Tool/bin/Tool.*", "Tool/bin/*.dll", "Tool/bin/*/Tool.resources.dll"]
        );

        Assert.AreEqual("Tool/bin/Other.dll\nTool/bin/Tool.dll\nTool/bin/Tool.pdb\nTool/bin/de/Tool.resources.dll", repository.Sent());
    }
}
