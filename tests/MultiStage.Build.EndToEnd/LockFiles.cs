using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>The restore in the container is held to lock files, whatever they were made for.</summary>
[TestClass]
public sealed class LockFiles : EndToEndTest
{
    private const string Project = "Greeter.App/Greeter.App.csproj";

    [TestMethod]
    [DataRow(
        "",
        null,
        "--locked-mode \\\n    && dotnet build Greeter.App/Greeter.App.csproj --no-restore -t:Restore -c Release -r linux-$TARGETARCH"
    )]
    [DataRow("<RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>", "-r linux-x64", "-p:RestoreLockedMode=true\n")]
    [DataRow(
        "<ContainerRuntimeIdentifier>linux-x64</ContainerRuntimeIdentifier><RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>",
        null,
        "-p:Configuration=Release --locked-mode\n"
    )]
    public async Task Pin_the_restore(string properties, string? argument, string expected)
    {
        var app = await LockedAsync(properties);

        var dockerfile = Path.Combine(app.Root, "Dockerfile");

        (await app.PublishAsync([$"-p:ContainerDockerfileOutput={dockerfile}", .. argument?.Split(' ') ?? []])).Succeeds();

        Assert.Contains(expected, await File.ReadAllTextAsync(dockerfile));
        await (await Daemon.RunAsync($"{app.ImageName}:latest")).WaitForLogAsync("from a library.");
    }

    [TestMethod]
    public async Task Stop_a_package_with_other_content()
    {
        var app = await LockedAsync("");
        app.EditFile("Greeter/packages.lock.json", text =>
            text.Replace("\"contentHash\": \"", "\"contentHash\": \"AAAA", StringComparison.Ordinal)
        );

        var publish = await app.PublishAsync("--no-restore");

        Assert.AreEqual("NU1403 MULTISTAGE3002", string.Join(' ', publish.Errors.Select(error => error.Code)), publish.ToString());
        Assert.AreEqual(Path.Combine(app.Root, "Greeter", "Greeter.csproj"), publish.Errors[0].File);
        Assert.IsNull(await Daemon.FindImageAsync($"{app.ImageName}:latest"));
    }

    private async Task<TestProject> LockedAsync(string properties)
    {
        var app = await LibraryAsync();
        app.Write(
            "Directory.Build.targets",
            "<Project><PropertyGroup><RestorePackagesWithLockFile>true</RestorePackagesWithLockFile></PropertyGroup></Project>"
        );
        app.Insert(Project, $"<PropertyGroup>{properties}</PropertyGroup>");
        app.Insert("Greeter/Greeter.csproj", """<ItemGroup><PackageReference Include="Newtonsoft.Json" Version="13.0.3" /></ItemGroup>""");
        (await app.DotnetAsync(["restore", Project])).Succeeds();
        return app;
    }
}
