using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Projects.Companions;

/// <summary>A test project, as the <c>test</c> stage runs it.</summary>
/// <param name="Closure">The project and what it references.</param>
/// <param name="Name">The name of its assembly, after which its results are named.</param>
internal sealed record TestFacts(ClosureFacts Closure, string Name, TestRunner Runner)
{
    /// <summary>The framework to test, where the project has several; null where it has one.</summary>
    public string? TargetFramework { get; init; }

    /// <summary>The folder that the tests are run from, relative to the context, because <c>global.json</c> is found from there; empty for
    /// the context.</summary>
    public string Folder { get; init; } = "";

    /// <summary>Whether the report comes from xUnit itself, because the project lacks the platform's own extension for it.</summary>
    public bool ReportsByXunit { get; init; }

    /// <summary>Whether the project has a package that collects coverage.</summary>
    public bool CollectsCoverage { get; init; }
}

/// <summary>What runs a test project.</summary>
internal enum TestRunner
{
    /// <summary>VSTest: <c>dotnet test</c>.</summary>
    VSTest,

    /// <summary>Microsoft.Testing.Platform, which the project chooses: it is a program.</summary>
    Platform,

    /// <summary>Microsoft.Testing.Platform, which <c>global.json</c> chooses for <c>dotnet test</c>.</summary>
    PlatformCommand,
}
