using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>A solution of 60 projects, sixteen references deep.</summary>
[TestClass]
public sealed class ManyProjects : EndToEndTest
{
    private const int Projects = 60;

    // The lines of the builder stage; the SDK's image brings layers of its own.
    private const int MostLayers = 40;

    [TestMethod]
    public async Task Are_published_in_few_layers_and_evaluated_once()
    {
        var app = (await TestProject.GenerateAsync(Workspace, Projects)).ReferencePackage();

        (await app.PublishAsync()).Succeeds();

        var builder = await File.ReadAllLinesAsync(Path.Combine(app.Pipeline(), "Dockerfile"));
        Assert.IsLessThan(
            MostLayers,
            builder.TakeWhile(line => !line.Contains(" AS runtime", StringComparison.Ordinal)).Count(MakesALayer)
        );
        var container = await Daemon.RunAsync($"{app.ImageName}:latest");
        Assert.AreEqual($"{Projects}", await container.GetAsync("/"));

        app.EditFile("src/App/Program.cs", text => text + "\n// An edit.\n");
        var second = (await app.PublishAsync("-v:detailed")).Succeeds();

        Assert.Contains($"the closure's {Projects} projects as they were evaluated before", second.Output);
        Assert.IsNotEmpty(second.Lines.Where(line => line.Contains("[restore-inputs", StringComparison.Ordinal)), second.ToString());
        Assert.IsEmpty(
            second.Lines.Where(line => line.Contains("] RUN cd /src && dotnet build", StringComparison.Ordinal) && !IsCached(line)),
            second.ToString()
        );
    }

    private static bool IsCached(string line) => line.TrimEnd().EndsWith("cached", StringComparison.OrdinalIgnoreCase);

    private static bool MakesALayer(string line) => line.Split(' ')[0] is "COPY" or "RUN" or "ADD" or "WORKDIR";
}
