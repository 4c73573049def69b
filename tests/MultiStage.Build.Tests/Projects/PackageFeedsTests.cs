using System.Xml.Linq;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class PackageFeedsTests
{
    private const string Default = "https://default.example/index.json";

    private static readonly string s_corp = Source("corp", "https://corp.example/index.json");

    [TestMethod]
    public void A_source_of_the_repository_gets_the_login_that_the_user_has_for_it()
    {
        using var folder = new TempFolder();
        Repository(folder, Sources(s_corp + Source("open", "https://open.example/index.json")));

        var feeds = Feeds(
            folder,
            Sources(Source("default", Default)) + Credentials("corp", "me", "hidden") + Credentials("other", "me", "x")
        );

        CollectionAssert.AreEqual(new[] { "corp" }, feeds.Names.ToList());
        var configuration = XElement.Parse(feeds.Configuration()!);
        CollectionAssert.AreEqual(
            new[] { "corp" },
            configuration.Element("packageSourceCredentials")!.Elements().Select(e => e.Name.LocalName).ToList()
        );
        Assert.Contains("hidden", configuration.ToString());
        Assert.IsFalse(configuration.Element("packageSources")!.HasElements);
        Assert.IsNull(configuration.Element("disabledPackageSources"));
        Assert.IsEmpty(feeds.Warnings());
    }

    [TestMethod]
    [DataRow("NuGetPackageSourceCredentials_corp", "Username=me;Password=a=b;c;ValidAuthenticationTypes=basic", "a=b;c")]
    [DataRow(
        "VSS_NUGET_EXTERNAL_FEED_ENDPOINTS",
        """{"endpointCredentials":[{"endpoint":"https://CORP.example/index.json","password":"p"}]}""",
        "p"
    )]
    [DataRow(
        "VSS_NUGET_EXTERNAL_FEED_ENDPOINTS",
        """{"endpointCredentials":[{"endpoint":"https://other.example/","password":"p"}]}""",
        null
    )]
    [DataRow("VSS_NUGET_EXTERNAL_FEED_ENDPOINTS", "nonsense", null)]
    public void A_login_may_be_in_the_environment(string name, string value, string? password)
    {
        using var folder = new TempFolder();
        Repository(folder, Sources(s_corp));
        var feeds = Feeds(folder, "", (name, value));
        Assert.AreEqual(
            password,
            feeds.Configuration() is { } text
                ? (string?)
                    XElement
                        .Parse(text)
                        .Descendants("add")
                        .Single(add => (string?)add.Attribute("key") == "ClearTextPassword")
                        .Attribute("value")
                : null
        );
    }

    [TestMethod]
    public void A_password_in_the_repository_is_a_warning_and_is_not_sent()
    {
        using var folder = new TempFolder();
        var text = $"<configuration>\n{Sources(s_corp)}\n{Credentials("corp", "me", "hidden")}</configuration>";
        Repository(folder, Sources(s_corp) + Credentials("corp", "me", "hidden") + Credentials("variable", "me", "%MULTISTAGE_NOT_SET%"));

        var feeds = Feeds(folder, "");

        var warning = feeds.Warnings().Single();
        Assert.AreSame(Codes.PasswordInRepository, warning.Descriptor);
        Assert.Contains("'nuget.config' holds a password for the package source 'corp'", warning.Message);
        Assert.AreEqual(2, warning.Location!.Line);
        Assert.Contains("hidden", feeds.Configuration()!);
        var sent = FeedCredentials.Without(text)!;
        Assert.DoesNotContain("hidden", sent);
        Assert.Contains("https://corp.example/index.json", sent);
        Assert.IsNull(FeedCredentials.Without($"<configuration>{Sources(s_corp)}</configuration>"));
        Assert.IsNull(FeedCredentials.Without("<apikeys"));
    }

    [TestMethod]
    public void A_variable_that_is_not_set_is_no_password()
    {
        using var folder = new TempFolder();
        Repository(folder, Sources(s_corp) + Credentials("corp", "me", "%MULTISTAGE_NOT_SET%"));
        Assert.IsEmpty(Feeds(folder, "").Names);
    }

    [TestMethod]
    public void A_source_that_only_the_user_names_goes_along_where_a_package_came_from_it()
    {
        using var folder = new TempFolder();
        Repository(folder, "");
        var packages = folder.Folder("packages");
        folder.Write("packages/a/1.0.0/.nupkg.metadata", """{ "source": "https://corp.example/index.json" }""");
        var user = Sources(s_corp + Source("unused", "https://unused.example/index.json")) + Credentials("corp", "me", "hidden");
        Assert.IsEmpty(Feeds(folder, user).Names);

        folder.Write(
            "App/obj/project.assets.json",
            $$"""{ "libraries": { "A/1.0.0": { "type": "package", "path": "a/1.0.0" } }, "packageFolders": { "{{packages}}/": {} } }"""
        );
        var feeds = Feeds(folder, user);

        CollectionAssert.AreEqual(new[] { "corp" }, feeds.Names.ToList());
        var configuration = XElement.Parse(feeds.Configuration()!);
        Assert.AreEqual(
            "https://corp.example/index.json",
            (string?)configuration.Element("packageSources")!.Elements().Single().Attribute("value")
        );
        // The user's own configuration does without the default source.
        Assert.AreEqual("nuget.org", (string?)configuration.Element("disabledPackageSources")!.Elements().Single().Attribute("key"));
    }

    [TestMethod]
    public void A_repository_that_clears_the_sources_has_none_of_the_user()
    {
        using var folder = new TempFolder();
        Repository(folder, Sources("<clear />" + Source("open", Default)));
        var packages = folder.Folder("packages");
        folder.Write("packages/a/1.0.0/.nupkg.metadata", """{ "source": "https://corp.example/index.json" }""");
        folder.Write(
            "App/obj/project.assets.json",
            $$"""{ "libraries": { "A/1.0.0": { "type": "package", "path": "a/1.0.0" } }, "packageFolders": { "{{packages}}/": {} } }"""
        );
        Assert.IsEmpty(Feeds(folder, Sources(s_corp) + Credentials("corp", "me", "hidden")).Names);
    }

    private static void Repository(TempFolder folder, string content) =>
        folder.Write("nuget.config", $"<configuration>{content}</configuration>");

    private static PackageFeeds Feeds(TempFolder folder, string user, params (string Name, string Value)[] variables)
    {
        var file = folder.Write("home/NuGet.Config", $"<configuration>{user}</configuration>");
        return new(
            new ClosureFacts
            {
                Context = folder.Path,
                Project = "App/App.csproj",
                Projects = [new("App/App.csproj", ["App/bin", "App/obj"])],
                RestoreInputs = ["App/App.csproj", "nuget.config"],
            },
            new NuGetHost([file], name => variables.FirstOrDefault(variable => variable.Name == name).Value, Default)
        );
    }

    private static string Source(string name, string address) => $"<add key=\"{name}\" value=\"{address}\" />";

    private static string Sources(string sources) => $"<packageSources>{sources}</packageSources>";

    private static string Credentials(string name, string user, string password) =>
        $"""
            <packageSourceCredentials>
              <{name}><add key="Username" value="{user}" /><add key="ClearTextPassword" value="{password}" /></{name}>
            </packageSourceCredentials>
            """;
}
