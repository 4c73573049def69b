namespace MultiStage.Build.Tests.Targets;

/// <summary>A closure is evaluated once, and again as soon as anything is otherwise that its evaluation depended on.</summary>
[TestClass]
public sealed class CachedClosureTests
{
    private const string Kept = "as they were evaluated before";

    [TestMethod]
    public void Every_edit_that_may_change_the_closure_is_noticed_and_no_other()
    {
        using var project = new TargetProject(
            """
            <PropertyGroup><Shared>$([MSBuild]::GetPathOfFileAbove(shared.props, $(MSBuildThisFileDirectory)))</Shared></PropertyGroup>
            <Import Project="$(Shared)" Condition="'$(Shared)' != ''" />
            <ItemGroup>
              <ProjectReference Include="../plugins/**/*.csproj" />
              <ProjectReference Include="../Lib/Lib.csproj" />
              <ProjectReference Include="../Extra/Extra.csproj" Condition="Exists('with-extra.txt') or '$(MULTISTAGE_TEST_EXTRA)' != ''" />
            </ItemGroup>
            """
        );
        Library("Lib");
        Library("Extra");
        project.Write("src/App/Program.cs", "");
        var before = Generate("nothing was kept");
        Generate(Kept);

        project.Write("src/App/Program.cs", "// Other content.");
        project.Write("README.md", "Beside the projects.");
        Assert.AreEqual(before, Generate(Kept));

        // The time stamp of what was there before is put back, as `cp -p` does.
        var props = project.Write("Directory.Build.props", "<Project><PropertyGroup><A>1</A></PropertyGroup></Project>");
        Assert.Contains("Directory.Build.props", Generate("Directory.Build.props changed"));
        var time = File.GetLastWriteTimeUtc(props);
        project.Write("Directory.Build.props", "<Project><PropertyGroup><A>2</A></PropertyGroup></Project>");
        File.SetLastWriteTimeUtc(props, time);
        Generate("Directory.Build.props changed");

        // One that is nearer shadows the outer one.
        project.Write("src/Lib/Directory.Build.props", "<Project />");
        Assert.Contains("src/Lib/Directory.Build.props", Generate("src/Lib/Directory.Build.props changed"));

        project.Write("src/shared.props", "<Project />");
        Assert.Contains("src/shared.props", Generate("src/shared.props changed"));

        Library("plugins/One");
        Assert.Contains("src/plugins/One", Generate("changed"));
        Directory.Delete(Path.Combine(project.Root, "src/plugins/One"), recursive: true);
        Assert.DoesNotContain("src/plugins/One", Generate("changed"));

        project.Write("src/App/with-extra.txt", "");
        Assert.Contains("src/Extra/Extra.csproj", Generate("changed"));
        File.Delete(Path.Combine(project.Folder, "with-extra.txt"));
        Assert.DoesNotContain("src/Extra/Extra.csproj", Generate("changed"));
        Generate(Kept);

        Assert.Contains("src/Extra/Extra.csproj", Generate("the environment changed", "MULTISTAGE_TEST_EXTRA"));
        Generate("the environment changed");
        Generate("properties or tools changed", property: "-p:Flavour=sweet");

        project.Write("global.json", "{ }");
        Assert.Contains("global.json", Generate("global.json changed", property: "-p:Flavour=sweet"));

        // The closure that was found; the facts beside it hold the time.
        string Generate(string says, string? variable = null, string? property = null)
        {
            var run = project.Generate(
                ["-v:d", .. property is null ? [] : new[] { property }],
                variable is null ? [] : [new(variable, "1")]
            );
            var line = run.Output.Split('\n').Single(line => line.Contains(" ms  the closure's ", StringComparison.Ordinal));
            Assert.Contains(says, line);
            return System.Text.Json.JsonSerializer.Serialize(project.Facts.Closure);
        }

        void Library(string name) =>
            project.Write(
                $"src/{name}/{Path.GetFileName(name)}.csproj",
                """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"""
            );
    }

    [TestMethod]
    public void The_folder_that_it_is_kept_in_is_no_change()
    {
        using var project = new TargetProject();
        foreach (var says in new[] { "nothing was kept", Kept })
        {
            Assert.Contains(says, project.Generate("-v:d", "-p:Configuration=Release").Output);
        }
    }

    [TestMethod]
    public void A_workload_that_is_installed_or_removed_is_a_change_of_tools()
    {
        using var project = new TargetProject();
        KeyValuePair<string, string>[] home = [new("DOTNET_CLI_HOME", project.Root)];
        Generate("nothing was kept");
        Generate(Kept);

        var record = project.Write(".dotnet/metadata/workloads/10.0.100/InstalledWorkloads/wasm-tools", "");
        Generate("properties or tools changed");
        Generate(Kept);
        File.Delete(record);
        Generate("properties or tools changed");

        void Generate(string says) => Assert.Contains(says, project.Generate(["-v:d"], home).Output);
    }

    [TestMethod]
    public void What_reads_files_or_the_clock_by_itself_is_never_kept()
    {
        using var project = new TargetProject(
            "<PropertyGroup><Stamp>$([System.IO.File]::ReadAllText('$(MSBuildThisFileDirectory)stamp.txt'))</Stamp></PropertyGroup>"
        );
        project.Write("src/App/stamp.txt", "1");
        for (var run = 0; run < 2; run++)
        {
            Assert.Contains(
                "not kept: '" + Path.Combine(project.Folder, "App.csproj") + "' calls System.IO.File::ReadAllText",
                project.Generate("-v:d").Output
            );
        }
    }

    [TestMethod]
    [DataRow("GetParent('$(MSBuildThisFileDirectory)').Parent.FullName", true)]
    [DataRow("GetParent('$(MSBuildThisFileDirectory)').LastWriteTime", false)]
    public void What_only_cuts_a_path_is_kept(string call, bool isKept)
    {
        using var project = new TargetProject($"<PropertyGroup><Above>$([System.IO.Directory]::{call})</Above></PropertyGroup>");
        project.Generate();
        Assert.Contains(isKept ? Kept : "calls System.IO.Directory::GetParent", project.Generate("-v:d").Output);
    }

    [TestMethod]
    public void What_targets_compute_is_read_each_time()
    {
        using var project = new TargetProject(
            """
            <Target Name="Name" BeforeTargets="ComputeContainerConfig">
              <PropertyGroup><ContainerRepository>$([System.IO.File]::ReadAllText('$(MSBuildThisFileDirectory)name.txt'))</ContainerRepository></PropertyGroup>
            </Target>
            """
        );
        foreach (var name in new[] { "first", "second" })
        {
            project.Write("src/App/name.txt", name);
            project.Generate();
            Assert.AreEqual(name, project.Facts.Container.Repository);
        }
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("{ \"given\": ")]
    [DataRow("{ \"of\": \"another version\" }")]
    public void A_damaged_file_is_as_good_as_none(string text)
    {
        using var project = new TargetProject();
        project.Write("src/App/obj/Release/net10.0/multistage/closure.json", text);
        project.Write("src/App/obj/Debug/net10.0/multistage/closure.json", text);
        Assert.Contains(
            "evaluated (nothing was kept)",
            project.Generate("-v:d", "-p:_IsPublishing=true", "-p:Configuration=Release").Output
        );
    }
}
