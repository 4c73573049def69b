using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Tests.Stages;

[TestClass]
public sealed class SecretTests
{
    private static readonly ProjectItem s_npm = Items.Item("ContainerSecret", "npm", ("Env", "NPM_TOKEN"));

    private static readonly ProjectItem s_feed = Items.Item("ContainerSecret", "feed.key", ("Source", "keys/feed"));

    [TestMethod]
    public void Every_restore_and_publish_mounts_the_secrets_and_the_header_says_how_to_give_them()
    {
        var facts = Items.Add(Samples.Checked, s_npm, s_feed);

        var text = DockerfileWriter.Write(Items.Plan(facts), "Dockerfile");

        Assert.Contains(" --secret id=npm,env=NPM_TOKEN --secret id=feed.key,src=keys/feed .\n", text);
        var steps = DockerfileLexer.Read(text).Instructions.Where(instruction => instruction.Keyword == "RUN").ToList();
        foreach (var step in steps.Where(step => step.Arguments.Contains("dotnet ", StringComparison.Ordinal)))
        {
            var runsTests = step.Arguments.Contains("--no-build", StringComparison.Ordinal);
            Assert.AreEqual(!runsTests, step.Flags.Contains("--mount=type=secret,id=npm"), step.Arguments);
            Assert.AreEqual(!runsTests, step.Flags.Contains("--mount=type=secret,id=feed.key"), step.Arguments);
        }
    }

    [TestMethod]
    public void A_file_that_holds_a_secret_is_never_sent()
    {
        var facts = Items.Add(Samples.Web, s_feed);
        Assert.EndsWith("\n# What ContainerSecret items name\nkeys/feed\n", DockerignoreWriter.Write(facts, []));
    }

    [TestMethod]
    [DataRow("npm", "", "", "has neither Env nor Source")]
    [DataRow("npm", "A", "b", "has both Env and Source")]
    [DataRow("a,b", "A", "", "has an id that no step can name")]
    public void A_secret_that_cannot_be_used_is_one_error(string id, string variable, string source, string why)
    {
        var item = Items.Item("ContainerSecret", id, ("Env", variable), ("Source", source));
        var failure = Assert.ThrowsExactly<MultiStageException>(() => Items.Plan(Items.Add(Samples.Web, item)));
        Assert.AreSame(Codes.SecretUnusable, failure.Diagnostic.Descriptor);
        Assert.Contains(why, failure.Message);
    }

    [TestMethod]
    public void Two_secrets_of_one_id_and_unknown_metadata_are_errors()
    {
        Assert.AreSame(
            Codes.SecretUnusable,
            Assert.ThrowsExactly<MultiStageException>(() => Items.Plan(Items.Add(Samples.Web, s_npm, s_npm))).Diagnostic.Descriptor
        );
        var misspelt = Items.Item("ContainerSecret", "npm", ("Evn", "A"));
        Assert.AreSame(
            Codes.MetadataUnknown,
            Assert.ThrowsExactly<MultiStageException>(() => Items.Plan(Items.Add(Samples.Web, misspelt))).Diagnostic.Descriptor
        );
    }

    [TestMethod]
    public void What_is_mounted_and_not_given_or_given_and_not_mounted_is_a_warning()
    {
        var mounts = SessionMounts.Read(
            """
            FROM busybox
            RUN --mount=type=secret,target=/etc/pip.conf --mount=type=secret,id=npm,env=A true
            RUN --mount=type=ssh --mount=type=secret,id=$X true
            """
        );

        Assert.AreEqual("line 2 of the Dockerfile mounts a secret", mounts.Need);
        CollectionAssert.AreEqual(new[] { "default" }, mounts.SshAgents.Keys.ToList());
        CollectionAssert.AreEqual(
            new[] { (Codes.SecretUnused, "feed.key"), (Codes.SecretNotGiven, "pip.conf") },
            mounts
                .Warnings([s_npm, s_feed], [new PlanSecret("npm"), new PlanSecret("feed.key")])
                .Select(warning => (warning.Descriptor, warning.Message.Split('\'')[1]))
                .ToList()
        );
        Assert.IsNull(SessionMounts.Read("FROM busybox\nRUN --mount=type=cache,target=/x true\n").Need);
        Assert.AreEqual(
            "line 2 of the Dockerfile mounts an ssh agent",
            SessionMounts.Read("FROM busybox\nRUN --mount=type=ssh true\n").Need
        );
    }

    [TestMethod]
    public void A_secret_without_a_value_is_an_error_before_the_build()
    {
        using var folder = new TempFolder();
        folder.Write("keys/feed", "hidden");
        var facts = Items.Add(Samples.Web, Items.Item("ContainerSecret", "npm", ("Env", "MULTISTAGE_NOT_SET")), s_feed);
        facts = facts with { Closure = facts.Closure with { Context = folder.Path, Project = "App.csproj" } };
        var plan = new BuildPlan("App.csproj", []) { Secrets = BuildPlanner.Given(facts).Secrets };

        var given = GivenSecrets.Of(facts, plan, SessionMounts.Read("FROM a\nRUN --mount=type=secret,id=feed.key true\n")).Single();
        Assert.AreEqual(System.IO.Path.Combine(folder.Path, "keys", "feed"), given.File);

        var mounts = SessionMounts.Read("FROM a\nRUN --mount=type=secret,id=npm true\n");
        var failure = Assert.ThrowsExactly<MultiStageException>(() => GivenSecrets.Of(facts, plan, mounts));
        Assert.AreSame(Codes.SecretHasNoValue, failure.Diagnostic.Descriptor);
        Assert.Contains("MULTISTAGE_NOT_SET is not set", failure.Message);

        File.Delete(given.File!);
        failure = Assert.ThrowsExactly<MultiStageException>(() =>
            GivenSecrets.Of(facts, plan, SessionMounts.Read("FROM a\nRUN --mount=type=secret,id=feed.key true\n"))
        );
        Assert.Contains("there is no file", failure.Message);
    }
}
