using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Pipeline;

[TestClass]
public sealed class HostPublishTests
{
    [TestMethod]
    public void Nothing_of_an_earlier_publish_is_left_in_the_folder()
    {
        using var folder = new TempFolder();
        var publish = new HostPublish(folder["obj/container"]);
        folder.Write("obj/container/app/wwwroot/gone.js");
        folder.Write("obj/container/packages/Gone.dll");

        publish.RequireOwn(publish.Begin());

        Assert.IsEmpty(Directory.EnumerateFiles(publish.Folder, "*", SearchOption.AllDirectories));
        Assert.IsTrue(Directory.Exists(publish.App) && Directory.Exists(publish.Packages));
    }

    [TestMethod]
    public void A_publish_that_another_one_has_begun_over_is_an_error()
    {
        using var folder = new TempFolder();
        var publish = new HostPublish(folder["obj/container"]);
        var first = publish.Begin();
        var second = publish.Begin();

        publish.RequireOwn(second);
        Failure.Of(Codes.PublishedTwice, () => publish.RequireOwn(first));
    }

    [TestMethod]
    public void The_folder_lies_in_the_context_or_that_is_an_error()
    {
        using var folder = new TempFolder();
        var facts = Samples.Web with { Closure = Samples.Web.Closure with { Context = folder["repo"] } };

        var inside = new HostPublish(folder["repo/src/obj/container"]).Apply(facts);
        Assert.AreEqual("src/obj/container", inside.PublishedFolder);
        Assert.IsEmpty(inside.Inputs.Projects);
        Assert.IsEmpty(inside.Inputs.RestoreInputs);
        Failure.Of(Codes.PublishedOutsideContext, () => new HostPublish(folder["out/container"]).Apply(facts));
    }

    [TestMethod]
    public void A_context_that_nobody_chose_is_wide_enough_for_the_folder()
    {
        using var folder = new TempFolder();
        folder.Folder("repo/.git");
        var project = folder.Write("repo/src/App.csproj");

        Assert.AreEqual(folder["repo"], new HostPublish(folder["repo/src/obj/container"]).Closure("", project).Context);
        var closure = new HostPublish(folder["artifacts/obj/App/container"]).Closure("", project);
        Assert.AreEqual(folder.Path, closure.Context);
        Assert.AreEqual("repo/src/App.csproj", closure.Project);
    }

    [TestMethod]
    public void It_publishes_as_the_container_would()
    {
        var publish = new PublishFacts
        {
            Configuration = "Release",
            RuntimeIdentifier = "linux-musl-arm64",
            TargetFramework = "net10.0",
            SelfContained = true,
            IsAot = true,
        };

        Assert.AreEqual(
            "PublishMultiStage=false _IsPublishing=true Configuration=Release RuntimeIdentifier=linux-musl-arm64 "
                + "_CommandLineDefinedRuntimeIdentifier=true TargetFramework=net10.0 SelfContained=true _CommandLineDefinedSelfContained=true "
                + "CopyOutputSymbolsToPublishDirectory=false",
            Text(publish)
        );
        Assert.Contains("SelfContained=false", Text(publish with { SelfContained = false, MustSayFrameworkDependent = true }));
        Assert.DoesNotContain("SelfContained", Text(publish with { SelfContained = false }));
        var some = ImmutableSortedDictionary<string, string>.Empty.Add("PublishTrimmed", "true");
        Assert.EndsWith(
            "BeforeMicrosoftNETSdkTargets=/repo/run/variant.targets _MultiStageVariantProject=/repo/src/App.csproj",
            Text(publish with { Variant = new("small", some, some) }).Replace('\\', '/')
        );
    }

    private static string Text(PublishFacts publish) =>
        string.Join(
            ' ',
            HostPublish
                .Properties(publish, new TargetRun("/repo/src/App.csproj", "/repo/run", null!))
                .Select(property => $"{property.Key}={property.Value}")
        );
}
