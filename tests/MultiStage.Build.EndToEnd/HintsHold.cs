using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>Whoever follows the hints gets what they say, within a tenth.</summary>
[TestClass]
public sealed class HintsHold : EndToEndTest
{
    // Every hint is about as much, so that one that does not hold is far more than a tenth of the sum.
    private const int Bytes = 1_400_000;

    [TestMethod]
    public async Task What_an_app_has_too_much_of_goes_when_its_hints_are_followed()
    {
        var web = await SingleWebAsync();
        web.Insert(web.ProjectFile, """<ItemGroup><PackageReference Include="Humanizer" Version="2.14.1" /></ItemGroup>""");
        // What the project says in another language is there on purpose.
        web.Write("Texts.de.resx", Texts(Bytes / 2));
        web.Write("Large.cs", Methods(8_000));
        web.Write("wwwroot/js/site.js", "alert(1);\n//# sourceMappingURL=site.js.map\n");
        web.Write("wwwroot/js/site.js.map", Noise(Bytes / 2));
        web.Write("runtimes/win-x64/native/other.dll", Noise(Bytes));
        web.Insert(
            web.ProjectFile,
            """<ItemGroup Condition="'$(Platforms)' != 'own'"><None Update="runtimes/**" CopyToPublishDirectory="Always" /></ItemGroup>"""
        );

        var before = await HintsAsync(web);
        CollectionAssert.IsSubsetOf((string[])["languages", "otherPlatforms", "sourceMaps", "symbols"], before.Kinds, before.Text);
        web.Insert(web.ProjectFile, """<ItemGroup><Content Remove="wwwroot/**/*.map" /></ItemGroup>""");
        web.SetProperty("SatelliteResourceLanguages", "en").SetProperty("DebugType", "none").SetProperty("Platforms", "own");

        AssertSaved(before, await HintsAsync(web));
    }

    [TestMethod]
    public async Task What_steps_leave_behind_goes_when_their_hints_are_followed()
    {
        var project = await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj");
        project.Write(
            "greeter.proj",
            (await File.ReadAllLinesAsync(project.ProjectFile))[0]
                + "<PropertyGroup><ContainerDockerfile>Dockerfile</ContainerDockerfile></PropertyGroup></Project>"
        );
        string Random(string file) => $"head -c {Bytes} /dev/urandom > {file}";
        project.Write(
            "Dockerfile",
            $"""
            FROM busybox
            RUN mkdir -p /var/lib/apt/lists /srv && {Random("/var/lib/apt/lists/index")}
            RUN {Random("/srv/source")}
            RUN rm /srv/source
            RUN {Random("/srv/data")}
            RUN chown 1000 /srv/data
            """
        );

        var before = await HintsAsync(project);
        CollectionAssert.AreEquivalent((string[])["caches", "laterDeleted", "laterOverwritten"], before.Kinds, before.Text);
        project.Write(
            "Dockerfile",
            $"""
            FROM busybox AS data
            RUN {Random("/data")}
            FROM busybox
            RUN mkdir -p /var/lib/apt/lists /srv && {Random("/var/lib/apt/lists/index")} && rm -rf /var/lib/apt/lists/*
            RUN {Random("/srv/source")} && rm /srv/source
            COPY --from=data --chown=1000 /data /srv/data
            """
        );

        AssertSaved(before, await HintsAsync(project));
    }

    private static void AssertSaved(Hinted before, Hinted after)
    {
        Assert.IsEmpty(after.Kinds.Intersect(before.Kinds), after.Text);
        var (promised, saved) = (before.Promised, before.Total - after.Total);
        Assert.IsLessThanOrEqualTo(
            promised / 10,
            Math.Abs(promised - saved),
            $"{saved} bytes were saved by what promised {promised}:\n{before.Text}"
        );
    }

    private static async Task<Hinted> HintsAsync(TestProject project)
    {
        // Only an image that breaks a budget is searched for what it could do without.
        (await project.PublishAsync("-p:ContainerSizeBudget=1", "-p:ContainerSizeBudgetSeverity=warning")).Succeeds();
        var report = Directory.EnumerateFiles(project.Root, "size.json", SearchOption.AllDirectories).Single();
        var size = JsonNode.Parse(await File.ReadAllTextAsync(report))!;
        var hints = size["hints"]!.AsArray().Where(hint => hint!["bytes"] is not null).ToList();
        return new Hinted(
            (long)size["totalBytes"]!,
            [.. hints.Select(hint => (string)hint!["kind"]!)],
            hints.Sum(hint => (long)hint!["bytes"]!),
            size["hints"]!.ToJsonString()
        );
    }

    private static string Texts(int length) => $"<root><data name=\"Text\"><value>{Noise(length)}</value></data></root>";

    // A body of its own for each, as the compiler keeps what is equal once.
    private static string Methods(int count)
    {
        var code = new StringBuilder("internal static class Large\n{\n");
        for (var i = 0; i < count; i++)
        {
            code.Append(
                CultureInfo.InvariantCulture,
                $"    public static int Method{i}(int first{i}, int second{i})\n    {{\n"
                    + $"        var longName{i} = first{i} + {i};\n        var another{i} = second{i} * longName{i};\n"
                    + $"        if (another{i} > {i})\n        {{\n            longName{i}++;\n        }}\n\n"
                    + $"        return longName{i} - another{i};\n    }}\n"
            );
        }

        return code.Append("}\n").ToString();
    }

    private static string Noise(int length)
    {
        var random = new byte[length * 3 / 4];
        new Random(length).NextBytes(random);
        return Convert.ToBase64String(random);
    }

    private sealed record Hinted(long Total, string[] Kinds, long Promised, string Text);
}
