namespace MultiStage.Build.Tests.Targets;

/// <summary>What a restore on this machine depends on, beside project files and imports, is there for the restore in the
/// container.</summary>
[TestClass]
public sealed class RestoreSeesTheSame
{
    [TestMethod]
    public void A_source_file_is_no_input_of_a_restore()
    {
        using var project = new TargetProject("""<ItemGroup><PackageReference Include="Extra" Version="1.0.0" /></ItemGroup>""");
        foreach (
            var file in new[]
            {
                "Program.cs",
                "appsettings.json",
                "Properties/launchSettings.json",
                "wwwroot/site.css",
                "README.md",
                "Strings.resx",
                "app.config",
            }
        )
        {
            project.Write("src/App/" + file, "{ }");
        }

        AssertNeeds(project, "", "");
    }

    [TestMethod]
    public void A_file_that_a_property_function_reads_is_copied()
    {
        using var project = new TargetProject();
        project.Write("version.txt", "4.5.6");
        project.Write(
            "Directory.Build.props",
            "<Project><PropertyGroup><Version>$([System.IO.File]::ReadAllText('$(MSBuildThisFileDirectory)version.txt').Trim())</Version></PropertyGroup></Project>"
        );
        AssertNeeds(project, "Directory.Build.props version.txt", "");
    }

    [TestMethod]
    public void The_names_of_files_that_a_function_lists_are_there()
    {
        using var project = new TargetProject(
            """<ItemGroup Condition="$(Parts.Contains('two'))"><PackageReference Include="Extra" Version="2.0.0" /></ItemGroup>"""
        );
        project.Write("parts/one.txt", "1");
        project.Write("parts/more/two.txt", "2");
        project.Write(
            "Directory.Build.props",
            "<Project><PropertyGroup><Parts>$([System.IO.Directory]::GetFiles('$(MSBuildThisFileDirectory)parts', '*', System.IO.SearchOption.AllDirectories))</Parts></PropertyGroup></Project>"
        );
        AssertNeeds(project, "Directory.Build.props", "parts/more/two.txt parts/one.txt");
    }

    [TestMethod]
    public void What_a_restore_cannot_see_is_told_without_a_path_of_this_machine()
    {
        using var project = new TargetProject(
            """<PropertyGroup><Lines>$([System.IO.File]::ReadAllText('$(MSBuildProjectDirectory)/../../.git/made.txt'))</Lines></PropertyGroup>"""
        );
        project.Write(".git/made.txt", "1");
        project.Generate();

        Assert.Contains("'.git/made.txt'", project.Facts.Closure.WhyRestoreAfterSources!);
        Assert.DoesNotContain(project.Root, project.Dockerfile);
    }

    [TestMethod]
    public void A_file_that_is_read_by_way_of_a_property_is_copied()
    {
        using var project = new TargetProject("""<ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>""");
        project.Write(
            "src/Lib/Lib.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"""
        );
        project.Write("src/Lib/version.json", """{ "extra": "2.0.0" }""");
        project.Write(
            "src/Lib/Directory.Build.props",
            """
            <Project>
              <PropertyGroup>
                <Name>version</Name>
                <Text>$([System.IO.File]::ReadAllText('$(MSBuildThisFileDirectory)$(Name).json'))</Text>
              </PropertyGroup>
              <ItemGroup Condition="$(Text.Contains('2.0.0'))"><PackageReference Include="Extra" Version="2.0.0" /></ItemGroup>
            </Project>
            """
        );
        AssertNeeds(project, "src/Lib/Directory.Build.props src/Lib/Lib.csproj src/Lib/version.json", "");
    }

    [TestMethod]
    [DataRow("Exists('Json.cs')", "src/App/Json.cs", "src/App/Json.cs")]
    [DataRow("Exists('Migrations')", "src/App/Migrations/One.cs", "src/App/Migrations/")]
    [DataRow("'$([MSBuild]::GetDirectoryNameOfFileAbove(`$(MSBuildProjectDirectory)`, `LICENSE`))' != ''", "LICENSE", "LICENSE")]
    [DataRow("'$([MSBuild]::GetDirectoryNameOfFileAbove(`$(MSBuildProjectDirectory)`, `.git/HEAD`))' != ''", ".git/HEAD", ".git/HEAD")]
    [DataRow("$([System.IO.File]::Exists('$(MSBuildProjectDirectory)/with-extra.txt'))", "src/App/with-extra.txt", null)]
    [DataRow("'@(Schema)' != ''", "src/App/schemas/deep/one.json", "src/App/schemas/deep/one.json")]
    public void What_decides_a_package_by_being_there_is_there(string condition, string file, string? placeholder)
    {
        using var project = new TargetProject(
            $"""
            <ItemGroup><Schema Include="schemas/**/*.json" /></ItemGroup>
            <ItemGroup><PackageReference Include="Extra" Version="1.0.0" Condition="{condition}" /></ItemGroup>
            """
        );
        foreach (var other in new[] { "src/App/Program.cs", "src/App/A.cs", "src/App/wwwroot/a.css", "README.md" })
        {
            project.Write(other, "");
        }

        project.Write(file, "ref: refs/heads/main");
        AssertNeeds(project, placeholder is null ? file : "", placeholder ?? "");
    }

    [TestMethod]
    [DataRow(".git/HEAD", ".git/HEAD")]
    [DataRow(".git", ".git/")]
    public void What_marks_the_repository_is_there_although_only_the_publish_asks_for_it(string asked, string placeholder)
    {
        using var project = new TargetProject(
            $"""<PropertyGroup><DefineConstants Condition="Exists('../../{asked}')">$(DefineConstants);REPOSITORY</DefineConstants></PropertyGroup>"""
        );
        project.Write(".git/HEAD", "ref: refs/heads/main");
        AssertNeeds(project, "", placeholder);
        Assert.DoesNotContain(" && rm", project.Dockerfile);
        Assert.Contains("ENV EnableSourceControlManagerQueries=\"false\"", project.Dockerfile);
    }

    [TestMethod]
    public void A_project_behind_a_symbolic_link_is_restored_after_the_sources()
    {
        using var project = new TargetProject("""<ItemGroup><ProjectReference Include="../Lib/Lib.csproj" /></ItemGroup>""");
        project.Write(
            "real/Lib/Lib.csproj",
            """<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"""
        );
        File.CreateSymbolicLink(Path.Combine(project.Root, "src/Lib"), "../real/Lib");
        project.Generate();

        Assert.AreEqual("src/Lib is a symbolic link", project.Facts.Closure.WhyRestoreAfterSources);
    }

    [TestMethod]
    public void A_file_that_a_target_reads_in_a_restore_is_copied()
    {
        using var project = new TargetProject(
            """
            <PropertyGroup><Packages>../../eng/packages.txt</Packages></PropertyGroup>
            <Target Name="AddPackages" BeforeTargets="CollectPackageReferences">
              <ItemGroup><More Include="..\..\eng\more\**\*.txt" /></ItemGroup>
              <ReadLinesFromFile File="$(Packages);@(More)"><Output TaskParameter="Lines" ItemName="PackageReference" /></ReadLinesFromFile>
              <XmlPeek XmlInputPath="versions.xml" Query="/v" />
            </Target>
            """
        );
        project.Write("eng/packages.txt", "");
        project.Write("eng/more/deep/one.txt", "");
        project.Write("eng/more/deep/one.md", "");
        project.Write("src/App/versions.xml", "<v />");
        AssertNeeds(project, "eng/more/deep/one.txt eng/packages.txt src/App/versions.xml", "");
    }

    [TestMethod]
    [DataRow("<Exec Command='dotnet paket restore' />", "Exec")]
    [DataRow("<DownloadFile SourceUrl='https://example.com' DestinationFolder='x' />", "DownloadFile")]
    public void Where_nobody_can_say_what_a_target_reads_the_restore_comes_after_the_sources(string task, string name)
    {
        using var project = new TargetProject($"""<Target Name="Fetch" BeforeTargets="CollectPackageReferences">{task}</Target>""");
        project.Generate();

        Assert.AreEqual(
            $"src/App/App.csproj: its target Fetch runs the task {name} in a restore",
            project.Facts.Closure.WhyRestoreAfterSources
        );
    }

    [TestMethod]
    public void A_target_that_no_restore_runs_changes_nothing()
    {
        using var project = new TargetProject("""<Target Name="Client" BeforeTargets="Build"><Exec Command="npm ci" /></Target>""");
        AssertNeeds(project, "", "");
    }

    [TestMethod]
    public void One_component_of_an_app_with_pages_is_there_and_goes_again()
    {
        using var project = new TargetProject("""<ItemGroup><ProjectReference Include="../Parts/Parts.csproj" /></ItemGroup>""");
        project.Write(
            "src/Parts/Parts.csproj",
            """<Project Sdk="Microsoft.NET.Sdk.Razor"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"""
        );
        foreach (
            var file in new[]
            {
                "src/Parts/Part.razor",
                "src/App/Pages/Home.razor",
                "src/App/Pages/Deeper/Longer.razor",
                "src/App/Program.cs",
            }
        )
        {
            project.Write(file, "");
        }

        AssertNeeds(project, "src/Parts/Parts.csproj", "src/App/Pages/Home.razor");
        Assert.Contains(
            "RUN cd /src && mkdir -p src/App/Pages && touch src/App/Pages/Home.razor \\\n    && dotnet build src/App/App.csproj "
                + "--no-restore -t:Restore ",
            project.Dockerfile
        );
        Assert.Contains(" && rm src/App/Pages/Home.razor\n", project.Dockerfile);
    }

    [TestMethod]
    public void What_no_file_can_make_equal_is_restored_after_the_sources()
    {
        using var project = new TargetProject(
            """
            <PropertyGroup><Text>$([System.IO.File]::ReadAllText($([System.IO.Directory]::GetFiles('$(MSBuildProjectDirectory)', '*.txt')[0])))</Text></PropertyGroup>
            <ItemGroup Condition="'$(Text)' == 'yes'"><PackageReference Include="Extra" Version="1.0.0" /></ItemGroup>
            """
        );
        project.Write("src/App/odd.txt", "yes");

        project.Generate();

        Assert.IsNotNull(project.Facts.Closure.WhyRestoreAfterSources);
        Assert.Contains("# Restores after the sources, because", project.Dockerfile);
        Assert.Contains("src/App/App.csproj: ", project.Dockerfile);
        Assert.IsLessThan(
            project.Dockerfile.IndexOf("-t:Restore", StringComparison.Ordinal),
            project.Dockerfile.IndexOf("COPY src/ src/", StringComparison.Ordinal),
            project.Dockerfile
        );
    }

    [TestMethod]
    public void A_time_of_day_in_a_version_is_no_difference()
    {
        using var project = new TargetProject(
            "<PropertyGroup><Version>1.0.$([System.DateTime]::UtcNow.ToString(`ssfffff`))</Version></PropertyGroup>"
        );
        AssertNeeds(project, "", "");
    }

    [TestMethod]
    public void Configuration_sources_and_lock_files_that_properties_name_are_inputs()
    {
        using var project = new TargetProject(
            """
            <PropertyGroup>
              <RestoreConfigFile>../../eng/restore/own.config</RestoreConfigFile>
              <RestoreAdditionalProjectSources>$(MSBuildThisFileDirectory)../../eng/feed;https://example.com/v3/index.json</RestoreAdditionalProjectSources>
              <RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>
              <NuGetLockFilePath>../../locks/app.json</NuGetLockFilePath>
            </PropertyGroup>
            """
        );
        project.Write(
            "eng/restore/own.config",
            """<configuration><packageSources><add key="more" value="more" /></packageSources></configuration>"""
        );
        project.Write("eng/restore/more/readme.txt", "");
        project.Write("eng/feed/readme.txt", "");
        project.Write("locks/app.json", """{ "version": 1, "dependencies": { "net10.0": {} } }""");
        AssertNeeds(project, "eng/restore/own.config locks/app.json", "");
        Assert.AreEqual("eng/feed eng/restore/more", string.Join(' ', project.Facts.Closure.LocalFeeds));
    }

    [TestMethod]
    public void Imports_of_any_name_and_configuration_in_any_folder_are_inputs()
    {
        using var project = new TargetProject(
            """<Import Project="$([MSBuild]::GetPathOfFileAbove(`our build settings`, `$(MSBuildThisFileDirectory)`))" />"""
        );
        project.Write("our build settings", "<Project />");
        project.Write("src/Directory.Packages.props", """<Project><Import Project="../Directory.Packages.props" /></Project>""");
        project.Write(
            "Directory.Packages.props",
            "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>"
        );
        project.Write("global.json", """{ "msbuild-sdks": { "Some.Sdk": "1.0.0" } }""");
        project.Write("src/App/nuget.config", "<configuration />");
        AssertNeeds(
            project,
            "Directory.Packages.props global.json our build settings src/App/nuget.config src/Directory.Packages.props",
            ""
        );
    }

    [TestMethod]
    public void Needs_are_found_again_only_where_what_they_depend_on_has_changed()
    {
        using var project = new TargetProject(
            """<ItemGroup><PackageReference Include="Extra" Version="1.0.0" Condition="Exists('Json.cs') or Exists('Xml.cs')" /></ItemGroup>"""
        );
        project.Write("src/App/Json.cs", "");
        AssertNeeds(project, "", "src/App/Json.cs");
        var record = Path.Combine(project.PipelineFolder, "restore.json");
        var found = File.GetLastWriteTimeUtc(record);

        project.Write("src/App/Another.cs", "");
        AssertNeeds(project, "", "src/App/Json.cs");
        Assert.AreEqual(found, File.GetLastWriteTimeUtc(record));

        File.Move(Path.Combine(project.Folder, "Json.cs"), Path.Combine(project.Folder, "Xml.cs"));
        AssertNeeds(project, "", "src/App/Xml.cs");
    }

    // Beside the project file.
    private static void AssertNeeds(TargetProject project, string inputs, string placeholders)
    {
        project.Generate();
        var closure = project.Facts.Closure;
        Assert.IsNull(closure.WhyRestoreAfterSources);
        Assert.AreEqual(inputs, string.Join(' ', closure.RestoreInputs.Except(["src/App/App.csproj"])));
        Assert.AreEqual(placeholders, string.Join(' ', closure.Placeholders));
    }
}
