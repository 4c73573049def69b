using System.Globalization;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.EndToEnd;

/// <summary>One app, published in every way there is. Restore fetches all that publish needs, so publish runs with the network cut
/// off.</summary>
[TestClass]
public sealed class EveryWayToPublish : EndToEndTest
{
    [TestMethod]
    [DataRow("-p:SelfContained=true", "libcoreclr.so", "runtime-deps:10.0")]
    [DataRow("-p:PublishSingleFile=true", "App", "runtime-deps:10.0")]
    [DataRow("-p:PublishReadyToRun=true -p:InvariantGlobalization=true", "App.dll", "aspnet:10.0")]
    public async Task Publishes_without_a_network_and_answers(string properties, string file, string baseImage) =>
        await PublishAsync(await AppAsync(), file, baseImage, properties.Split(' '));

    [TestMethod]
    public async Task From_one_stage_to_a_native_program_and_what_each_step_saves()
    {
        var app = await AppAsync();
        var rows = new List<(string Image, long Bytes)>
        {
            ("multi-stage", await PublishAsync(app, "App.dll", "aspnet:10.0")),
            ("chiseled", await PublishAsync(app, "App.dll", "aspnet:10.0-noble-chiseled-extra", "-p:ContainerFamily=noble-chiseled-extra")),
            ("trimmed", await PublishAsync(app, "libcoreclr.so", "runtime-deps:10.0-noble-chiseled-extra", "-p:PublishTrimmed=true")),
            (
                "native",
                await PublishAsync(app, "App", "runtime-deps:10.0-noble-chiseled", "-p:PublishAot=true", "-p:InvariantGlobalization=true")
            ),
        };

        // What an image of one stage would hold is what the builder holds.
        (await app.PublishAsync("-p:ContainerTarget=builder")).Succeeds();
        rows.Insert(0, ("single-stage", await TestProject.SizeAsync(Pipeline(app))));

        TestContext.WriteLine(
            string.Join(
                '\n',
                rows.Select(row =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"| {row.Image,-12} | {row.Bytes / 1e6,7:F1} MB | {100 * (1 - ((double)row.Bytes / rows[0].Bytes)),5:F1} % |"
                    )
                )
            )
        );
        for (var step = 1; step < rows.Count; step++)
        {
            Assert.IsLessThan(rows[step - 1].Bytes, rows[step].Bytes, $"{rows[step].Image} is not smaller than {rows[step - 1].Image}.");
        }

        Assert.IsLessThan(0.05 * rows[0].Bytes, rows[^1].Bytes);
    }

    private async Task<TestProject> AppAsync()
    {
        var app = await SingleWebAsync();
        app.Insert(
            app.ProjectFile,
            """
            <PropertyGroup>
                <AssemblyName>App</AssemblyName>
                <BuildMultiStageImageDependsOn>$(BuildMultiStageImageDependsOn);CutOffTheNetwork</BuildMultiStageImageDependsOn>
              </PropertyGroup>

              <Target Name="CutOffTheNetwork">
                <Exec Command="sed -i '/-t:Restore/,$ { /-t:Restore/! s/^RUN /RUN --network=none / }' $(GeneratedMultiStageDockerfile)" />
              </Target>
            """
        );
        return app;
    }

    private async Task<long> PublishAsync(TestProject app, string file, string baseImage, params string[] properties)
    {
        // A report has the image broken down, though no budget is broken.
        (await app.PublishAsync([.. properties, $"-p:ContainerSizeReportDirectory={Path.Combine(app.Root, "reports")}"])).Succeeds();

        // What publishes had no network; that restores before it has one.
        var dockerfile = await File.ReadAllTextAsync(Path.Combine(Pipeline(app), "Dockerfile"));
        Assert.Contains("\nRUN --network=none ", dockerfile);
        Assert.Contains($"\nFROM mcr.microsoft.com/dotnet/{baseImage} AS runtime\n", dockerfile);
        var image = $"{app.ImageName}:latest";
        var contents = await Daemon.ContentsAsync(image, "/app");
        var files = contents.Keys.ToList();
        Assert.Contains($"app/{file}", files);
        Assert.IsEmpty(files.Where(name => name.EndsWith(".dbg", StringComparison.Ordinal)), string.Join(' ', files));
        await AssertBrokenDownAsync(app, contents, properties);
        var container = await Daemon.RunAsync(image);
        Assert.AreEqual("Hello from a single project.", await container.GetAsync("/"));
        return await TestProject.SizeAsync(Pipeline(app));
    }

    // Each byte of the app is accounted for; whose it is, as far as anything in the image says so.
    private async Task AssertBrokenDownAsync(TestProject app, Dictionary<string, byte[]> contents, string[] properties)
    {
        var path = Path.Combine(Pipeline(app), "breakdown.json");
        var breakdown = BreakdownJson.Read(await File.ReadAllTextAsync(path), path);
        TestContext.WriteLine(
            string.Join(
                '\n',
                breakdown.ByOrigin().Select(origin => $"{origin.Origin.Kind} {origin.Origin.Name} {origin.Bytes} in {origin.Files}")
            ) + string.Concat(breakdown.Gaps)
        );
        Assert.AreEqual(
            contents.Sum(file => (long)file.Value.Length),
            breakdown.Files.Where(file => file.Path.StartsWith("/app/", StringComparison.Ordinal)).Sum(file => file.Bytes)
        );
        long Of(OriginKind kind) => breakdown.ByOrigin().Where(origin => origin.Origin.Kind == kind).Sum(origin => origin.Bytes);
        var parts = breakdown.Files.Where(file => file.Path.StartsWith("/app/App/", StringComparison.Ordinal)).ToList();
        if (properties.Contains("-p:PublishSingleFile=true"))
        {
            Assert.Contains("/app/App/App.dll", parts.Select(part => part.Path));
            Assert.IsGreaterThan(40_000_000, Of(OriginKind.Runtime));
            // The program that starts it holds the runtime's native code, and is not the app's.
            Assert.IsGreaterThan(0, Of(OriginKind.App));
            Assert.IsLessThan(1_000_000, Of(OriginKind.App));
        }
        else if (properties.Contains("-p:PublishAot=true"))
        {
            Assert.Contains("/app/App/.text", parts.Select(part => part.Path));
            Assert.AreEqual(
                contents["app/App"].Length,
                breakdown.Gaps.Single().Bytes,
                "It is not said that nobody knows whose the bytes are."
            );
        }
        else
        {
            Assert.IsEmpty(parts);
            Assert.IsEmpty(breakdown.Gaps);
        }
    }

    // The SDK gives what runs on one platform alone a folder of that platform's.
    private static string Pipeline(TestProject app) =>
        Directory
            .EnumerateDirectories(Path.Combine(app.ProjectFolder, "obj", "Release"), "multistage", SearchOption.AllDirectories)
            .MaxBy(folder => File.GetLastWriteTimeUtc(Path.Combine(folder, "size.json")))!;
}
