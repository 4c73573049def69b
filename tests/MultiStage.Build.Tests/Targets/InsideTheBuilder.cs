using System.Globalization;

namespace MultiStage.Build.Tests.Targets;

/// <summary>What the publish that the Dockerfile runs does beside what every publish does.</summary>
[TestClass]
public sealed class InsideTheBuilder
{
    [TestMethod]
    public void MultiStagePackagesFolder_parts_packages_from_the_app()
    {
        using var project = new TargetProject(
            """
              <PropertyGroup><PublishMultiStage>true</PublishMultiStage></PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../Lib/Lib.csproj" />
                <ResolvedFileToPublish Include="package.txt" RelativePath="package.txt" NuGetPackageId="A.Package" />
              </ItemGroup>
            """,
            "Microsoft.NET.Sdk"
        );
        project.Write(
            "src/Lib/Lib.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"""
        );
        project.Write("src/App/package.txt", "from a package");
        using var elsewhere = new TempFolder();
        var (published, packages) = (elsewhere["publish"], elsewhere["packages"]);

        var run = MSBuildRun
            .Of(
                project.Root,
                [
                    .. TargetProject.WithTasks("src/App/App.csproj"),
                    "-restore",
                    "-t:Publish",
                    "-p:_IsPublishing=true",
                    "-p:Configuration=Release",
                    $"-p:PublishDir={published}/",
                    $"-p:MultiStagePackagesFolder={packages}",
                ],
                [new("SOURCE_DATE_EPOCH", "1700000000")]
            )
            .Succeeded();

        Assert.IsEmpty(run.Codes, run.Output);
        Assert.AreEqual("package.txt", Files(packages));
        Assert.Contains("Lib.dll", Files(published));
        Assert.AreEqual("2023-11-14T22:13:20", Time(Path.Combine(published, "Lib.dll")));
        Assert.AreEqual("1980-01-01T00:00:00", Time(Path.Combine(packages, "package.txt")));
        Assert.AreEqual("1980-01-01T00:00:00", Time(packages));
    }

    private static string Files(string folder) =>
        string.Join(' ', Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static string Time(string path) => File.GetLastWriteTimeUtc(path).ToString("s", CultureInfo.InvariantCulture);
}
