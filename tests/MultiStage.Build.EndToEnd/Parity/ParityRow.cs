namespace MultiStage.Build.EndToEnd.Parity;

/// <summary>A project of which both this package and the .NET SDK make an image.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Sdk">Its SDK.</param>
/// <param name="Body">What is in the project beside its framework.</param>
/// <param name="Framework">Its framework.</param>
public sealed record ParityRow(string Name, string Sdk, string Body, string Framework = "net10.0")
{
    /// <summary>Every row: each kind of app published in each way on each family of base images, and every setting of an image.</summary>
    public static IReadOnlyList<ParityRow> All { get; } = [.. Published(), .. Configured(), .. Started()];

    /// <summary>The row's number, which names its folder and its images.</summary>
    public int Number => All.ToList().IndexOf(this);

    private static IEnumerable<ParityRow> Published() =>
        from app in (string[])["Web", "Worker", "Console"]
        from way in (string[])["", "SelfContained", "PublishTrimmed", "PublishAot"]
        from family in (string[])["", "alpine", "noble-chiseled", "noble-chiseled-extra", "azurelinux3.0-distroless"]
        from invariant in (bool[])[false, true]
        select new ParityRow(
            $"{app} {(way.Length == 0 ? "framework-dependent" : way)} on "
                + $"{(family.Length == 0 ? "the default" : family)}{(invariant ? ", invariant" : "")}",
            app == "Console" ? "Microsoft.NET.Sdk" : $"Microsoft.NET.Sdk.{app}",
            Property("OutputType", "Exe")
                + Property(way, "true")
                + Property(family.Length == 0 ? "" : "ContainerFamily", family)
                + Property(invariant ? "InvariantGlobalization" : "", "true")
        );

    private static IEnumerable<ParityRow> Configured() =>
        [
            Web("an older framework", "", "net8.0"),
            Web("a framework from before .NET 8", "", "net6.0"),
            Web("a family of an older framework", Property("ContainerFamily", "jammy-chiseled"), "net8.0"),
            Web(
                "variables",
                Variable("GREETING", "it's &quot;here&quot; for $5 \\ #1 %253B ü")
                    + Variable("EMPTY", "")
                    + Variable("A.b-c", "x=y")
                    + Variable("GREETING", "twice")
            ),
            Web("a variable of the base image", Variable("ASPNETCORE_HTTP_PORTS", "9000") + Variable("PATH", "/opt/bin:$PATH")),
            Web("urls", Variable("ASPNETCORE_URLS", "http://+:5000;https://*:5001")),
            Web("ports in variables", Variable("ASPNETCORE_HTTPS_PORTS", "8443;8444") + Variable("DOTNET_HTTP_PORTS", "9001")),
            Web("ports", Port("9000", "") + Port("53", "udp") + Port("53", "tcp") + Port("8080", "tcp")),
            Web(
                "labels",
                Label("team", "it's &quot;ours&quot; for $5 \\ #1 %253B ü")
                    + Label("empty", "")
                    + Label("with space", "x")
                    + Label("motd", "one%0Atwo")
            ),
            Web("a label twice", Label("team", "first") + Label("team", "second") + Label("org.opencontainers.image.authors", "mine")),
            Web(
                "fewer generated labels",
                Property("ContainerGenerateLabelsDotnetToolset", "false")
                    + Property("ContainerGenerateLabelsImageBaseName", "false")
                    + Property("ContainerGenerateLabelsImageAuthors", "false")
            ),
            Web("no label", Property("ContainerGenerateLabels", "false") + Label("team", "ours")),
            Web(
                "every described label",
                string.Concat(
                    from name in (string[])
                        ["Description", "Authors", "InformationUrl", "DocumentationUrl", "Version", "Vendor", "LicenseExpression", "Title"]
                    select Property($"Container{name}", $"the {name}")
                )
            ),
            Web(
                "labels of the package's properties",
                Property("Description", "What; it, does")
                    + Property("PackageProjectUrl", "https://example.com/?a=1&amp;b=2")
                    + Property("Title", "T")
                    + Property("PackageVersion", "1.2.3-beta+5")
                    + Property("PackageLicenseExpression", "MIT")
            ),
            Web(
                "a source repository",
                Property("PublishRepositoryUrl", "true")
                    + Property("RepositoryType", "git")
                    + Property("PrivateRepositoryUrl", "https://example.com/app.git")
                    + Property("SourceRevisionId", "0123abc")
            ),
            Web("a user by name", Property("ContainerUser", "app")),
            Web("a user by number", Property("ContainerUser", "1000:1000")),
            Web("root", Property("ContainerUser", "root")),
            Web("another folder", Property("ContainerWorkingDirectory", "/srv/my app")),
            Web("another folder with a slash", Property("ContainerWorkingDirectory", "/srv/")),
            Web("another name", Property("AssemblyName", "My.App")),
            Web("a platform", Property("RuntimeIdentifier", "linux-x64")),
            Web("a mirror's name", Property("ContainerBaseImage", "mcr.microsoft.com/acme/aspnet:10.0")),
            Web(
                "a mirror's name and ports",
                Property("ContainerBaseImage", "mcr.microsoft.com/acme/aspnet:10.0") + Variable("ASPNETCORE_HTTP_PORTS", "9000")
            ),
            Web("a single file", Property("PublishSingleFile", "true")),
            Web("ahead-of-time images of IL", Property("PublishReadyToRun", "true")),
            Web("self-contained by publish alone", Property("PublishSelfContained", "true")),
        ];

    private static IEnumerable<ParityRow> Started() =>
        [
            Web("arguments of the app", Words("AppCommandArgs", "--urls", "http://*:80")),
            Web("default arguments", Words("DefaultArgs", "--help", "it's $HOME")),
            Web("both arguments", Words("AppCommandArgs", "--x") + Words("DefaultArgs", "--y")),
            Web("another command", Words("AppCommand", "/bin/sh", "-c", "exec &quot;$0&quot; \\ ü")),
            Web("an entry point", Words("Entrypoint", "tini", "--")),
            Web("an entry point with arguments", Words("Entrypoint", "tini") + Words("EntrypointArgs", "-e", "143")),
            Web("arguments of no entry point", Words("EntrypointArgs", "--a", "--b")),
            Web("an entry point and default arguments", Words("Entrypoint", "tini", "--") + Words("DefaultArgs", "--y")),
            Web("the app as default arguments", Property("ContainerAppCommandInstruction", "DefaultArgs")),
            Web("no app", Property("ContainerAppCommandInstruction", "None") + Words("Entrypoint", "run") + Words("DefaultArgs", "--y")),
            Web("nothing to start", Property("ContainerAppCommandInstruction", "None")),
            new ParityRow(
                "a self-contained app's command",
                "Microsoft.NET.Sdk.Web",
                Property("SelfContained", "true") + Property("AssemblyName", "Web-App") + Words("AppCommandArgs", "--x")
            ),
        ];

    private static ParityRow Web(string name, string body, string framework = "net10.0") =>
        new(name, "Microsoft.NET.Sdk.Web", body, framework);

    private static string Property(string name, string value) =>
        name.Length == 0 ? "" : $"  <PropertyGroup><{name}>{value}</{name}></PropertyGroup>\n";

    private static string Item(string item, string include, string metadata, string value) =>
        $"  <ItemGroup><{item} Include=\"{include}\" {metadata}=\"{value}\" /></ItemGroup>\n";

    private static string Variable(string name, string value) => Item("ContainerEnvironmentVariable", name, "Value", value);

    private static string Label(string name, string value) => Item("ContainerLabel", name, "Value", value);

    private static string Port(string number, string type) => Item("ContainerPort", number, "Type", type);

    private static string Words(string item, params string[] words) =>
        string.Concat(words.Select(word => $"  <ItemGroup><Container{item} Include=\"{word}\" /></ItemGroup>\n"));
}
