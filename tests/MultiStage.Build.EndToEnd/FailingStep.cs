using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class FailingStep : EndToEndTest
{
    [TestMethod]
    public async Task A_mistake_in_a_source_file_is_told_where_it_is_on_this_machine()
    {
        var web = await SingleWebAsync();
        web.EditFile("Program.cs", text => text + "app.NoSuchMethod();\n");

        var publish = await web.PublishAsync();

        Assert.AreNotEqual(0, publish.ExitCode, publish.ToString());
        Assert.AreEqual("CS1061 MULTISTAGE3002", string.Join(' ', publish.Errors.Select(error => error.Code)), publish.ToString());
        Assert.AreEqual(
            (Path.Combine(web.Root, "Program.cs"), 4, 5),
            (publish.Errors[0].File, publish.Errors[0].Line, publish.Errors[0].Column)
        );
        Assert.Contains("RUN dotnet publish SingleWeb.csproj", publish.Errors[1].Text);
        Assert.IsEmpty(await Daemon.TagsAsync(web.ImageName));
    }

    [TestMethod]
    public async Task What_the_step_said_stands_above_the_error()
    {
        var web = await SingleWebAsync();
        web.Insert(
            "SingleWeb.csproj",
            """<Target Name="Fail" BeforeTargets="CoreCompile"><Exec Command="echo the cause is this; exit 7" /></Target>"""
        );

        var publish = await web.PublishAsync();

        Assert.Contains("MULTISTAGE3002", publish.Errors.Select(error => error.Code), publish.ToString());
        Assert.Contains("the cause is this", publish.Output[..publish.Output.IndexOf("MULTISTAGE3002", StringComparison.Ordinal)]);
    }
}
