using System.Reflection;
using System.Security.Cryptography;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

/// <summary>One solution of all that makes hand-written lists of inputs go stale: what is needed reaches the builder, and nothing
/// else.</summary>
[TestClass]
public sealed class Inputs : EndToEndTest
{
    private const string Expected = """
        library: net
        generated: by a generator
        optional: chosen
        shared: from a shared project
        outer: 
        nearer: nearer
        import: oddly named
        tool: 8.0.0
        proto: greet.Greeting
        content: deep shallow
        """;

    private static readonly string[] InTheContext =
    [
        ".config/dotnet-tools.json",
        ".editorconfig",
        ".globalconfig",
        "NuGet.Config",
        "README.md",
        "data/deep/two.txt",
        "data/one.txt",
        "eng/build settings.xml",
        "protos/greet.proto",
        "shared/Common/Common.projitems",
        "shared/Common/Shared.cs",
        "signing.snk",
        "src/App/App.csproj",
        "src/App/App.csproj.user",
        "src/App/Program.cs",
        "src/Client/Client.csproj",
        "src/Client/Program.cs",
        "src/Client/wwwroot/client.html",
        "src/Contracts/Contract.cs",
        "src/Contracts/Contracts.csproj",
        "src/Directory.Build.props",
        "src/Generator/Generator.csproj",
        "src/Generator/TextGenerator.cs",
        "src/Optional/Choice.cs",
        "src/Optional/Optional.csproj",
        "src/Razor.Parts/Razor.Parts.csproj",
        "src/Razor.Parts/wwwroot/parts.css",
    ];

    [TestMethod]
    public async Task Are_what_the_closure_reads_and_nothing_else()
    {
        var app = (await TestProject.CopyAsync(Workspace, "Traps", "src/App/App.csproj")).ReferencePackage();
        var token = WriteKey(Path.Combine(app.Root, "signing.snk"));
        File.Move(Path.Combine(app.Root, "nuget.config"), Path.Combine(app.Root, "NuGet.Config"));
        app.Write("src/App/App.csproj.user", "<Project />");
        app.Write("src/App/.env", "PASSWORD=never-sent");
        app.Write(".env", "PASSWORD=never-sent");

        var publish = (await app.PublishAsync("-p:ContainerBuildInputScope=Closure")).Succeeds();
        (await app.PublishAsync("-p:ContainerBuildInputScope=Closure", "-p:ContainerTarget=builder")).Succeeds();

        Assert.IsEmpty(publish.Warnings, publish.ToString());
        var container = await Daemon.RunAsync($"{app.ImageName}:latest");
        Assert.AreEqual($"{Expected}\nkey: {token}".ReplaceLineEndings("\n"), await container.GetAsync("/"));
        Assert.Contains("teal", await container.GetAsync("/_content/Razor.Parts/parts.css"));
        Assert.Contains("A client in the browser", await container.GetAsync("/client.html"));
        Assert.Contains("WebAssembly", await container.GetAsync("/_framework/blazor.webassembly.js"));
        var files = await Daemon.FilesAsync($"{app.ImageName}:latest-builder", "/src");
        Assert.AreEqual(
            string.Join('\n', InTheContext),
            string.Join('\n', files.Keys.Select(file => file["src/".Length..]).Where(IsNoOutput).Order(StringComparer.Ordinal))
        );
        Assert.IsTrue(
            files.ContainsKey("src/src/Optional/bin/Release/Optional.1.0.0.nupkg"),
            "The library's package, which holds the README, was not made."
        );
    }

    [TestMethod]
    public async Task That_nothing_names_reach_the_builder_as_they_reach_a_publish_on_this_machine()
    {
        var app = (await TestProject.CopyAsync(Workspace, "Library", "Greeter.App/Greeter.App.csproj")).ReferencePackage();
        app.Write(
            "Greeter.App/Program.cs",
            """
            var folder = AppContext.BaseDirectory;
            using var text = new StreamReader(typeof(Generated).Assembly.GetManifestResourceStream("text")!);
            Console.WriteLine($"{text.ReadToEnd()} {Generated.Text} {Linked.Text} {Parts.Text} {File.ReadAllText(Path.Combine(folder, "written.txt"))}");

            """
        );
        app.Insert(
            "Greeter.App/Greeter.App.csproj",
            """
            <ItemGroup>
                <Compile Remove="Tests/**" />
                <EmbeddedResource Include="../shared/text.txt" Link="text.txt" LogicalName="text" />
                <None Include="Tests/data.json" CopyToPublishDirectory="PreserveNewest" />
              </ItemGroup>
              <UsingTask TaskName="WriteText" TaskFactory="RoslynCodeTaskFactory" AssemblyFile="$(MSBuildToolsPath)/Microsoft.Build.Tasks.Core.dll">
                <Task><Code Type="Class" Language="cs" Source="../eng/WriteText.cs" /></Task>
              </UsingTask>
              <Target Name="AddFound" BeforeTargets="AssignTargetPaths">
                <ItemGroup><Content Include="../shared/data/**/*.json" LinkBase="data" CopyToPublishDirectory="PreserveNewest" /></ItemGroup>
              </Target>
              <Target Name="AddMade" AfterTargets="Publish">
                <WriteText File="$(PublishDir)written.txt" />
                <Copy SourceFiles="../shared/compose.yml;../shared/public.pem" DestinationFolder="$(PublishDir)" />
                <Exec Command="dotnet build ../Plugin/Plugin.csproj -c Release -o &quot;$(PublishDir)plugins&quot;" StandardOutputImportance="low" />
              </Target>
            """
        );
        app.Write(
            "eng/WriteText.cs",
            """
            public class WriteText : Microsoft.Build.Utilities.Task
            {
                public string File { get; set; } = "";
                public override bool Execute() { System.IO.File.WriteAllText(File, "written"); return true; }
            }

            """
        );
        app.Write("shared/text.txt", "text");
        app.Write("shared/compose.yml", "services:");
        app.Write("shared/public.pem", "public");
        app.Write("shared/data/one.json", "{}");
        app.Write("shared/data/deep/two.json", "{}");
        app.Write("common/code/Linked.cs", "public static class Linked { public const string Text = \"linked\"; }\n");
        File.CreateSymbolicLink(Path.Combine(app.ProjectFolder, "code"), "../common/code");
        app.Write(".gitignore", "bin/\nobj/\n*.g.cs\n");
        app.Write("Greeter.App/Generated.g.cs", "public static class Generated { public const string Text = \"generated\"; }\n");
        app.Write("Greeter.App/Parts/obj/Parts.cs", "public static class Parts { public const string Text = \"parts\"; }\n");
        app.Write(
            "Greeter.App/Tests/Tests.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"
        );
        app.Write("Greeter.App/Tests/data.json", "{}");
        app.Write(
            "Plugin/Plugin.csproj",
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>"
        );
        app.Write("Plugin/Plugin.cs", "public class Plugin { }\n");

        var host = Path.Combine(app.Root, "dist");
        (await app.DotnetAsync("publish", app.ProjectFile, "-o", host)).Succeeds();
        var expected = (await Dotnet.RunAsync([Path.Combine(host, "Greeter.App.dll")], app.Root)).Succeeds().Output;
        (await app.PublishAsync()).Succeeds();

        Assert.AreEqual("text generated linked parts written", expected.Trim());
        Assert.AreEqual(expected.Trim(), (await Daemon.DockerAsync("run", "--rm", $"{app.ImageName}:latest")).Trim());
        var files = await Daemon.FilesAsync($"{app.ImageName}:latest", "/app");
        Assert.AreEqual(
            string.Join(
                '\n',
                Directory
                    .EnumerateFiles(host, "*", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(host, file))
                    .Order(StringComparer.Ordinal)
            ),
            string.Join('\n', files.Keys.Select(file => file["app/".Length..]).Order(StringComparer.Ordinal))
        );
    }

    [TestMethod]
    public async Task Are_found_where_the_project_moves_its_output_in_containers()
    {
        var web = await SingleWebAsync();
        web.Write(
            "Directory.Build.props",
            """
            <Project>
              <PropertyGroup Condition="'$(DOTNET_RUNNING_IN_CONTAINER)' == 'true'">
                <BaseIntermediateOutputPath>$(MSBuildProjectDirectory)/obj/container/</BaseIntermediateOutputPath>
              </PropertyGroup>
            </Project>

            """
        );

        (await web.DotnetAsync("msbuild", web.ProjectFile, "-restore", "-t:GenerateMultiStageDockerfile")).Succeeds();
    }

    private static bool IsNoOutput(string file) =>
        !file.StartsWith("feed/", StringComparison.Ordinal) && !file.Split('/').Any(part => part is "bin" or "obj");

    // A key as `sn -k` writes it; returns the token that names of the assemblies signed with it hold.
    private static string WriteKey(string file)
    {
        using var key = new RSACryptoServiceProvider(2048);
        File.WriteAllBytes(file, key.ExportCspBlob(includePrivateParameters: true));
        var blob = key.ExportCspBlob(includePrivateParameters: false);

        // Before the key stand what it is for (the compiler writes "signature" into the blob too) and its length: ECMA-335, II.6.2.1.3.
        blob[5] = 0x24;
        byte[] publicKey = [0x00, 0x24, 0x00, 0x00, 0x04, 0x80, 0x00, 0x00, .. BitConverter.GetBytes(blob.Length), .. blob];
        var name = new AssemblyName();
        name.SetPublicKey(publicKey);
        return Convert.ToHexStringLower(name.GetPublicKeyToken()!);
    }
}
