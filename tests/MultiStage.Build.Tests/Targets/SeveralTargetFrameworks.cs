using MultiStage.Build.Tests.Reference;

namespace MultiStage.Build.Tests.Targets;

/// <summary>A project with several target frameworks.</summary>
[TestClass]
public sealed class SeveralTargetFrameworks
{
    private const string App = "<PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>";

    [TestMethod]
    [DataRow("Publish", "-p:PublishMultiStage=true")]
    [DataRow("GenerateMultiStageDockerfile", "")]
    public void Without_a_choice_there_is_one_error_at_the_line_that_lists_them(string target, string property)
    {
        using var project = new TargetProject(App, "Microsoft.NET.Sdk", targetFrameworks: "net9.0;net10.0");

        var error = project.Run([$"-t:{target}", .. property.Length > 0 ? [property] : Array.Empty<string>()]).FailedWith("MULTISTAGE1001");

        Assert.Contains("App.csproj(3,", error);
        Assert.Contains("dotnet publish -f net10.0 -p:PublishMultiStage=true", error);
    }

    [TestMethod]
    public void Every_public_target_is_there_to_ask_for_the_choice()
    {
        var targets = System
            .Xml.Linq.XDocument.Load(RepositoryRoot.Combine("sdk", "buildMultiTargeting", "MultiStage.Build.targets"))
            .Descendants("Target")
            .Select(target => target.Attribute("Name")!.Value)
            .ToHashSet(StringComparer.Ordinal);

        // A phase is a part of one of them.
        Assert.IsEmpty(
            PublicNames
                .Targets.Where(target => target.Contains("MultiStage", StringComparison.Ordinal) && !targets.Contains(target))
                .Except(ReferenceDocument.Phases, StringComparer.Ordinal)
        );
    }

    [TestMethod]
    public void With_a_choice_that_one_is_published_and_the_header_says_how_to_make_the_same_again()
    {
        using var project = new TargetProject(App, "Microsoft.NET.Sdk", targetFrameworks: "net9.0;net10.0");

        project.Generate("-p:TargetFramework=net9.0");

        Assert.AreEqual("net9.0", project.Facts.Publish.TargetFramework);
        Assert.Contains("--no-restore -c Release -f net9.0 ", project.Dockerfile);
        Assert.Contains("FROM mcr.microsoft.com/dotnet/runtime:9.0 AS runtime\n", project.Dockerfile);
        Assert.Contains("-t:GenerateMultiStageDockerfile -p:TargetFramework=net9.0\n", project.Dockerfile);
    }

    [TestMethod]
    public void A_library_among_the_projects_of_a_publish_is_skipped_without_a_word()
    {
        using var project = new TargetProject("", "Microsoft.NET.Sdk", targetFrameworks: "net9.0;net10.0");

        var run = project.Run("-t:Publish", "-p:PublishMultiStage=true", "-p:_IsPublishing=true").Succeeded();

        Assert.AreEqual("", run.Output.Trim());
    }

    [TestMethod]
    [DataRow("net10.0;net9.0", true)]
    [DataRow("netstandard2.0", false)]
    public void Restore_fetches_the_published_framework_alone_where_every_project_has_it(string library, bool isAlone)
    {
        using var project = new TargetProject(
            """<ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>""",
            targetFrameworks: "net10.0;net9.0"
        );
        project.Write(
            "src/Lib/Lib.csproj",
            $"""<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFrameworks>{library}</TargetFrameworks></PropertyGroup></Project>"""
        );

        project.Generate("-p:TargetFramework=net9.0");

        Assert.AreEqual(isAlone, project.Dockerfile.Contains(" -p:TargetFrameworks=net9.0", StringComparison.Ordinal), project.Dockerfile);
    }
}
