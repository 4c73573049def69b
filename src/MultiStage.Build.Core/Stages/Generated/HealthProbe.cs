using System.Collections.Immutable;
using MultiStage.Build.Projects.Companions;

namespace MultiStage.Build.Stages.Generated;

/// <summary>The ready-made HTTP probe. It is compiled in the builder, so that it fits whatever platform and runtime the app has.</summary>
internal static class HealthProbe
{
    /// <summary>
    /// Asks for a path on the port that ASP.NET listens on by the container's environment, else on the one that the image exposes. It
    /// speaks plain HTTP on a socket: with an HTTP client, it would be several times as large where it carries its own runtime.
    /// </summary>
    public static ImmutableArray<string> Source { get; } =
    [
        "using System.Net.Sockets;",
        "using System.Text;",
        "",
        "try",
        "{",
        "    var port = Port(args[1]);",
        "    using var client = new TcpClient(\"localhost\", port);",
        "    var stream = client.GetStream();",
        "    stream.Write(Encoding.ASCII.GetBytes($\"GET {args[0]} HTTP/1.1\\r\\nHost: localhost:{port}\\r\\nConnection: "
            + "close\\r\\n\\r\\n\"));",
        "    var status = new StreamReader(stream).ReadLine() ?? \"no answer\";",
        "    Console.WriteLine(status);",
        "    return status.StartsWith(\"HTTP/\") && status.IndexOf(\" 2\") == 8 ? 0 : 1;",
        "}",
        "catch (Exception exception)",
        "{",
        "    Console.WriteLine(exception.Message);",
        "    return 1;",
        "}",
        "",
        "static int Port(string exposed)",
        "{",
        "    foreach (var url in (Environment.GetEnvironmentVariable(\"ASPNETCORE_URLS\") ?? \"\").Split(';'))",
        "    {",
        "        if (url.StartsWith(\"http://\"))",
        "            return new Uri(url.Replace(\"//+\", \"//any\").Replace(\"//*\", \"//any\")).Port;",
        "    }",
        "",
        "    var ports = Environment.GetEnvironmentVariable(\"ASPNETCORE_HTTP_PORTS\") ?? \"\";",
        "    return int.Parse(ports.Length > 0 ? ports.Split(';')[0] : exposed);",
        "}",
    ];

    /// <param name="program">How it is published.</param>
    /// <param name="isOnScratch">Whether the image has no C library either.</param>
    /// <returns>The project file's lines.</returns>
    public static ImmutableArray<string> Project(HealthcheckProgram program, bool isOnScratch) =>
        [
            "<Project Sdk=\"Microsoft.NET.Sdk\">",
            "  <PropertyGroup>",
            "    <OutputType>Exe</OutputType>",
            $"    <TargetFramework>{program.TargetFramework}</TargetFramework>",
            "    <Configuration>Release</Configuration>",
            "    <ImplicitUsings>enable</ImplicitUsings>",
            "    <Nullable>enable</Nullable>",
            "    <InvariantGlobalization>true</InvariantGlobalization>",
            "    <DebugType>none</DebugType>",
            .. Runtime(program.Runtime, isOnScratch),
            "  </PropertyGroup>",
            "</Project>",
        ];

    private static string[] Runtime(HealthcheckRuntime runtime, bool isOnScratch) =>
        runtime switch
        {
            HealthcheckRuntime.Shared => ["    <UseAppHost>false</UseAppHost>"],
            HealthcheckRuntime.SelfContained =>
            [
                "    <SelfContained>true</SelfContained>",
                "    <PublishTrimmed>true</PublishTrimmed>",
                "    <PublishSingleFile>true</PublishSingleFile>",
            ],
            _ =>
            [
                "    <PublishAot>true</PublishAot>",
                "    <OptimizationPreference>Size</OptimizationPreference>",
                "    <CopyOutputSymbolsToPublishDirectory>false</CopyOutputSymbolsToPublishDirectory>",
                .. isOnScratch ? new[] { "    <StaticExecutable>true</StaticExecutable>" } : [],
            ],
        };
}
