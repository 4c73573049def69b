using MultiStage.Build.Pipeline;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Reporting.Page;

namespace MultiStage.Build.Tests.Reporting;

/// <summary>The images of a solution together.</summary>
[TestClass]
public sealed class SolutionTableTests
{
    private static readonly SolutionImage[] s_images =
    [
        new("api:latest", TestReports.Passing, IsDelivered: true, "/repo/src/a b#1/size.html"),
        new("web:1.4.0", TestReports.Failing, IsDelivered: false, "/repo/src/web/size.html"),
        new("worker:latest", GrownReport.Report, IsDelivered: true, "/repo/src/worker/size.html"),
        new("Mail", null, IsDelivered: false, null),
    ];

    [TestMethod]
    public void Each_image_is_a_line_with_its_size_budget_and_change() =>
        Snapshot.Match("solution", "table.txt", SolutionTable.Of("Shop.slnx", s_images, "reports/Shop.images.html") + "\n");

    [TestMethod]
    public void A_column_that_says_nothing_is_left_out_and_text_commands_no_server()
    {
        var table = SolutionTable.Of(
            "##[group]a.slnx",
            [new("##vso[x]", TestReports.FromScratch, IsDelivered: true, null), new("b:1", TestReports.FromScratch, true, null)],
            "page"
        );

        Assert.AreEqual("# #[group]a.slnx: 2 images\n  image        size\n  # #vso[x]  1.4 MB\n  b:1        1.4 MB\n  report  page", table);
    }

    [TestMethod]
    public void The_page_links_the_report_of_each_image_and_runs_nothing()
    {
        var page = SolutionPage.Write("<b>.slnx", s_images, "/repo/reports");

        Assert.Contains("<a href=\"../src/a%20b%231/size.html\">api:latest</a>", page);
        Assert.Contains("<title>&lt;b&gt;.slnx: 4 images, 2 not delivered</title>", page);
        Assert.Contains("<tr><td>Mail</td>", page);
        Assert.DoesNotContain("<script", page);
        Assert.DoesNotContain("{{", page);
    }

    [TestMethod]
    public void The_projects_of_a_solution_have_the_properties_that_it_gives_them()
    {
        const string Contents = """
            <SolutionConfiguration>
              <ProjectConfiguration Project="{1}" AbsolutePath="/a/a.csproj" BuildProjectInSolution="True">Release|AnyCPU</ProjectConfiguration>
              <ProjectConfiguration Project="{2}" AbsolutePath="/a/b.csproj" BuildProjectInSolution="False">Release|AnyCPU</ProjectConfiguration>
              <ProjectConfiguration Project="{3}" AbsolutePath="/a/c.proj" BuildProjectInSolution="True">Debug</ProjectConfiguration>
            </SolutionConfiguration>
            """;

        Assert.AreEqual(
            "/a/a.csproj Configuration=Release;Platform=AnyCPU | /a/c.proj Configuration=Debug",
            string.Join(" | ", SolutionProject.Read(Contents).Select(project => $"{project.File} {project.Properties}"))
        );
    }
}
