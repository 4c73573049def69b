using System.Text.RegularExpressions;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>What a person sees, whose MSBuild shows errors, warnings and the text behind an arrow, and drops every message.</summary>
[TestClass]
public sealed partial class OnATerminal : EndToEndTest
{
    [TestMethod]
    [DataRow(80)]
    [DataRow(120)]
    public async Task A_person_sees_the_size_what_broke_the_budgets_and_the_log_of_what_failed(int columns)
    {
        var project = await Standalone.CopyAsync(Workspace, "Walkthrough", "greeter.proj");
        var sdk = (await File.ReadAllLinesAsync(project.ProjectFile))[0];
        void Write(string properties, string steps) =>
            project.Write(
                "greeter.proj",
                $"""
                {sdk}
                  <PropertyGroup>
                    <ContainerRepository>{project.ImageName}</ContainerRepository>
                    {properties}
                  </PropertyGroup>
                  <ItemGroup>
                    <ContainerStage Include="final" BaseImage="busybox:latest" />
                    <ContainerStep Include="content" Stage="final" Run="head -c 1500000 /dev/zero >/content" />
                    {steps}
                  </ItemGroup>
                </Project>
                """
            );

        Write("<ContainerSizeBudget>50MB</ContainerSizeBudget>", "");
        var first = await ShownAsync(project, columns, "dotnet publish greeter.proj");
        Assert.MatchesRegex(
            $@"→ {project.ImageName}:latest  [0-9.]+ MB of 50 MB \([0-9.]+ %\) +report  obj/multistage/size.html",
            Unwrapped(first)
        );

        File.Copy(project.ProjectFile, Path.Combine(project.Root, "other.proj"));
        const string Type = "Type=\"9A19103F-16F7-4668-BE54-9A1E7A4F7556\"";
        project.Write("Both.slnx", $"<Solution><Project Path=\"greeter.proj\" {Type} /><Project Path=\"other.proj\" {Type} /></Solution>");
        var both = await ShownAsync(project, columns, "dotnet publish Both.slnx");
        Assert.MatchesRegex(
            $@"images succeeded .*→ Both.slnx: 2 images\n +image +size +budget\n +{project.ImageName}:latest +[0-9.]+ MB +50 MB",
            both
        );

        Write("<ContainerAppSizeBudget>1MB</ContainerAppSizeBudget><ContainerLayerCountBudget>1</ContainerLayerCountBudget>", "");
        var broken = await ShownAsync(project, columns, "dotnet publish greeter.proj");
        Assert.HasCount(1, ErrorPattern().Matches(broken), broken);
        Assert.Contains("MULTISTAGE4004", broken);
        Assert.MatchesRegex("app +1.5 MB of 1 MB, 500 kB over  ContainerAppSizeBudget", broken);
        Assert.MatchesRegex("layers +[0-9]+ of 1, [0-9]+ over +ContainerLayerCountBudget", broken);
        Assert.Contains("report   obj/multistage/size.html", broken);
        Assert.Contains("accept   raise them, or add a ContainerBudgetWaiver", broken);

        Write("", """<ContainerStep Include="bad" Stage="final" Run="echo the last words; exit 7" />""");
        Assert.MatchesRegex(@"(?s)MULTISTAGE3002.*\n +the last words\n", await ShownAsync(project, columns, "dotnet publish greeter.proj"));

        Write(
            "<ContainerVerify>true</ContainerVerify>",
            """<ContainerStep Include="start" Stage="final" Cmd="echo no database; exit 3" />"""
        );
        var unverified = await ShownAsync(project, columns, "dotnet publish greeter.proj");
        Assert.MatchesRegex(@"(?s)MULTISTAGE5003.*\n +no database\n", unverified);
        Assert.MatchesRegex("→ not tagged \\(image [0-9a-f]{12}\\)", unverified);

        var baseline = await ShownAsync(project, columns, "dotnet msbuild greeter.proj -t:UpdateMultiStageSizeBaseline");
        Assert.MatchesRegex("→ greeter.size.json: [0-9.]+ MB. Commit it.", Unwrapped(baseline));
    }

    // The terminal's own commands taken out, and of a line that was drawn over, what stood there last.
    private static async Task<string> ShownAsync(TestProject project, int columns, string command)
    {
        var run = await project.RunAsync(
            "script",
            "--quiet",
            "--return",
            "--command",
            $"export TERM=xterm; stty cols {columns} rows 40; {command}",
            "/dev/null"
        );
        return EscapePattern().Replace(run.Output, "").ReplaceLineEndings("\n");
    }

    private static string Unwrapped(string shown) => shown.Replace("\n", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\x1b\]8;;[^\x1b\x07]*(\x1b\\|\x07)|\x1b\][0-9];[^\x1b\x07]*(\x1b\\|\x07)|\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex EscapePattern();

    [GeneratedRegex(": error MULTISTAGE")]
    private static partial Regex ErrorPattern();
}
