using MultiStage.Build.Pipeline.Exploring;

namespace MultiStage.Build.Tests.Pipeline;

[TestClass]
public sealed class RestoredFilesTests
{
    [TestMethod]
    public void What_a_restore_wrote_for_a_project_and_its_references_is_put_back_to_the_byte_and_the_second()
    {
        using var folder = new TempFolder();
        var app = Write(folder, "app/obj/project.assets.json", "before");
        var library = Write(folder, "library/obj/Library.csproj.nuget.g.props", "before");
        var time = File.GetLastWriteTimeUtc(app);
        var output = Path.Combine(folder.Path, "library", "obj") + "/";
        Write(
            folder,
            "app/obj/App.csproj.nuget.dgspec.json",
            $$"""{ "projects": { "x": { "restore": { "outputPath": "{{output}}" } } } }"""
        );

        using (RestoredFiles.Remember(Path.Combine(folder.Path, "app", "App.csproj"), Path.Combine(folder.Path, "app", "obj") + "/"))
        {
            File.WriteAllText(app, "after");
            File.Delete(library);
            Write(folder, "library/obj/project.nuget.cache", "new");
            Write(folder, "library/obj/other.json", "someone's");
        }

        Assert.AreEqual("before", File.ReadAllText(app));
        Assert.AreEqual(time, File.GetLastWriteTimeUtc(app));
        Assert.AreEqual("before", File.ReadAllText(library));
        Assert.IsFalse(File.Exists(Path.Combine(folder.Path, "library/obj/project.nuget.cache")));
        Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "library/obj/other.json")));
    }

    private static string Write(TempFolder folder, string path, string text)
    {
        var file = Path.Combine(folder.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
