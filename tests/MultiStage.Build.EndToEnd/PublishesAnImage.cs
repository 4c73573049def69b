using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>What one publish of a web app of eight projects leaves on the daemon and on the host.</summary>
[TestClass]
public sealed class PublishesAnImage
{
    private static readonly Workspace s_workspace = new();
    private static TestProject s_shop = null!;
    private static CommandResult s_publish = null!;
    private static JsonNode s_config = null!;
    private static Container s_container = null!;

    [ClassInitialize]
    public static async Task Publish(TestContext _)
    {
        s_shop = (await TestProject.CopyAsync(s_workspace, "Shop", "src/Shop.Web/Shop.Web.csproj")).ReferencePackage();
        s_publish = await s_shop.PublishAsync();
        if (s_publish.ExitCode != 0)
        {
            s_workspace.KeepLogs(nameof(PublishesAnImage));
        }

        s_publish.Succeeds();
        s_config = await Daemon.ConfigAsync($"{s_shop.ImageName}:latest");
        s_container = await s_workspace.Daemon.RunAsync($"{s_shop.ImageName}:latest");
    }

    [ClassCleanup]
    public static async Task Remove() => await s_workspace.DisposeAsync();

    [TestMethod]
    public void Nothing_is_complained_of()
    {
        Assert.IsEmpty(s_publish.Errors, s_publish.ToString());
        Assert.IsEmpty(s_publish.Warnings, s_publish.ToString());
    }

    [TestMethod]
    public void Nothing_is_compiled_on_the_host()
    {
        Assert.IsEmpty(Directory.EnumerateDirectories(s_shop.Root, "bin", SearchOption.AllDirectories));
        Assert.IsEmpty(Directory.EnumerateDirectories(s_shop.Root, "publish", SearchOption.AllDirectories));
        Assert.IsEmpty(Directory.EnumerateFiles(s_shop.Root, "*.dll", SearchOption.AllDirectories));
    }

    [TestMethod]
    [DataRow("Dockerfile")]
    [DataRow("Dockerfile.dockerignore")]
    [DataRow("facts.json")]
    [DataRow("size.json")]
    public void What_it_found_and_made_lies_under_obj(string file) =>
        Assert.IsTrue(File.Exists(Path.Combine(s_shop.Pipeline(), file)), $"There is no {file} in {s_shop.Pipeline()}.");

    [TestMethod]
    public async Task The_image_is_tagged_latest_and_nothing_else() =>
        Assert.AreEqual("latest", string.Join(' ', await Daemon.TagsAsync(s_shop.ImageName)));

    [TestMethod]
    public async Task The_app_answers()
    {
        var answer = JsonNode.Parse(await s_container.GetAsync("/"))!;

        Assert.AreEqual("Welcome to the shop; it runs in a container.", (string?)answer["greeting"]);
        Assert.AreEqual(5, (int?)answer["products"]);
        Assert.AreEqual("Healthy", await s_container.GetAsync("/health"));
    }

    [TestMethod]
    public async Task A_static_page_and_a_linked_file_are_in_it()
    {
        Assert.Contains("About the shop", await s_container.GetAsync("/about.html"));
        Assert.AreEqual("""["DE","FR","GB","JP"]""", await s_container.GetAsync("/countries"));
    }

    [TestMethod]
    public async Task The_app_does_not_run_as_root()
    {
        Assert.AreNotEqual("0", await s_container.ExecuteAsync("id", "-u"));
        Assert.AreNotEqual("", (string?)s_config["User"]);
    }

    [TestMethod]
    public void It_starts_the_app_in_its_folder()
    {
        Assert.AreEqual("/app", ((string?)s_config["WorkingDir"])?.TrimEnd('/'));
        Assert.AreEqual("""["dotnet","/app/Shop.Web.dll"]""", s_config["Entrypoint"]?.ToJsonString());
    }

    [TestMethod]
    public void It_exposes_the_port_of_the_base_image() => Assert.AreEqual("""{"8080/tcp":{}}""", s_config["ExposedPorts"]?.ToJsonString());

    [TestMethod]
    public void The_projects_environment_is_in_it() =>
        Assert.Contains(
            "Shop__Greeting=Welcome to the shop; it runs in a container.",
            s_config["Env"]!.AsArray().Select(variable => (string?)variable)
        );

    [TestMethod]
    [DataRow("shop.team", "storefront")]
    [DataRow("org.opencontainers.image.authors", "Shop.Web")]
    [DataRow("org.opencontainers.image.version", "1.4.0")]
    [DataRow("org.opencontainers.image.base.name", "mcr.microsoft.com/dotnet/aspnet:10.0")]
    public void It_is_labelled(string label, string value) => Assert.AreEqual(value, (string?)s_config["Labels"]?[label]);

    [TestMethod]
    public async Task Neither_sources_nor_symbols_of_the_sdk_are_in_it()
    {
        var files = await Daemon.FilesAsync($"{s_shop.ImageName}:latest", "/app");

        Assert.IsTrue(files.ContainsKey("app/Shop.Storage.dll"), string.Join(' ', files.Keys));
        Assert.IsEmpty(
            files.Keys.Where(file =>
                file.EndsWith(".cs", StringComparison.Ordinal) || file.Contains("MultiStage", StringComparison.Ordinal)
            )
        );
    }
}
