namespace MultiStage.Build.Tests.Targets;

/// <summary>What becomes of the properties of a command line.</summary>
[TestClass]
public sealed class CommandLineProperties
{
    [TestMethod]
    public void Each_kind_of_property_goes_where_it_belongs()
    {
        using var project = new TargetProject();
        var key = project.Write("eng/key.snk", "");

        var run = project.Generate(
            "-p:_IsPublishing=true",
            "-p:Configuration=Debug",
            "-p:PublishMultiStage=true",
            "-p:ContainerImageTag=7",
            "-p:NoBuild=true",
            "-p:SolutionName=Shop",
            "-p:OutputPath=elsewhere/",
            "-p:DefineConstants=A%3BB C",
            "-p:Flavour=it's",
            "-p:Version=1.2.3",
            "-p:SourceRevisionId=abc",
            "-p:NuGetApiKey=hunter2",
            $"-p:AssemblyOriginatorKeyFile={key}",
            "-p:CodeAnalysisRuleSet=/tmp/nowhere/strict.ruleset"
        );

        var (dockerfile, publish) = (project.Dockerfile, project.Facts.Publish);
        Assert.AreEqual("AssemblyOriginatorKeyFile DefineConstants Flavour", string.Join(' ', publish.Properties.Keys));
        Assert.AreEqual("SourceRevisionId Version", string.Join(' ', publish.Stamps.Keys));
        Assert.AreEqual("1.2.3", project.Plan.BuildArgs["Version"]);
        Assert.Contains("-p:AssemblyOriginatorKeyFile=/src/eng/key.snk", dockerfile);
        Assert.Contains("'-p:DefineConstants=A%3BB C'", dockerfile);
        Assert.Contains("'-p:Flavour=it'\\''s'", dockerfile);
        Assert.Contains("--no-restore -c Debug ", dockerfile);
        Assert.Contains("\nARG SourceRevisionId\nARG Version\n", dockerfile);
        Assert.Contains("${Version:+\"-p:Version=$Version\"}", dockerfile);
        Assert.DoesNotContain("1.2.3", dockerfile);
        Assert.DoesNotContain("hunter2", dockerfile + File.ReadAllText(Path.Combine(project.PipelineFolder, "facts.json")) + run.Output);
        Assert.AreEqual("MULTISTAGE1005 MULTISTAGE1006", string.Join(' ', run.Codes.Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void The_shims_of_Visual_Studio_name_the_image()
    {
        using var project = new TargetProject();

        project.Generate("-p:RegistryUrl=registry.example", "-p:PublishImageTag=vs");

        Assert.AreEqual("registry.example", project.Facts.Container.Registry);
        Assert.AreEqual("vs", string.Join(' ', project.Facts.Container.Tags));
    }

    [TestMethod]
    public void PublishRelease_false_publishes_the_configuration_that_is_built()
    {
        using var project = new TargetProject("<PropertyGroup><PublishRelease>false</PublishRelease></PropertyGroup>");

        project.Generate();

        Assert.AreEqual("Debug", project.Facts.Publish.Configuration);
    }
}
