using MultiStage.Build.Context;

namespace MultiStage.Build.Tests.Targets;

/// <summary>The user's <c>.dockerignore</c>, which Docker does not read beside the generated one.</summary>
[TestClass]
public sealed class OwnIgnoreFileIsKept
{
    [TestMethod]
    public void An_exception_in_it_lets_in_what_it_names_and_nothing_else()
    {
        using var project = new TargetProject();
        project.Write("src/App/data/a.json", "{}");
        project.Write("src/App/data/keep.json", "{}");
        project.Write("docs/guide.md", "");
        project.Write(".dockerignore", "**/data/*\n!**/data/keep.json\n!docs\n");
        var run = project.Generate("-p:ContainerBuildInputScope=Closure");

        var rules = IgnoreRules.Parse(File.ReadAllText(Path.Combine(project.PipelineFolder, "Dockerfile.dockerignore")));

        Assert.IsTrue(rules.IsExcluded("src/App/data/a.json"));
        Assert.IsTrue(rules.IsExcluded("docs/guide.md"));
        Assert.IsFalse(rules.IsExcluded("src/App/data/keep.json"));
        Assert.IsFalse(rules.IsExcluded("src/App/App.csproj"));
        Assert.Contains("leaves out 'src/App/data/a.json': a publish on this machine copies that into the app", run.Output);
    }
}
