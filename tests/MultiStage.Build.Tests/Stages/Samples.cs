using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tests.Stages;

/// <summary>The facts of projects as users have them.</summary>
internal static class Samples
{
    /// <summary>A web app that is alone in its repository.</summary>
    public static ProjectFacts Web { get; } =
        new(
            Closure("Web.csproj", ["Web.csproj"], ["Web.csproj"]),
            new PublishFacts { Configuration = "Release", UsesCompileCache = true },
            new ContainerFacts
            {
                SdkImage = "mcr.microsoft.com/dotnet/sdk:10.0",
                BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0",
                User = "$APP_UID",
                Entrypoint = ["dotnet", "/app/Web.dll"],
                Labels = [new("org.opencontainers.image.authors", "Web"), new("org.opencontainers.image.version", "1.0.0")],
                Ports = ["8080/tcp"],
                Repository = "web",
                Tags = ["latest"],
            }
        );

    /// <summary>A web app that this machine publishes.</summary>
    public static ProjectFacts OnHost { get; } =
        Web with
        {
            PublishedFolder = "obj/container",
            Closure = Web.Closure with { Projects = [], RestoreInputs = [] },
            Publish = Web.Publish with { RuntimeIdentifier = "linux-x64" },
            Container = Web.Container with { Platform = Platform.Parse("linux/amd64") },
        };

    /// <summary>A web app with the ready-made health check and tests.</summary>
    public static ProjectFacts Checked { get; } =
        Web with
        {
            Closure = Closure("src/Web/Web.csproj", ["src/Web/Web.csproj"], ["src/Web/Web.csproj"]),
            Healthcheck = new(HealthcheckKind.Probe)
            {
                Program = new(HealthcheckRules.ProbeName, HealthcheckRuntime.Shared) { TargetFramework = "net10.0" },
                Words = ["dotnet", $"/healthcheck/{HealthcheckRules.ProbeName}.dll", "/healthz", "8080"],
                Interval = "10s",
                StartPeriod = "5s",
            },
            Tests =
            [
                new(
                    Closure(
                        "tests/Web.Specs/Web.Specs.csproj",
                        ["src/Web/Web.csproj", "tests/Web.Specs/Web.Specs.csproj"],
                        ["src/Web/Web.csproj", "tests/Web.Specs/Web.Specs.csproj"]
                    ),
                    "Web.Specs",
                    TestRunner.VSTest
                )
                {
                    CollectsCoverage = true,
                },
                new(
                    Closure(
                        "tests/Web.Tests/Web.Tests.csproj",
                        ["src/Web/Web.csproj", "tests/Web.Tests/Web.Tests.csproj"],
                        ["src/Web/Web.csproj", "tests/Web.Tests/Web.Tests.csproj"]
                    ),
                    "Web.Tests",
                    TestRunner.Platform
                ),
            ],
        };

    /// <summary>A web app of eight projects with central package versions, a local feed, a tool manifest and linked files.</summary>
    public static ProjectFacts EightProjects { get; } =
        Web with
        {
            Closure = Closure(
                "src/Web/Web.csproj",
                [
                    "src/Data/Data.csproj",
                    "src/Domain/Domain.csproj",
                    "src/Generators/Generators.csproj",
                    "src/Jobs/Jobs.csproj",
                    "src/Messages/Messages.csproj",
                    "src/Shared/Shared.csproj",
                    "src/Storage/Storage.csproj",
                    "src/Web/Web.csproj",
                ],
                [
                    ".config/dotnet-tools.json",
                    "Directory.Build.props",
                    "Directory.Packages.props",
                    "build/versions.props",
                    "global.json",
                    "nuget.config",
                    "src/Directory.Build.props",
                    "src/Web/packages.lock.json",
                ],
                [
                    "Directory.Build.props",
                    "Directory.Packages.props",
                    "build/versions.props",
                    "keys/company.snk",
                    "protos/a b.proto",
                    "LICENSE",
                    "src/Directory.Build.props",
                ]
            ) with
            {
                LocalFeeds = ["packages"],
                ForeignFolders = ["src/Web/Tests"],
            },
        };

    /// <summary>A console app that is compiled ahead of time for one platform.</summary>
    public static ProjectFacts Aot { get; } =
        Web with
        {
            Publish = new PublishFacts
            {
                Configuration = "Release",
                RuntimeIdentifier = "linux-x64",
                SelfContained = true,
                IsAot = true,
            },
            Container = Web.Container with
            {
                SdkImage = "mcr.microsoft.com/dotnet/sdk:10.0-noble-aot",
                BaseImage = "mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled",
                Platform = Platform.Parse("linux/amd64"),
                Entrypoint = ["/app/Web"],
                Ports = [],
            },
        };

    /// <summary>Projects whose lock files were made without a runtime, and their tests.</summary>
    public static ProjectFacts Locked { get; } =
        Checked with
        {
            Closure = Checked.Closure with { Locks = [new LockFile(Checked.Closure.Project, [], [])] },
            Tests =
            [
                .. Checked.Tests.Select(test =>
                    test with
                    {
                        Closure = test.Closure with { Locks = [new LockFile(test.Closure.Project, [], [])] },
                    }
                ),
            ],
        };

    /// <summary>An app that carries its runtime, with a lock file for the runtimes that its project names.</summary>
    public static ProjectFacts LockedSelfContained { get; } =
        Web with
        {
            Closure = Web.Closure with { Locks = [new LockFile(Web.Closure.Project, ["linux-arm64", "linux-x64"], [])] },
            Publish = Web.Publish with { SelfContained = true, RuntimeIdentifier = "linux-x64" },
        };

    /// <summary>A static web app on an image that holds nothing else.</summary>
    public static ProjectFacts Scratch { get; } =
        Aot with
        {
            Publish = new PublishFacts
            {
                Configuration = "Release",
                SelfContained = true,
                IsAot = true,
                IsMusl = true,
            },
            Container = Aot.Container with
            {
                SdkImage = "mcr.microsoft.com/dotnet/sdk:10.0-alpine-aot",
                BaseImage = "scratch",
                Platform = null,
                Environment = [new("APP_UID", "1654"), new("ASPNETCORE_HTTP_PORTS", "8080"), new("DOTNET_RUNNING_IN_CONTAINER", "true")],
                Ports = ["8080/tcp"],
                TakenAlong = ["/etc/ssl/certs/ca-certificates.crt", "/usr/share/zoneinfo/"],
            },
        };

    /// <summary>An app on Alpine whose project has several frameworks.</summary>
    public static ProjectFacts Alpine { get; } =
        Web with
        {
            Publish = new PublishFacts
            {
                Configuration = "Release",
                TargetFramework = "net10.0",
                IsMusl = true,
            },
            Container = Web.Container with { BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0-alpine" },
        };

    /// <summary>A build whose version is given on the command line.</summary>
    public static ProjectFacts Stamped { get; } =
        Web with
        {
            Publish = new PublishFacts
            {
                Configuration = "Release",
                Stamps = Map(
                    ("Version", "1.2.3"),
                    ("SourceRevisionId", "0123abc"),
                    ("InformationalVersion", "1.2.3; built, 100% \"fresh\"")
                ),
            },
            Container = Web.Container with
            {
                BuildLabels =
                [
                    new("org.opencontainers.image.version", "1.2.3"),
                    new("org.opencontainers.image.created", "2030-01-01T00:00:00Z"),
                ],
            },
        };

    /// <summary>An app whose version comes from Git.</summary>
    public static ProjectFacts FromGit { get; } =
        Web with
        {
            Publish = Web.Publish with
            {
                Git = GitVersions.Read(
                    new(
                        "0123abc",
                        "",
                        "",
                        "",
                        [new("Version", "1.2.3"), new("CloudBuildNumber", "")],
                        StampsRevision: true,
                        PublishesRepositoryUrl: true,
                        HasPackageThatLooks: true
                    ),
                    Map(),
                    _ => false
                ),
            },
        };

    /// <summary>An app for a framework before .NET 8 with every setting there is, each with a value that is hard to write.</summary>
    public static ProjectFacts Nasty { get; } =
        new(
            Closure(
                "src/$App/it's [1]/App ü.csproj",
                ["src/$App/it's [1]/App ü.csproj", "src/Lib*/Lib.csproj"],
                ["src/$App/Directory.Build.props", "a,b \"c\".props"],
                ["a,b \"c\".props", "src/$App/Directory.Build.props"]
            ),
            new PublishFacts
            {
                Configuration = "Release It's",
                MustSayFrameworkDependent = true,
                Properties = Map(
                    ("zeta", "plain"),
                    ("Alpha", "a;b,c"),
                    ("Blank", " x "),
                    ("Percent", "100 %3B"),
                    ("Quote", "say \"hi\", it's $HOME"),
                    ("Lines", "a\r\nb"),
                    ("Shell", "`id` $(id) \\ & | < > # ! ~ * ? [x]"),
                    ("Empty", ""),
                    ("Level_2", "1"),
                    ("Levels", "2")
                ),
            },
            new ContainerFacts
            {
                SdkImage = "localhost:5000/dotnet/sdk:7.0",
                BaseImage = "localhost:5000/dotnet/aspnet@sha256:0123",
                WorkingDirectory = "/srv/my app/it's $HOME",
                User = "1000:1000",
                Entrypoint = ["/bin/sh", "-c", "exec \"$0\" \"$@\"", "ü\t\\"],
                Command = ["--greeting", "it's $HOME"],
                Environment =
                [
                    new("PATH", "/opt/bin:$PATH"),
                    new("QUOTED", "say \"hi\" \\ it's"),
                    new("EMPTY", ""),
                    new("WITH SPACE", "x=y"),
                ],
                Labels = [new("twice", "first"), new("motd", "line 1\nline 2"), new("a label", "$x"), new("twice", "second")],
                BuildLabels = [new("org.opencontainers.image.created", "2030-01-01T00:00:00Z")],
                Ports = ["53/udp", "8080/tcp"],
                Repository = "nasty",
                Tags = ["latest"],
            }
        );

    /// <summary>An app of 150 projects.</summary>
    public static ProjectFacts Many { get; } =
        Web with
        {
            Closure = Closure(
                "src/App/App.csproj",
                [.. Enumerable.Range(1, 149).Select(i => $"src/Lib{i:000}/Lib{i:000}.csproj"), "src/App/App.csproj"],
                ["Directory.Build.props", "global.json", ".config/dotnet-tools.json"],
                ["Directory.Build.props", "LICENSE"]
            ),
        };

    private static ClosureFacts Closure(string project, string[] projects, string[] restoreInputs, string[]? outsideFiles = null) =>
        new()
        {
            Context = "/not/in/any/text",
            Project = project,
            Projects =
            [
                .. projects
                    .Order(StringComparer.Ordinal)
                    .Select(path => new ClosureProject(
                        path,
                        [.. new[] { "bin", "obj" }.Select(name => $"{ContextPath.Parent(path)}/{name}".TrimStart('/'))]
                    )),
            ],
            RestoreInputs = [.. projects.Concat(restoreInputs).Distinct().Order(StringComparer.Ordinal)],
            OutsideFiles = [.. (outsideFiles ?? []).Order(StringComparer.Ordinal)],
        };

    private static ImmutableSortedDictionary<string, string> Map(params (string Name, string Value)[] pairs) =>
        pairs.ToImmutableSortedDictionary(p => p.Name, p => p.Value, StringComparer.OrdinalIgnoreCase);
}
