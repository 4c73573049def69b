using MultiStage.Build.Pipeline.InBuilder;

namespace MultiStage.Build.Tests.Pipeline;

/// <summary>How what was published is arranged for the layers of an image.</summary>
[TestClass]
public sealed class PublishedFilesTests
{
    private static readonly DateTime s_old = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [TestMethod]
    public void What_packages_brought_is_parted_from_the_app_and_all_files_are_dated()
    {
        using var folder = new TempFolder();
        folder.Write("publish/App.dll", "app");
        folder.Write("publish/de/Package.resources.dll", "package");
        folder.Write("publish/App.staticwebassets.endpoints.json", """{"Name":"Last-Modified","Value":"Wed, 25 Nov 2026 11:11:16 GMT"}""");

        PublishedFiles.Split(folder["publish"], folder["packages"], ["de/Package.resources.dll", "bundled.dll"]);
        PublishedFiles.Date(folder["publish"], s_old);

        Assert.IsTrue(File.Exists(folder["packages/de/Package.resources.dll"]));
        Assert.IsFalse(Directory.Exists(folder["publish/de"]));
        Assert.AreEqual(s_old, File.GetLastWriteTimeUtc(folder["publish/App.dll"]));
        Assert.Contains("Sat, 01 Jan 2000 00:00:00 GMT", File.ReadAllText(folder["publish/App.staticwebassets.endpoints.json"]));
    }
}
