using System.IO.Compression;
using System.Text;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd;

[TestClass]
public sealed class PrivateFeeds : EndToEndTest
{
    [TestMethod]
    public async Task Feeds_that_ask_for_a_password_are_restored_from_and_no_password_stays()
    {
        var (repository, user) = (Guid.NewGuid().ToString("n"), Guid.NewGuid().ToString("n"));
        var feeds = await ServeAsync(("repository", repository), ("user", user));
        var web = await SingleWebAsync();
        web.Insert(
            "SingleWeb.csproj",
            """
              <PropertyGroup><NuGetAudit>false</NuGetAudit></PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Private.repository" Version="1.0.0" />
                <PackageReference Include="Private.user" Version="1.0.0" />
              </ItemGroup>
            """
        );
        web.EditFile(Path.Combine(web.Root, "nuget.config"), text =>
            text.Replace(
                    "  </packageSources>",
                    Source("our feed", $"{feeds}/repository/index.json") + "  </packageSources>",
                    StringComparison.Ordinal
                )
                .Replace("</configuration>", Credentials("our_x0020_feed", repository) + "</configuration>", StringComparison.Ordinal)
        );
        var home = Path.Combine(Workspace.Folder, "home");
        var own = Path.Combine(home, ".nuget", "NuGet", "config", "corp.config");
        Directory.CreateDirectory(Path.GetDirectoryName(own)!);
        await File.WriteAllTextAsync(
            own,
            $"""
            <configuration>
              <packageSources>{Source("mine", $"{feeds}/user/index.json")}</packageSources>
              {Credentials("mine", user)}
            </configuration>
            """
        );

        var publish = await web.DotnetAsync(web.PublishArguments("-p:ContainerTarget=builder", "-v:diag"), [new("DOTNET_CLI_HOME", home)]);

        publish.Succeeds();
        var warning = publish.Warnings.Single(warning => warning.Code == "MULTISTAGE1053");
        Assert.Contains("'nuget.config' holds a password for the package source 'our feed'", warning.Text);
        var image = $"{web.ImageName}:latest-builder";
        var archive = Path.Combine(Workspace.Folder, "builder.tar");
        await Daemon.DockerAsync("save", "--output", archive, image);
        foreach (var password in new[] { repository, user })
        {
            Assert.IsFalse(await Secrets.HoldsAsync(archive, password), "The image holds the password.");
            Assert.DoesNotContain(password, await Daemon.DockerAsync("image", "history", "--no-trunc", image));
            Assert.DoesNotContain(password, publish.Output + publish.ErrorOutput);
            foreach (var written in Directory.EnumerateFiles(web.Pipeline(), "*", SearchOption.AllDirectories))
            {
                Assert.IsFalse(await Secrets.HoldsAsync(written, password), $"{written} holds the password.");
            }
        }
    }

    private static string Source(string name, string address) =>
        $"<add key=\"{name}\" value=\"{address}\" allowInsecureConnections=\"true\" />";

    private static string Credentials(string element, string password) =>
        $"""
            <packageSourceCredentials>
              <{element}><add key="Username" value="somebody" /><add key="ClearTextPassword" value="{password}" /></{element}>
            </packageSourceCredentials>
            """;

    // A folder of a web server is a feed where an index names it; each has one package of its name and a password of its own.
    private async Task<string> ServeAsync(params (string Name, string Password)[] feeds)
    {
        var folder = Workspace.Next().Folder;
        var locations = new StringBuilder();
        foreach (var (name, password) in feeds)
        {
            var id = $"private.{name}";
            var package = Directory.CreateDirectory(Path.Combine(folder, "feeds", name, id, "1.0.0")).FullName;
            await File.WriteAllTextAsync(Path.Combine(folder, "feeds", name, id, "index.json"), """{ "versions": ["1.0.0"] }""");
            await File.WriteAllTextAsync(
                Path.Combine(folder, "feeds", name, "index.json"),
                """{ "version": "3.0.0", "resources": [{ "@id": "http://@HOST/NAME/", "@type": "PackageBaseAddress/3.0.0" }] }""".Replace(
                    "NAME",
                    name,
                    StringComparison.Ordinal
                )
            );
            await File.WriteAllTextAsync(Path.Combine(folder, $"{name}.htpasswd"), $"somebody:{{PLAIN}}{password}\n");
            locations.Append(
                $$"""
                location /{{name}}/ {
                  auth_basic "{{name}}";
                  auth_basic_user_file /feeds/{{name}}.htpasswd;
                  sub_filter @HOST $http_host;
                  sub_filter_types *;
                }
                """
            );
            await using var file = await ZipFile.OpenAsync(Path.Combine(package, $"{id}.1.0.0.nupkg"), ZipArchiveMode.Create);
            await using var entry = new StreamWriter(await file.CreateEntry($"{id}.nuspec").OpenAsync());
            await entry.WriteAsync(
                $"""
                <package>
                  <metadata><id>Private.{name}</id><version>1.0.0</version><authors>a</authors><description>d</description></metadata>
                </package>
                """
            );
        }

        await File.WriteAllTextAsync(
            Path.Combine(folder, "nginx.conf"),
            $"events {{ }}\nhttp {{ server {{ listen 80; root /feeds;\n{locations}}} }}\n"
        );
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Dockerfile"),
            "FROM nginx\nCOPY nginx.conf /etc/nginx/nginx.conf\nCOPY feeds *.htpasswd /feeds/\nRUN chmod -R a+rX /feeds\n"
        );
        var image = $"{Workspace.Next().ImageName}:feed";
        await Daemon.DockerAsync("build", "--quiet", "--tag", image, folder);
        var server = await Daemon.RunAsync(image);
        // The same address here and in a step: that of the container.
        var address = await Daemon.DockerAsync(
            "inspect",
            "--format",
            "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}",
            server.Id
        );
        return $"http://{address}";
    }
}
