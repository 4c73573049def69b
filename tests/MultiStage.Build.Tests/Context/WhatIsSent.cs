using MultiStage.Build.Diagnostics;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Generated;

namespace MultiStage.Build.Tests.Context;

/// <summary>What the builder gets of a repository: what the publish on this machine could see, without what other projects own.</summary>
[TestClass]
public sealed class WhatIsSent
{
    [TestMethod]
    public void Is_all_that_belongs_to_no_other_project()
    {
        using var repository = new SentRepository().Write(
            "config/rules.json",
            "lib/Vendor.dll",
            "version.txt",
            "src/App/assets/logo.txt",
            "tests/App.Tests/App.Tests.csproj",
            "tests/App.Tests/Tests.cs"
        );
        Assert.AreEqual("config/rules.json\nlib/Vendor.dll\nsrc/App/assets/logo.txt\nversion.txt", repository.Sent());
        repository.Scope = "closure";
        Assert.AreEqual("src/App/assets/logo.txt", repository.Sent());
    }

    [TestMethod]
    public void Holds_what_git_ignores_in_the_projects_own_folders_alone()
    {
        using var repository = new SentRepository()
            .WriteText(".gitignore", "*.generated.*\n/artifacts/\nlogs/\n!keep.generated.txt\n")
            .WriteText("docs/.gitignore", "_site/\n")
            .Write(
                "src/App/Model.generated.cs",
                "eng/Model.generated.cs",
                "eng/keep.generated.txt",
                "artifacts/x.zip",
                "eng/artifacts/x.txt",
                "docs/_site/index.html",
                "docs/logs",
                "eng/logs/a.log",
                "src/App/logs/a.log"
            );
        Assert.AreEqual(
            "docs/.gitignore\ndocs/logs\neng/artifacts/x.txt\neng/keep.generated.txt\nsrc/App/Model.generated.cs\nsrc/App/logs/a.log",
            repository.Sent()
        );
    }

    [TestMethod]
    public void Has_nothing_that_builds_write_beside_any_project()
    {
        using var repository = new SentRepository("""<Target Name="T"><MSBuild Projects="../Plugin/Plugin.csproj" /></Target>""")
            .Project("src/Lib/Lib.csproj", outputs: ["artifacts/obj/Lib", "artifacts/bin/Lib"])
            .Write(
                "src/App/bin/Release/App.dll",
                "src/App/obj/project.assets.json",
                "src/Lib/obj/project.assets.json",
                "src/Lib/Lib.cs",
                "artifacts/obj/Lib/project.assets.json",
                "artifacts/bin/Lib/Lib.dll"
            )
            .Write(
                "src/Plugin/Plugin.csproj",
                "src/Plugin/obj/project.assets.json",
                "src/Plugin/bin/Plugin.dll",
                "dist/App.dll",
                "packages/x/1.0.0/x.dll"
            );
        repository.Outputs = ["../../dist/", "../../packages/", "", "/elsewhere", "../.."];
        Assert.AreEqual("src/Lib/Lib.cs\nsrc/Lib/Lib.csproj\nsrc/Plugin/Plugin.csproj", repository.Sent());
    }

    [TestMethod]
    public void Holds_folders_with_sources_that_have_the_name_of_an_output()
    {
        using var repository = new SentRepository().Write(
            "tools/bin/protoc",
            "tools/obj",
            "src/App/Engine/bin/Code.cs",
            "src/App/Bin/Upper.cs",
            "src/App/Engine/obj/Code.cs",
            "src/App/obj/project.assets.json"
        );
        Assert.AreEqual(
            "src/App/Bin/Upper.cs\nsrc/App/Engine/bin/Code.cs\nsrc/App/Engine/obj/Code.cs\ntools/bin/protoc\ntools/obj",
            repository.Sent()
        );
    }

    [TestMethod]
    public void Holds_a_file_that_a_project_names_in_another_ones_output()
    {
        using var repository = new SentRepository()
            .Project("src/App/App.csproj", files: ["src/Other/bin/Other.dll"])
            .Write("src/Other/Other.csproj", "src/Other/Other.cs", "src/Other/bin/Other.dll", "src/Other/obj/Other.dll");
        Assert.AreEqual("src/Other/bin/Other.dll", repository.Sent());
    }

    [TestMethod]
    public void Is_without_output_in_a_folder_of_sources_that_is_called_bin()
    {
        using var repository = new SentRepository()
            .Project("bin/Lib/Lib.csproj")
            .Write("bin/Lib/Lib.cs", "bin/Lib/obj/project.assets.json", "bin/shared.txt");
        Assert.AreEqual("bin/Lib/Lib.cs\nbin/Lib/Lib.csproj\nbin/shared.txt", repository.Sent());
    }

    [TestMethod]
    [DataRow("""<Target Name="T"><MSBuild Projects="../Plugin/Plugin.csproj" /></Target>""")]
    [DataRow("""<Target Name="T"><Exec Command="dotnet run --project ../Plugin -- a" /></Target>""")]
    [DataRow("""<Target Name="T"><Exec Command="dotnet build Plugin.csproj" WorkingDirectory="$(RepoRoot)src\Plugin" /></Target>""")]
    [DataRow("""<PropertyGroup><SpaRoot>..\Plugin\</SpaRoot></PropertyGroup>""")]
    [DataRow("""<PropertyGroup><Tool>$([MSBuild]::NormalizePath('$(Root)', 'src', 'Plugin', 'x.txt'))</Tool></PropertyGroup>""")]
    [DataRow("""<PropertyGroup><Tool>$(MSBuildThisFileDirectory)..\Plugin</Tool></PropertyGroup>""")]
    [DataRow("""<Target Name="T"><ItemGroup><Content Include="../*/Plugin*.cs" /></ItemGroup></Target>""")]
    [DataRow("""<Target Name="T"><ItemGroup><ProjectReference Include="../Plugin/Plugin.csproj" /></ItemGroup></Target>""")]
    public void Holds_a_project_that_is_not_referenced_where_the_text_names_it(string app)
    {
        using var repository = new SentRepository(app).Write(
            "src/Plugin/Plugin.csproj",
            "src/Plugin/Plugin.cs",
            "src/Other/Other.csproj",
            "src/Other/Other.cs"
        );
        Assert.AreEqual("src/Plugin/Plugin.cs\nsrc/Plugin/Plugin.csproj", repository.Sent());
    }

    [TestMethod]
    [DataRow("""<ItemGroup><ProjectReference Include="../Plugin/Plugin.csproj" Condition="'$(Configuration)' == 'Debug'" /></ItemGroup>""")]
    [DataRow("""<ItemGroup><Compile Remove="../Plugin/**" /><InternalsVisibleTo Include="Plugin" /></ItemGroup>""")]
    [DataRow("""<PropertyGroup><DefaultItemExcludes>$(DefaultItemExcludes);../Plugin/**</DefaultItemExcludes></PropertyGroup>""")]
    [DataRow("""<!-- ../Plugin/Plugin.csproj -->""")]
    public void Holds_no_project_that_the_text_names_without_reading_it(string app)
    {
        using var repository = new SentRepository(app).Write("src/Plugin/Plugin.csproj", "src/Plugin/Plugin.cs");
        Assert.AreEqual("", repository.Sent());
    }

    [TestMethod]
    public void Holds_what_a_tool_that_is_run_references_in_turn()
    {
        using var repository = new SentRepository("""<Target Name="T"><Exec Command="dotnet run --project ../../tools/Gen" /></Target>""")
            .WriteText(
                "tools/Gen/Gen.csproj",
                """<Project><ItemGroup><ProjectReference Include="..\Gen.Core\Gen.Core.csproj" /></ItemGroup></Project>"""
            )
            .Write("tools/Gen/Gen.cs", "tools/Gen.Core/Gen.Core.csproj", "tools/Gen.Core/Core.cs", "tools/Other/Other.csproj");
        Assert.AreEqual(
            "tools/Gen.Core/Core.cs\ntools/Gen.Core/Gen.Core.csproj\ntools/Gen/Gen.cs\ntools/Gen/Gen.csproj",
            repository.Sent()
        );
    }

    [TestMethod]
    [DataRow("strings.resx", "<value>../Shared/logo.png;System.Byte[]</value>")]
    [DataRow("a.proto", "import \"../Shared/b.proto\";")]
    [DataRow("rules.ruleset", "<Include Path=\"..\\Shared\\base.ruleset\" Action=\"Default\" />")]
    [DataRow("gen.sh", "cat ../Shared/x > y")]
    public void Holds_another_projects_folder_that_a_file_beside_the_sources_names(string file, string text)
    {
        using var repository = new SentRepository()
            .WriteText($"src/App/{file}", text)
            .Write("src/Shared/Shared.csproj", "src/Shared/logo.png", "src/Sharedly/Sharedly.csproj");
        Assert.AreEqual($"src/App/{file}\nsrc/Shared/Shared.csproj\nsrc/Shared/logo.png", repository.Sent());
    }

    [TestMethod]
    public void Holds_a_few_files_of_a_nested_project_that_the_app_names_and_no_other()
    {
        using var repository = new SentRepository()
            .Project("src/App/App.csproj", files: ["src/App/Tests/data.json"])
            .Write("src/App/Tests/Tests.csproj", "src/App/Tests/Tests.cs", "src/App/Tests/data.json");
        Assert.AreEqual("src/App/Tests/data.json", repository.Sent());
    }

    [TestMethod]
    public void Holds_the_whole_of_another_project_of_which_many_files_are_named()
    {
        string[] named = ["src/Other/a.json", "src/Other/b.json", "src/Other/c.json", "src/Other/d.json"];
        using var repository = new SentRepository()
            .Project("src/App/App.csproj", files: named)
            .Write(named)
            .Write("src/Other/Other.csproj");
        Assert.AreEqual(string.Join('\n', named.Prepend("src/Other/Other.csproj")), repository.Sent());
        Assert.DoesNotContain(
            "json",
            repository
                .IgnoreFile()
                .Replace("secrets.json", "", StringComparison.Ordinal)
                .Replace("docker-bake*.json", "", StringComparison.Ordinal)
                .Replace(".dockerconfigjson", "", StringComparison.Ordinal)
                .Replace(".size.json", "", StringComparison.Ordinal)
        );
    }

    [TestMethod]
    public void Holds_what_links_lead_to_in_both_scopes()
    {
        using var repository = new SentRepository()
            .Write("other/Other/Other.csproj", "other/Other/shared.json", "other/Other/code/Code.cs", "other/Other/rest.txt")
            .Link("src/App/shared.json", "../../other/Other/shared.json")
            .Link("src/App/code", "../links/code")
            .Link("src/links/code", "../../other/Other/code")
            .Link("src/App/hosts", "/etc/hosts")
            .Link("src/App/up", "../../../up");
        Assert.AreEqual(
            "other/Other/code/Code.cs\nother/Other/shared.json\nsrc/App/code\nsrc/App/hosts\nsrc/App/shared.json\nsrc/App/up\nsrc/links/code",
            repository.Sent()
        );
        CollectionAssert.AreEqual(
            new[] { "src/App/hosts", "src/App/up" },
            repository
                .Warnings.Where(warning => warning.Descriptor == Codes.LinkLeavesContext)
                .Select(warning => warning.Message.Split('\'')[1])
                .ToArray()
        );
        repository.Scope = "Closure";
        Assert.Contains("other/Other/code/Code.cs\nother/Other/shared.json", repository.Sent());
    }

    [TestMethod]
    public void Holds_what_the_project_lets_in_whatever_would_keep_it_out()
    {
        using var repository = new SentRepository()
            .WriteText(".gitignore", "generated/\n")
            .Write(
                "generated/api.json",
                "certs/ca.pem",
                "certs/other.pem",
                "src/Other/Other.csproj",
                "src/Other/data/a.txt",
                "src/Other/b.txt",
                "src/App/obj/kept/x.cs",
                "src/App/obj/y.cs"
            );
        repository.BuildInputs = ["..\\..\\generated", "../../certs/ca.pem", "../Other/data/", "obj/kept"];
        Assert.AreEqual("certs/ca.pem\ngenerated/api.json\nsrc/App/obj/kept/x.cs\nsrc/Other/data/a.txt", repository.Sent());
        repository.Scope = "Closure";
        Assert.AreEqual("certs/ca.pem\ngenerated/api.json\nsrc/App/obj/kept/x.cs\nsrc/Other/data/a.txt", repository.Sent());
    }

    [TestMethod]
    [DataRow("../../no.txt")]
    [DataRow("../../../outside.txt")]
    public void An_input_that_is_not_in_the_context_is_an_error(string input)
    {
        using var repository = new SentRepository().Write("../outside.txt");
        repository.BuildInputs = [input];
        Assert.Contains(input, Failure.Of(Codes.BuildInputMissing, () => repository.Facts()).Message);
    }

    [TestMethod]
    public void A_scope_that_does_not_exist_is_an_error()
    {
        using var repository = new SentRepository { Scope = "everything" };
        Assert.Contains("Repository or Closure", Failure.Of(Codes.ValueNotUnderstood, () => repository.Facts()).Message);
    }

    [TestMethod]
    public void Is_without_secrets_unless_a_project_names_them()
    {
        using var repository = new SentRepository()
            .Project("src/App/App.csproj", files: ["keys/app.pfx", "keys/app.key"])
            .WriteText(".gitignore", "*.key\n")
            .WriteText("client/.npmrc", "registry=https://example.com/\n//example.com/:_authToken=abc\n")
            .WriteText("web/.npmrc", "//example.com/:_authToken=${TOKEN}\n")
            .Write("keys/app.pfx", "keys/app.key", "keys/other.pfx", "src/App/.env", "src/App/server.key", ".aws/credentials");
        Assert.AreEqual("keys/app.key\nkeys/app.pfx\nweb/.npmrc", repository.Sent());
        Assert.Contains(
            "'keys/app.key', 'keys/app.pfx'",
            repository.Warnings.Single(warning => warning.Descriptor == Codes.SecretSent).Message
        );
        var left = repository.Warnings.Single(warning => warning.Descriptor == Codes.SecretLeftOut).Message;
        Assert.Contains("'keys/other.pfx'", left);
        Assert.DoesNotContain("server.key", left);
    }

    [TestMethod]
    public void Has_what_a_client_gives_to_browsers_and_samples_and_tells_what_looks_like_a_developers_own()
    {
        using var repository = new SentRepository()
            .WriteText("client/.env.production", "# The API.\nVITE_API=https://example.com\nexport NODE_ENV=production\n")
            .WriteText("client/.env.staging", "VITE_API=https://example.com\nDB_PASSWORD=abc\n")
            .WriteText("deploy/id_server", "-----BEGIN OPENSSH PRIVATE KEY-----\n")
            .Write("client/.env.example", "deploy/id_map", "deploy/App.PFX", "infra/terraform.tfstate", "src/App/appsettings.Local.json");
        Assert.AreEqual("client/.env.example\nclient/.env.production\ndeploy/id_map\nsrc/App/appsettings.Local.json", repository.Sent());
        Assert.Contains(
            "'src/App/appsettings.Local.json'",
            repository.Warnings.Single(warning => warning.Descriptor == Codes.SecretSent).Message
        );
        var left = repository.Warnings.Single(warning => warning.Descriptor == Codes.SecretLeftOut).Message;
        Assert.Contains("'client/.env.staging'", left);
        Assert.DoesNotContain("production", left);
        Assert.DoesNotContain("example", left);
    }

    [TestMethod]
    public void A_large_folder_of_nobody_is_told_with_the_line_that_leaves_it_out()
    {
        using var repository = new SentRepository().Write("media/small.txt", "src/Common/small.txt");
        using (var large = File.OpenWrite(Path.Combine(repository.Root, "media", "film.mp4")))
        {
            large.SetLength(60_000_000);
        }

        repository.Facts();
        Assert.Contains("'media' (60 MB)", repository.Warnings.Single(warning => warning.Descriptor == Codes.LargeFolderSent).Message);
        repository.WriteText(".dockerignore", "media\n").Facts();
        Assert.IsEmpty(repository.Warnings);
    }

    [TestMethod]
    public void A_stage_copies_everything_unless_another_one_builds_a_part_of_it()
    {
        using var repository = new SentRepository().Write("shared/a.json", "nuget.txt", "tests/data.json", "tests/Other/Other.csproj");
        Assert.AreEqual("./", string.Join(' ', repository.Facts().Closure.Sources));
        repository.Project("tests/App.Tests/App.Tests.csproj");
        var facts = repository.Facts("tests/App.Tests/App.Tests.csproj");
        Assert.AreEqual("nuget.txt shared/ src/ tests/data.json", string.Join(' ', facts.Closure.Sources));
        Assert.AreEqual("tests/App.Tests/", string.Join(' ', facts.Tests[0].Closure.Sources));
    }

    [TestMethod]
    public void The_stage_of_the_tests_copies_each_test_project()
    {
        using var repository = new SentRepository().Project("tests/A/A.csproj").Project("tests/B/B.csproj");
        var facts = repository.Facts("tests/A/A.csproj", "tests/B/B.csproj");
        var stage = BuildPlanner.Plan(facts, new PlanTarget.BuildKit()).Find(TestStage.ResultsName);
        CollectionAssert.IsSubsetOf(
            new[] { "tests/A/", "tests/B/" },
            stage.Steps.OfType<CopyStep>().SelectMany(copy => copy.Sources).ToArray()
        );
    }

    [TestMethod]
    public void Of_many_projects_the_ignore_file_lists_what_stays_and_not_what_goes()
    {
        using var repository = new SentRepository()
            .Project("src/Lib/Lib.csproj")
            .Write([
                .. Enumerable.Range(1, 20).Select(i => $"src/Service{i}/Service{i}.csproj"),
                .. Enumerable.Range(1, 20).Select(i => $"tests/Tests{i}/Tests{i}.csproj"),
                "tests/Directory.Build.props",
                "src/Common/a.json",
                "src/b.txt",
            ]);
        Assert.AreEqual("src/Common/a.json\nsrc/Lib/Lib.csproj\nsrc/b.txt", repository.Sent());
        Assert.Contains(
            "\nsrc/*\n!src/Common\n!src/b.txt\ntests\n\n# The projects that are built\n!src/App\n!src/Lib\n",
            repository.IgnoreFile()
        );
    }
}
