namespace MultiStage.Build.Tests.Targets;

/// <summary>Files with names that are otherwise left out of the context are sent where a target that runs, or a property, names them.</summary>
[TestClass]
public sealed class NamedByTargets
{
    private const string Targets = """
        <PropertyGroup>
          <CertificateFile>../../keys/property.pem</CertificateFile>
          <ContainerSizeBaseline>Other.size.json</ContainerSizeBaseline>
        </PropertyGroup>
        <ItemGroup><Content Remove="**/.env" /><None Remove="**/.env" /><None Include=".env.listed" /></ItemGroup>
        <Target Name="First" BeforeTargets="CoreCompile" DependsOnTargets="Second" />
        <Target Name="Second">
          <Copy SourceFiles="$(MSBuildProjectDirectory)/../../keys/copied.key" DestinationFolder="$(PublishDir)" />
          <PropertyGroup><Text>$([System.IO.File]::ReadAllText('$(RepoRoot)../../keys/read.pem'))</Text></PropertyGroup>
          <CallTarget Targets="Called" />
        </Target>
        <Target Name="Called"><Exec Command="sign --key=../../keys/exec.p12 -o ../../keys/" /></Target>
        <Target Name="Listing" AfterTargets="Build" Inputs="@(None)" Outputs="x" Condition="Exists('../../keys/asked.jks')">
          <ItemGroup><Kept Include="../../keys/**" /></ItemGroup>
        </Target>
        <Target Name="ByHand"><Exec Command="deploy ../../keys/by-hand.pem" /></Target>
        <Target Name="Clean2" AfterTargets="Build"><Delete Files="../../keys/deleted.pem" /></Target>
        """;

    [TestMethod]
    public void Are_those_that_a_target_or_a_property_names_and_no_others()
    {
        using var project = new TargetProject(Targets);
        foreach (var name in "property.pem copied.key read.pem exec.p12 asked.jks by-hand.pem deleted.pem compose.yml a.size.json".Split(' '))
        {
            project.Write($"keys/{name}", "1");
        }

        project.Write("src/App/.env", "1");
        project.Write("src/App/Other.size.json", "{}");
        project.Generate();

        Assert.AreEqual(
            "keys/asked.jks keys/compose.yml keys/copied.key keys/exec.p12 keys/property.pem keys/read.pem",
            string.Join(' ', project.Facts.Context.NamedFiles)
        );
        Assert.Contains("!keys/copied.key", File.ReadAllText(Path.Combine(project.PipelineFolder, "Dockerfile.dockerignore")));
    }
}
