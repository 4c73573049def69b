using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class Target : EndToEndTest
{
    [TestMethod]
    public async Task A_stage_gets_a_tag_of_its_own_and_leaves_latest_alone()
    {
        var web = await SingleWebAsync();
        (await web.PublishAsync()).Succeeds();
        var latest = await Daemon.ImageIdAsync($"{web.ImageName}:latest");

        (await web.PublishAsync("-p:ContainerTarget=builder")).Succeeds();

        Assert.AreEqual("latest latest-builder", string.Join(' ', await Daemon.TagsAsync(web.ImageName)));
        Assert.AreEqual(latest, await Daemon.ImageIdAsync($"{web.ImageName}:latest"));
        Assert.AreNotEqual(latest, await Daemon.ImageIdAsync($"{web.ImageName}:latest-builder"));
    }

    [TestMethod]
    public async Task The_final_stage_by_its_name_is_what_is_built_without_one()
    {
        var web = await SingleWebAsync();

        (await web.PublishAsync("-p:ContainerTarget=runtime")).Succeeds();

        Assert.AreEqual("latest", string.Join(' ', await Daemon.TagsAsync(web.ImageName)));
    }

    [TestMethod]
    public async Task The_suffix_can_be_chosen()
    {
        var web = await SingleWebAsync();

        (await web.PublishAsync("-p:ContainerTarget=builder", "-p:ContainerTargetTagSuffix=.sdk", "-p:ContainerImageTag=7")).Succeeds();

        Assert.AreEqual("7.sdk", string.Join(' ', await Daemon.TagsAsync(web.ImageName)));
    }

    [TestMethod]
    public async Task An_unknown_stage_is_an_error_that_lists_the_stages()
    {
        var web = await SingleWebAsync();

        var error = (await web.PublishAsync("-p:ContainerTarget=tset")).FailsWith("MULTISTAGE2001");

        Assert.Contains("'tset'", error.Text);
        Assert.Contains("builder, runtime", error.Text);
        Assert.IsEmpty(await Daemon.TagsAsync(web.ImageName));
    }
}
