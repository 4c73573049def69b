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
}
