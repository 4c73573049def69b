namespace MultiStage.Build.Tests.Targets;

/// <summary>What a project gets that sets nothing.</summary>
[TestClass]
public sealed class Defaults
{
    private static TargetProject s_web = null!;
    private static string s_returned = "";

    [ClassInitialize]
    public static void Generate(TestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        s_web = new TargetProject();
        s_returned = s_web.Generate("-getProperty:GeneratedMultiStageDockerfile").Output.Trim();
    }

    [ClassCleanup]
    public static void Delete() => s_web.Dispose();

    [TestMethod]
    public void A_web_project_runs_on_the_aspnet_image_as_the_images_user()
    {
        var dockerfile = s_web.Dockerfile;
        Assert.Contains("FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS builder\n", dockerfile);
        Assert.Contains("FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime\n", dockerfile);
        Assert.Contains("\nEXPOSE 8080/tcp\n", dockerfile);
        Assert.Contains("\nWORKDIR /app/\n", dockerfile);
        Assert.Contains("\nUSER $APP_UID\n", dockerfile);
        Assert.Contains("\nENTRYPOINT [\"dotnet\", \"/app/App.dll\"]\n", dockerfile);
        Assert.DoesNotContain("\nENV ", dockerfile[dockerfile.IndexOf(" AS runtime", StringComparison.Ordinal)..]);
        Assert.DoesNotContain("\nCMD ", dockerfile);
        Assert.DoesNotContain("\nARG Version", dockerfile);
        Assert.Contains("RUN --mount=type=cache,id=multistage-compile,target=/mnt \\\n    dotnet publish ", dockerfile);
        Assert.Contains(" -p:MultiStageCompileCache=/mnt ", dockerfile);
        Assert.Contains("org.opencontainers.image.version=\"1.0.0\"", dockerfile);
    }

    [TestMethod]
    public void A_web_project_is_named_after_its_assembly_and_tagged_latest()
    {
        using var project = new TargetProject("<PropertyGroup><AssemblyName>Shop.Web</AssemblyName></PropertyGroup>");

        project.Generate();

        var container = project.Facts.Container;
        Assert.AreEqual("shop-web", container.Repository);
        Assert.AreEqual("latest", string.Join(' ', container.Tags));
        Assert.AreEqual("", container.Registry);
        Assert.IsNull(container.Platform);
    }

    [TestMethod]
    public void The_repository_is_the_build_context_and_release_is_published()
    {
        var (closure, publish) = (s_web.Facts.Closure, s_web.Facts.Publish);
        Assert.AreEqual(s_web.Root, closure.Context);
        Assert.AreEqual("src/App/App.csproj", closure.Project);
        Assert.AreEqual("Release", publish.Configuration);
        Assert.IsNull(publish.TargetFramework);
        Assert.IsNull(publish.RuntimeIdentifier);
        Assert.IsFalse(publish.SelfContained);
        Assert.IsEmpty(publish.Properties);
        Assert.IsEmpty(publish.Stamps);
    }

    [TestMethod]
    [DataRow("Microsoft.NET.Sdk", "csproj", "<PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>", "runtime")]
    [DataRow("Microsoft.NET.Sdk", "fsproj", "<PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>", "runtime")]
    [DataRow("Microsoft.NET.Sdk", "vbproj", "<PropertyGroup><OutputType>Exe</OutputType></PropertyGroup>", "runtime")]
    [DataRow("Microsoft.NET.Sdk.Worker", "csproj", "", "runtime")]
    public void Any_kind_of_app_in_any_language_gets_the_image_it_needs(string sdk, string extension, string body, string image)
    {
        using var project = new TargetProject(body, sdk, extension);

        // F# has a package of its own, which could bring a framework along.
        project.Generate(extension == "fsproj" ? ["-restore"] : []);

        Assert.Contains($"FROM mcr.microsoft.com/dotnet/{image}:10.0 AS runtime\n", project.Dockerfile);
        Assert.Contains($"dotnet build src/App/App.{extension} --no-restore -t:Restore ", project.Dockerfile);
    }

    [TestMethod]
    public void The_files_lie_under_obj_and_their_place_is_returned()
    {
        var folder = Path.Combine(s_web.Folder, "obj", "Debug", "net10.0", "multistage");
        Assert.AreEqual(Path.Combine(folder, "Dockerfile"), s_returned);
        Assert.AreEqual(
            "Dockerfile Dockerfile.dockerignore closure.json facts.json plan.json restore.json",
            string.Join(' ', Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal))
        );
    }

    [TestMethod]
    [DataRow("../../image.tar", "\nimage.tar\n")]
    [DataRow("../../images/", "\nimages/app.tar.gz\n", "my/app")]
    public void The_archive_that_an_earlier_publish_saved_is_not_sent(string path, string line, string repository = "")
    {
        using var project = new TargetProject();
        project.Generate($"-p:ContainerArchiveOutputPath={path}", $"-p:ContainerRepository={repository}");
        Assert.Contains(line, File.ReadAllText(Path.Combine(project.PipelineFolder, "Dockerfile.dockerignore")));
    }

    [TestMethod]
    public void Generating_again_writes_nothing_new()
    {
        using var project = new TargetProject();
        project.Generate();
        var (dockerfile, ignore) = (
            Path.Combine(project.PipelineFolder, "Dockerfile"),
            Path.Combine(project.PipelineFolder, "Dockerfile.dockerignore")
        );
        var longAgo = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(dockerfile, longAgo);
        File.SetLastWriteTimeUtc(ignore, longAgo);

        project.Generate();

        Assert.AreEqual(longAgo, File.GetLastWriteTimeUtc(dockerfile));
        Assert.AreEqual(longAgo, File.GetLastWriteTimeUtc(ignore));
    }
}
