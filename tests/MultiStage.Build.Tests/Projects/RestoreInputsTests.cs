using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class RestoreInputsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Of_each_folder_up_to_the_context_the_one_NuGet_configuration_that_NuGet_reads_is_found()
    {
        foreach (
            var path in new[]
            {
                "nuget.config",
                "src/NuGet.Config",
                "src/NuGet.config",
                "src/App/NUGET.CONFIG",
                "src/Other/nuget.config",
                "src/App/sub/nuget.config",
                "src/App/my.nuget.config",
            }
        )
        {
            _folder.Write("repo/" + path, "<configuration/>");
        }

        _folder.Write("nuget.config", "<configuration/>");
        AssertFiles("nuget.config, src/NuGet.config");
    }

    [TestMethod]
    public void A_NuGet_configuration_that_Linux_would_not_read_is_an_error_where_this_machine_reads_it()
    {
        RestoreInputs.RequireNamesOfLinux(["global.json", "nuget.config", "src/NuGet.config", "src/App/NuGet.Config"]);

        var error = Failure.Of(Codes.ConfigurationNameNotLinux, () =>
            RestoreInputs.RequireNamesOfLinux(["nuget.config", "src/NUGET.config"])
        );
        Assert.StartsWith("NuGet reads 'src/NUGET.config' on this machine but not in the container", error.Message);
    }

    [TestMethod]
    public void What_the_SDK_and_NuGet_read_beside_projects_is_found()
    {
        foreach (
            var path in new[]
            {
                "global.json",
                ".config/dotnet-tools.json",
                "src/.config/dotnet-tools.json",
                "src/App/dotnet-tools.json",
                "src/App/packages.lock.json",
                "src/App/packages.App.lock.json",
                "packages.lock.json",
                "src/App/package-lock.json",
                "src/Global.json",
                ".config/other.json",
                "App.sln",
            }
        )
        {
            _folder.Write("repo/" + path, "{}");
        }

        AssertFiles(
            ".config/dotnet-tools.json, global.json, src/.config/dotnet-tools.json, src/App/dotnet-tools.json, "
                + "src/App/packages.App.lock.json"
        );
    }

    [TestMethod]
    public void Local_feeds_are_found_however_they_are_written()
    {
        foreach (var feed in new[] { "feeds/one", "feeds/a b", "feeds/three", "src/four", "feeds/unused" })
        {
            _folder.Folder("repo/" + feed);
        }

        _folder.Write(
            "repo/nuget.config",
            Sources(
                "./feeds/one/",
                @"feeds\a b",
                new Uri(_folder["repo/feeds/three"]).AbsoluteUri,
                "https://example.com/v3/index.json",
                "feeds/missing",
                ""
            )
        );
        _folder.Write("repo/src/nuget.config", Sources("four", "../feeds/one"));
        AssertFeeds("feeds/a b, feeds/one, feeds/three, src/four");
    }

    [TestMethod]
    public void A_configuration_that_a_property_names_is_read_whatever_it_is_called()
    {
        _folder.Folder("repo/eng/feed");
        var named = _folder.Write("repo/eng/restore.xml", Sources("feed"));
        var other = _folder.Write("repo/eng/other.bin", "\0");
        Assert.AreEqual("eng/feed", string.Join(", ", new RestoreInputs(_folder["repo"], [], [named, other]).LocalFeeds));
    }

    [TestMethod]
    public void A_feed_may_be_named_by_an_environment_variable()
    {
        Environment.SetEnvironmentVariable("MULTISTAGE_TEST_FEED", _folder.Folder("repo/feed"));
        _folder.Write("repo/nuget.config", Sources("%MULTISTAGE_TEST_FEED%"));
        AssertFeeds("feed");
    }

    [TestMethod]
    public void The_root_of_the_context_may_be_a_feed()
    {
        _folder.Write("repo/nuget.config", Sources("."));
        AssertFeeds(".");
    }

    [TestMethod]
    public void A_feed_outside_the_context_is_an_error_that_names_the_configuration()
    {
        var feed = _folder.Folder("feed");
        var configuration = _folder.Write("repo/nuget.config", Sources("../feed"));
        Assert.AreEqual(
            $"'{feed}', which '{configuration}' reads, is outside the build context '{_folder["repo"]}'. Set ContainerBuildContext to a "
                + $"folder that holds both, such as '{_folder.Path}'.",
            Failure.Of(Codes.InputOutsideContext, () => Read()).Message
        );
    }

    [TestMethod]
    public void A_feed_that_no_restore_asks_is_none()
    {
        _folder.Folder("outside");
        foreach (var feed in new[] { "a", "b", "c" })
        {
            _folder.Folder("repo/" + feed);
        }

        _folder.Write(
            "repo/nuget.config",
            """
            <configuration>
              <packageSources><add key="off" value="../outside" /><add key="on" value="a" /></packageSources>
              <disabledPackageSources><add key="OFF" value="true" /><add key="on" value="true" /></disabledPackageSources>
            </configuration>
            """
        );
        _folder.Write(
            "repo/src/nuget.config",
            """<configuration><disabledPackageSources><add key="on" value="false" /></disabledPackageSources></configuration>"""
        );
        AssertFeeds("a");

        _folder.Write(
            "repo/src/App/nuget.config",
            """<configuration><packageSources><clear /><add key="own" value="../../b" /></packageSources><fallbackPackageFolders><add key="f" value="../../c" /></fallbackPackageFolders></configuration>"""
        );
        AssertFeeds("b, c");
    }

    [TestMethod]
    [DataRow("not xml")]
    [DataRow("<configuration><packageSources/></configuration>")]
    [DataRow("<configuration><packageSources><add key='x'/><clear/></packageSources></configuration>")]
    public void A_configuration_without_readable_sources_is_still_an_input(string text)
    {
        _folder.Write("repo/nuget.config", text);
        AssertFiles("nuget.config");
        AssertFeeds("");
    }

    private RestoreInputs Read()
    {
        _folder.Write("repo/src/App/App.csproj");
        return new(_folder["repo"], [new ClosureProject("src/App/App.csproj", [])]);
    }

    private void AssertFiles(string expected) => Assert.AreEqual(expected, string.Join(", ", Read().Files.Order(StringComparer.Ordinal)));

    private void AssertFeeds(string expected) =>
        Assert.AreEqual(
            expected,
            string.Join(", ", Read().LocalFeeds.Select(feed => feed.Length == 0 ? "." : feed).Distinct().Order(StringComparer.Ordinal))
        );

    private static string Sources(params string[] values) =>
        $"<configuration><packageSources>{string.Concat(values.Select((value, i) => $"<add key=\"{i}\" value=\"{value}\" />"))}</packageSources></configuration>";
}
