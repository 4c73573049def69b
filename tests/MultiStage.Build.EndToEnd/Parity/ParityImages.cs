using System.Text.Json;
using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Stages;

namespace MultiStage.Build.EndToEnd.Parity;

/// <summary>
/// Makes both images of every row. What an app's files are has no part in how its image is configured, so nothing is compiled: the SDK's
/// own target
/// <c>PublishContainer</c> lays one file on a base image, and BuildKit builds the generated Dockerfile with that file in place of its
/// builder stage.
/// The base images are as Microsoft's are configured, with nothing in them.
/// </summary>
public sealed class ParityImages(Workspace workspace)
{
    private readonly string _root = workspace.Folder;
    private readonly string _repository = workspace.Next().ImageName;
    private Dictionary<int, JsonNode> _ours = [];

    /// <summary>Makes them all.</summary>
    public async Task MakeAsync()
    {
        await WriteProjectsAsync();
        File.WriteAllText(Directory.CreateDirectory(Path.Combine(_root, "publish", "publish")).FullName + "/app", "an app");
        Directory.CreateDirectory(Path.Combine(_root, "publish", "packages"));
        await RunAsync("Infer");
        await PushBaseImagesAsync();
        await RunAsync("Make");
        await BuildOursAsync();
    }

    /// <summary>The image that <c>ComputeContainerBaseImage</c> returns.</summary>
    /// <param name="row">The row.</param>
    public string InferredBase(ParityRow row) => File.ReadAllText(Path.Combine(Folder(row), "base.txt")).Trim();

    /// <summary>The generated Dockerfile.</summary>
    /// <param name="row">The row.</param>
    public string Dockerfile(ParityRow row) => File.ReadAllText(Path.Combine(Folder(row), "Dockerfile"));

    /// <summary>The configuration of the image that is built from the generated Dockerfile.</summary>
    /// <param name="row">The row.</param>
    public JsonNode Ours(ParityRow row) => _ours[row.Number];

    /// <summary>The configuration of the image that <c>PublishContainer</c> pushed.</summary>
    /// <param name="row">The row.</param>
    public async Task<JsonNode> TheirsAsync(ParityRow row) =>
        (await Registry.Open.ConfigurationAsync($"{_repository}/{row.Number}", "latest"))["config"]!;

    private string Folder(ParityRow row) => Path.Combine(_root, "rows", $"{row.Number}");

    // As NuGet imports a package that was restored, without a restore for each.
    private async Task WriteProjectsAsync()
    {
        var package = await PackageFeed.GetAsync();
        var extracted = Path.Combine(_root, "package");
        await System.IO.Compression.ZipFile.ExtractToDirectoryAsync(package.PackageFile, extracted);
        foreach (var row in ParityRow.All)
        {
            Directory.CreateDirectory(Path.Combine(Folder(row), "obj"));
            File.WriteAllText(
                Path.Combine(Folder(row), "App.csproj"),
                $"""
                <Project Sdk="{row.Sdk}">
                  <PropertyGroup><TargetFramework>{row.Framework}</TargetFramework></PropertyGroup>
                {row.Body}
                </Project>
                """
            );
            foreach (var kind in (string[])["props", "targets"])
            {
                var import = Path.Combine(extracted, "build", $"{PackageFeed.PackageId}.{kind}");
                File.WriteAllText(
                    Path.Combine(Folder(row), "obj", $"App.csproj.package.g.{kind}"),
                    $"<Project><Import Project=\"{import}\" /></Project>"
                );
            }
        }

        // The SDK pulls the base image from where this says, and knows it by its own name.
        File.WriteAllText(
            Path.Combine(_root, "pull.targets"),
            $"""
            <Project>
              <Target Name="WriteInferredBase" DependsOnTargets="ComputeContainerBaseImage">
                <WriteLinesToFile File="$(MSBuildProjectDirectory)/base.txt" Lines="$(ContainerBaseImage)" Overwrite="true" />
              </Target>
              <Target Name="PullFromTheTestRegistry" AfterTargets="ComputeContainerConfig">
                <PropertyGroup>
                  <ContainerBaseRegistry>{Registry.Open.Address}</ContainerBaseRegistry>
                  <ContainerBaseName>{_repository}/$(ContainerBaseName)</ContainerBaseName>
                </PropertyGroup>
              </Target>
            </Project>
            """
        );
        File.WriteAllText(
            Path.Combine(_root, "rows.proj"),
            $"""
            <Project>
              <ItemGroup>
                <Row Include="$(MSBuildThisFileDirectory)rows/*/App.csproj" />
              </ItemGroup>
              <PropertyGroup>
                <Sdk>_IsPublishing=true;Configuration=Release;CustomAfterMicrosoftCommonTargets=$(MSBuildThisFileDirectory)pull.targets</Sdk>
              </PropertyGroup>
              <Target Name="Infer">
                <MSBuild Projects="@(Row)" Targets="WriteInferredBase" Properties="$(Sdk)" BuildInParallel="true" />
              </Target>
              <Target Name="Make">
                <ItemGroup>
                  <Row>
                    <Number>$([System.IO.Path]::GetFileName($([System.IO.Path]::GetDirectoryName('%(FullPath)'))))</Number>
                  </Row>
                  <Row>
                    <AdditionalProperties>ContainerRepository={_repository}/%(Number);ContainerRegistry={Registry.Open.Address};PublishDir=$(MSBuildThisFileDirectory)publish/publish/</AdditionalProperties>
                  </Row>
                </ItemGroup>
                <MSBuild Projects="@(Row)" Targets="PublishContainer" Properties="$(Sdk)" BuildInParallel="true" />
                <ItemGroup>
                  <Row>
                    <AdditionalProperties>ContainerDockerfileOutput=Dockerfile</AdditionalProperties>
                  </Row>
                </ItemGroup>
                <MSBuild Projects="@(Row)" Targets="GenerateMultiStageDockerfile" Properties="_IsPublishing=true;Configuration=Release" BuildInParallel="true" />
              </Target>
            </Project>
            """
        );
    }

    private async Task RunAsync(string target)
    {
        KeyValuePair<string, string?>[] environment = [new("DOTNET_CONTAINER_INSECURE_REGISTRIES", Registry.Open.Address)];
        var run = await Dotnet.RunAsync(["msbuild", "rows.proj", $"-t:{target}", "-m", "-nologo", "-tl:off", "-v:m"], _root, environment);
        File.WriteAllText(Path.Combine(workspace.Logs, $"{target}.log"), run.ToString());
        run.Succeeds();
    }

    private async Task PushBaseImagesAsync()
    {
        var targets = new Dictionary<string, JsonObject>();
        foreach (var image in ParityRow.All.Select(InferredBase).Distinct(StringComparer.Ordinal))
        {
            targets[$"base{targets.Count}"] = new JsonObject
            {
                ["context"] = Path.Combine(_root, "publish"),
                ["dockerfile-inline"] = $"FROM scratch\nCOPY publish /base\n{BaseConfiguration(image)}",
                ["tags"] = new JsonArray(InTestRegistry(image)),
            };
        }

        await Bake.BuildAsync(_root, targets);
        foreach (var repository in (string[])["dotnet/aspnet", "dotnet/runtime", "dotnet/runtime-deps", "acme/aspnet"])
        {
            await Daemon.DockerAsync("push", "--quiet", "--all-tags", $"{Registry.Open.Address}/{_repository}/{repository}");
        }
    }

    // What https://github.com/dotnet/dotnet-docker sets, and what the distributions' images set that it starts from.
    private static string BaseConfiguration(string image)
    {
        var isOld = image.Contains(":6.", StringComparison.Ordinal);
        var isDistroless = image.Contains("-chiseled", StringComparison.Ordinal) || image.Contains("-distroless", StringComparison.Ordinal);
        var isInvariant =
            (isDistroless || image.Contains("-alpine", StringComparison.Ordinal)) && !image.Contains("-extra", StringComparison.Ordinal);
        return "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\n"
            + (
                isOld
                    ? "ENV ASPNETCORE_URLS=http://+:80 DOTNET_RUNNING_IN_CONTAINER=true\n"
                    : "ENV APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true\n"
            )
            + (isInvariant ? "ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true\n" : "")
            + (image.Contains("runtime-deps", StringComparison.Ordinal) ? "" : "ENV DOTNET_VERSION=10.0.1\n")
            + (image.Contains("aspnet", StringComparison.Ordinal) ? "ENV ASPNET_VERSION=10.0.1\n" : "")
            + (
                isDistroless
                    ? "USER $APP_UID\n"
                    : "LABEL org.opencontainers.image.ref.name=\"ubuntu\" org.opencontainers.image.version=\"24.04\"\nCMD [\"/bin/bash\"]\n"
            );
    }

    private async Task BuildOursAsync()
    {
        var targets = new Dictionary<string, JsonObject>();
        foreach (var row in ParityRow.All)
        {
            var plan = PipelineFile.Read<BuildPlan>(
                Directory.EnumerateFiles(Path.Combine(Folder(row), "obj"), "plan.json", SearchOption.AllDirectories).Single(),
                ""
            );
            var image = InferredBase(row);
            targets[$"row{row.Number}"] = new JsonObject
            {
                ["context"] = Folder(row),
                ["contexts"] = new JsonObject
                {
                    ["builder"] = Path.Combine(_root, "publish"),
                    [image] = $"docker-image://{InTestRegistry(image)}",
                },
                ["labels"] = JsonSerializer.SerializeToNode(plan.Labels),
                ["tags"] = new JsonArray($"{_repository}:{row.Number}"),
            };
        }

        await Bake.BuildAsync(_root, targets);
        var configurations = await Daemon.DockerAsync([
            "image",
            "inspect",
            "--format",
            "{{json .Config}}",
            .. ParityRow.All.Select(row => $"{_repository}:{row.Number}"),
        ]);
        _ours = configurations
            .Split('\n')
            .Select((json, number) => (Config: JsonNode.Parse(json)!, number))
            .ToDictionary(row => row.number, row => row.Config);
    }

    private string InTestRegistry(string image) =>
        image.Replace("mcr.microsoft.com", $"{Registry.Open.Address}/{_repository}", StringComparison.Ordinal);
}
