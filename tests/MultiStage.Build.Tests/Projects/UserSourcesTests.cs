using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class UserSourcesTests
{
    private const string Company = """<add key="company" value="https://packages.company.example/v3/index.json" />""";

    [TestMethod]
    [DataRow(Company, null, "company")]
    [DataRow(Company + """<add key="team" value="/feeds/team" />""", null, "company, team")]
    [DataRow(Company, """<packageSources><add key="here" value="./feed" /></packageSources>""", "company")]
    [DataRow(
        Company,
        """<packageSources><add key="named" value="https://packages.company.example/v3/index.json" /></packageSources>""",
        null
    )]
    [DataRow(Company, "<packageSources><clear /></packageSources>", null)]
    [DataRow("""<add key="default" value="https://default.example/v3/index.json" />""", null, null)]
    [DataRow("", null, null)]
    public void The_sources_that_this_user_alone_has_are_named_with_their_file(string user, string? repository, string? expected)
    {
        using var folder = new TempFolder();
        var file = folder.Write("home/NuGet.Config", $"<configuration><packageSources>{user}</packageSources></configuration>");
        folder.Write("repository/a.txt");
        if (repository is not null)
        {
            folder.Write("repository/NuGet.config", $"<configuration>{repository}</configuration>");
        }

        var told = UserSources.Missing(
            folder["repository"],
            [folder.Write("home/torn.config", "<configuration"), folder["home/gone.config"], file],
            "https://default.example/v3/index.json"
        );

        Assert.AreEqual(expected is null ? null : Codes.SourcesOfTheUser.With(file, expected).Message, told?.Message);
    }

    [TestMethod]
    public void A_source_that_is_switched_off_is_none()
    {
        using var folder = new TempFolder();
        var file = folder.Write(
            "NuGet.Config",
            $"""<configuration><packageSources>{Company}</packageSources><disabledPackageSources><add key="company" value="true" /></disabledPackageSources></configuration>"""
        );
        Assert.IsNull(UserSources.Missing(folder.Path + "/nowhere", [file]));
    }

    [TestMethod]
    [DataRow("NU1101", true)]
    [DataRow("NU1102", true)]
    [DataRow("NU1605", false)]
    [DataRow("CS0246", false)]
    public void Only_a_package_that_is_not_found_is_a_reason(string code, bool expected) =>
        Assert.AreEqual(expected, UserSources.Misses(code));
}
