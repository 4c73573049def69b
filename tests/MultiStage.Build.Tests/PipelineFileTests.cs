using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests;

[TestClass]
public sealed class PipelineFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Facts_and_plans_come_back_as_they_were()
    {
        foreach (
            var facts in new[]
            {
                Samples.Web,
                Samples.EightProjects,
                Samples.Aot,
                Samples.Alpine,
                Samples.Stamped,
                Samples.Nasty,
                Samples.Many,
            }
        )
        {
            AssertComesBack(facts);
            AssertComesBack(BuildPlanner.Plan(facts, new PlanTarget.BuildKit()));
        }
    }

    [TestMethod]
    public void What_may_be_null_may_be_missing()
    {
        AssertComesBack(new BuiltImage("sha256:0", "runtime", null, []) { Engine = EngineKind.Docker });
        AssertComesBack(new BuiltImage("sha256:0", "runtime", "base", ["a:1"]) { Push = true, Engine = EngineKind.Docker });
    }

    [TestMethod]
    public void A_file_is_text_that_people_can_read()
    {
        PipelineFile.Write(_folder["a.json"], new NameValue("ü <&'+>", "x"));
        Assert.AreEqual("{\n  \"name\": \"ü <&'+>\",\n  \"value\": \"x\"\n}\n", File.ReadAllText(_folder["a.json"]));
        Assert.AreEqual((byte)'{', File.ReadAllBytes(_folder["a.json"])[0]);
    }

    [TestMethod]
    public void A_file_that_says_the_same_already_is_not_touched()
    {
        Assert.IsTrue(PipelineFile.WriteText(_folder["deep/er/a.txt"], "a"));
        var past = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder["deep/er/a.txt"], past);
        Assert.IsFalse(PipelineFile.WriteText(_folder["deep/er/a.txt"], "a"));
        Assert.AreEqual(past, File.GetLastWriteTimeUtc(_folder["deep/er/a.txt"]));
        Assert.IsTrue(PipelineFile.WriteText(_folder["deep/er/a.txt"], "b"));
        Assert.AreEqual("b", File.ReadAllText(_folder["deep/er/a.txt"]));
    }

    [TestMethod]
    public void A_reader_never_sees_half_a_file_and_nothing_else_is_left_behind()
    {
        var texts = new[] { new string('a', 3_000_000), new string('b', 3_000_000) };
        PipelineFile.WriteText(_folder["a.txt"], texts[0]);
        var writer = Task.Run(() =>
        {
            for (var i = 1; i <= 20; i++)
            {
                PipelineFile.WriteText(_folder["a.txt"], texts[i % 2]);
            }
        });
        var reads = 0;
        while (!writer.IsCompleted)
        {
            var text = File.ReadAllText(_folder["a.txt"]);
            Assert.IsTrue(text == texts[0] || text == texts[1], $"A reader saw {text.Length} characters.");
            reads++;
        }

        writer.GetAwaiter().GetResult();
        Assert.IsGreaterThan(0, reads);
        Assert.AreEqual("a.txt", Path.GetFileName(Assert.ContainsSingle(Directory.GetFileSystemEntries(_folder.Path))));
    }

    [TestMethod]
    public void A_write_that_fails_is_told_and_leaves_nothing_behind()
    {
        _folder.Write("a/occupied");
        var diagnostic = Failure.Of(Codes.FileNotWritten, () => PipelineFile.WriteText(_folder["a"], "text"));
        Assert.Contains(_folder["a"], diagnostic.Message);
        Assert.AreEqual("a", Path.GetFileName(Assert.ContainsSingle(Directory.GetFileSystemEntries(_folder.Path))));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("{}")]
    [DataRow("""{ "closure": null, "publish": null, "container": null }""")]
    [DataRow(
        """{ "closure": { "context": "/", "project": "p", "projects": null, "restoreInputs": [] }, "publish": { "configuration": "c" }, "container": { "sdkImage": "s", "baseImage": "b", "repository": "r", "tags": [] } }"""
    )]
    public void A_damaged_file_is_an_error_that_names_the_target_that_writes_it(string text)
    {
        var path = _folder.Write("facts.json", text);
        var message = Failure
            .Of(Codes.PipelineFileUnusable, () => PipelineFile.Read<ProjectFacts>(path, "GenerateMultiStageDockerfile"))
            .Message;
        Assert.StartsWith($"'{path}' cannot be read: ", message);
        Assert.EndsWith("Run the target GenerateMultiStageDockerfile, which writes it.", message);
    }

    [TestMethod]
    public void A_file_that_was_cut_short_anywhere_is_an_error()
    {
        PipelineFile.Write(_folder["whole.json"], BuildPlanner.Plan(Samples.Nasty, new PlanTarget.BuildKit()));
        var whole = File.ReadAllText(_folder["whole.json"]).TrimEnd();
        for (var length = 0; length < whole.Length; length += 97)
        {
            var path = _folder.Write("cut.json", whole[..length]);
            Failure.Of(Codes.PipelineFileUnusable, () => PipelineFile.Read<BuildPlan>(path, "x"));
        }
    }

    [TestMethod]
    public void A_missing_file_is_the_same_error() =>
        Failure.Of(Codes.PipelineFileUnusable, () => PipelineFile.Read<ProjectFacts>(_folder["no/such.json"], "x"));

    // Records hold arrays, which compare by reference: the text is what must not change.
    private void AssertComesBack<T>(T value)
    {
        PipelineFile.Write(_folder["first.json"], value);
        PipelineFile.Write(_folder["second.json"], PipelineFile.Read<T>(_folder["first.json"], "x"));
        Assert.AreEqual(File.ReadAllText(_folder["first.json"]), File.ReadAllText(_folder["second.json"]));
    }
}
