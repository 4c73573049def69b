using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tests.Projects;

/// <summary>For which platform, and how, the container publishes a project.</summary>
[TestClass]
public sealed class PublishChoiceTests
{
    private static readonly PublishSettings s_plain = new()
    {
        Machine = "linux-x64",
        Configuration = "Debug",
        FrameworkVersion = "10.0",
    };

    [TestMethod]
    public void A_project_that_chooses_nothing_runs_on_the_builders_own_platform()
    {
        Assert.AreEqual(new PublishChoice("", "linux-x64", "Release", false), PublishChoice.Of(s_plain));
    }

    [TestMethod]
    [DataRow("linux-x64", "linux-x64")]
    [DataRow("osx-arm64", "linux-arm64")]
    [DataRow("win-x64", "linux-x64")]
    [DataRow("linux-musl-arm64", "linux-arm64")]
    public void The_assumed_platform_is_Linux_on_this_machines_processor(string machine, string expected)
    {
        Assert.AreEqual(expected, PublishChoice.Of(s_plain with { Machine = machine }).RuntimeIdentifier);
    }

    [TestMethod]
    public void ContainerRuntimeIdentifier_wins_over_the_others()
    {
        var settings = s_plain with { RuntimeIdentifier = "linux-x64", PublishRuntimeIdentifier = "linux-x86" };
        Assert.AreEqual("linux-x64", PublishChoice.Of(settings).Chosen);
        Assert.AreEqual("linux-arm64", PublishChoice.Of(settings with { ContainerRuntimeIdentifier = "linux-arm64" }).Chosen);
        Assert.AreEqual("linux-x86", PublishChoice.Of(settings with { RuntimeIdentifier = "" }).Chosen);
    }

    [TestMethod]
    public void What_the_SDK_inferred_is_no_choice()
    {
        var inferred = s_plain with { RuntimeIdentifier = "linux-x64", RuntimeIdentifiers = ["linux-x64"], UsesCurrent = true };
        Assert.AreEqual("", PublishChoice.Of(inferred).Chosen);
        var byPublish = s_plain with { RuntimeIdentifier = "linux-x64", PublishRuntimeIdentifier = "linux-x64", UsesDefault = true };
        Assert.AreEqual("", PublishChoice.Of(byPublish).Chosen);
    }

    [TestMethod]
    public void Of_a_list_one_is_a_choice_and_several_are_all_built()
    {
        Assert.AreEqual("linux-arm64", PublishChoice.Of(s_plain with { ContainerRuntimeIdentifiers = ["linux-arm64"] }).Chosen);
        Assert.AreEqual("linux-arm64", PublishChoice.Of(s_plain with { RuntimeIdentifiers = ["linux-arm64", "linux-arm64"] }).Chosen);
        var several = s_plain with { ContainerRuntimeIdentifiers = ["linux-x64", "linux-arm64"] };
        CollectionAssert.AreEqual((string[])["linux-x64", "linux-arm64"], PublishChoice.Of(several).Several.ToArray());
        Assert.AreEqual("", PublishChoice.Of(several).Chosen);
        Failure.Of(Codes.SeveralRuntimeIdentifiers, () =>
            PublishChoice.Of(s_plain with { ContainerRuntimeIdentifiers = ["linux-arm64", "linux-x64", "linux-musl-x64"] })
        );
        // One of the project's own chooses among them.
        Assert.AreEqual("linux-x64", PublishChoice.Of(several with { ContainerRuntimeIdentifier = "linux-x64" }).Chosen);
    }

    [TestMethod]
    public void Alpine_and_static_programs_are_published_for_musl()
    {
        foreach (
            var settings in new[]
            {
                s_plain with
                {
                    Family = "alpine",
                },
                s_plain with
                {
                    BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0-alpine",
                },
                s_plain with
                {
                    IsStatic = true,
                },
            }
        )
        {
            Assert.AreEqual(new PublishChoice("", "linux-musl-x64", "Release", false), PublishChoice.Of(settings));
        }
    }

    [TestMethod]
    public void The_configuration_is_the_one_that_dotnet_publish_takes()
    {
        Assert.AreEqual("Debug", PublishChoice.Of(s_plain with { IsPublishing = true }).Configuration);
        Assert.AreEqual("Debug", PublishChoice.Of(s_plain with { KeepsDebug = true }).Configuration);
        Assert.AreEqual("Staging", PublishChoice.Of(s_plain with { Configuration = "Staging" }).Configuration);
    }

    [TestMethod]
    public void Before_NET_8_an_assumed_runtime_identifier_must_not_make_an_app_self_contained()
    {
        var old = s_plain with { FrameworkVersion = "7.0" };
        Assert.IsTrue(PublishChoice.Of(old).SaysFrameworkDependent);
        Assert.IsFalse(PublishChoice.Of(old with { AsksForRuntime = true }).SaysFrameworkDependent);
        Assert.IsFalse(PublishChoice.Of(old with { RuntimeIdentifier = "linux-x64" }).SaysFrameworkDependent);
        Assert.IsFalse(PublishChoice.Of(s_plain).SaysFrameworkDependent);
    }
}
