using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>An app whose packages and version follow from files that are no project files: its image holds what a publish on the host
/// holds.</summary>
[TestClass]
public sealed class RestoreSeesTheSame : EndToEndTest
{
    [TestMethod]
    public async Task Of_an_app_with_pages_a_version_file_and_a_package_that_a_source_file_decides()
    {
        var app = await SingleWebAsync();
        app.Write("version.txt", "4.5.6");
        app.Write(
            "Directory.Build.props",
            """
            <Project>
              <PropertyGroup><Version>$([System.IO.File]::ReadAllText('$(MSBuildThisFileDirectory)version.txt').Trim())</Version></PropertyGroup>
            </Project>

            """
        );
        app.Insert(
            app.ProjectFile,
            """<ItemGroup Condition="Exists('Json.cs')"><PackageReference Include="Newtonsoft.Json" Version="13.0.3" /></ItemGroup>"""
        );
        app.Write(
            "Json.cs",
            "public static class Json { public static string Text(object value) => Newtonsoft.Json.JsonConvert.SerializeObject(value); }"
        );
        app.Write(
            "Root.razor",
            """
            @namespace App
            @page "/"
            <html><body><p>hello</p><script src="_framework/blazor.web.js"></script></body></html>

            """
        );
        app.Write(
            "Program.cs",
            """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddRazorComponents().AddInteractiveServerComponents();
            var app = builder.Build();
            app.UseAntiforgery();
            app.MapStaticAssets();
            app.MapRazorComponents<App.Root>().AddInteractiveServerRenderMode();
            app.MapGet("/version", () => Json.Text(typeof(App.Root).Assembly.GetName().Version!.ToString()));
            app.Run();

            """
        );

        (await app.PublishAsync()).Succeeds();

        var container = await Daemon.RunAsync($"{app.ImageName}:latest");
        Assert.AreEqual("\"4.5.6.0\"", await container.GetAsync("/version"));
        Assert.Contains("Blazor", await container.GetAsync("/_framework/blazor.web.js"));
    }
}
