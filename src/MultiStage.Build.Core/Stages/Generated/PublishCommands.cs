using System.Collections.Immutable;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Stages.Generated;

/// <summary>The restore and the publish that run in the builder stage. Both get the same runtime identifier and properties, or publish would miss what restore did not fetch.</summary>
internal sealed class PublishCommands
{
    private readonly ProjectFacts _facts;
    private readonly PlanTarget _target;

    /// <summary>Prepares the commands.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <param name="target">The builder.</param>
    public PublishCommands(ProjectFacts facts, PlanTarget target)
    {
        _facts = facts;
        _target = target;
    }

    /// <summary>Whether the builder's own platform will do, whatever platform is built: only native code needs the target's toolchain.</summary>
    public bool RunsOnBuildPlatform => _target is PlanTarget.BuildKit && !_facts.Publish.IsAot;

    /// <summary>Whether the commands read BuildKit's <c>TARGETARCH</c>.</summary>
    public bool UsesTargetArchitecture => _facts.Publish.RuntimeIdentifier is null && _target is PlanTarget.BuildKit;

    /// <summary>The cache of the compilers' outputs, one for all projects of a builder; null where there is none. Only BuildKit keeps folders between builds.</summary>
    /// <param name="publish">How the app is published.</param>
    /// <param name="target">The builder.</param>
    /// <returns>The mount, on a folder that every image has, so that it leaves none behind.</returns>
    public static CacheMount? CompileCache(PublishFacts publish, PlanTarget target) =>
        publish.UsesCompileCache && target is PlanTarget.BuildKit ? new CacheMount("multistage-compile", "/mnt") : null;

    /// <summary>The restore.</summary>
    /// <returns>Its words, quoted for the shell.</returns>
    public ImmutableArray<string> Restore() => LockRules.For(_facts.Closure, _facts.Publish) switch
    {
        LockedRestore.None => [.. RestoreForRuntime(Enter, ForRuntime)],
        LockedRestore.WithRuntime => [.. Restore(Enter, [LockedMode, Added, .. ForRuntime])],
        LockedRestore.AsTheProjectSays => [.. Restore(Enter, [LockedMode, .. ForRuntime, .. WithoutBuildersRuntime])],
        // The files themselves stay as they are, for whatever restores from them later.
        _ => [.. Restore(Enter, [LockedMode]), .. RestoreForRuntime("&&", [.. ForRuntime, "-p:RestoreLockedMode=false", "-p:NuGetLockFilePath=.runtime/packages.lock.json"])],
    };

    /// <summary>Makes a restore fail where it would change a lock file, or where a package's content is not the one that was locked.</summary>
    internal const string LockedMode = "--locked-mode";

    /// <summary>Why the restore is what it is; null where that is plain.</summary>
    public string? WhyRestore => LockRules.For(_facts.Closure, _facts.Publish) switch
    {
        LockedRestore.ThenRuntime => "The lock files name no runtime: first what they pin, checked, then what the runtime adds.",
        LockedRestore.None when _facts.Publish.HasBrowserClient => "As publish itself restores: restore's own -r would also replace the browser's runtime, which the client has.",
        _ => null,
    };

    private static readonly string Enter = $"cd {GlobalProperties.SourceFolder} &&";

    private IEnumerable<string> RestoreForRuntime(string before, IEnumerable<string> switches) => _facts.Publish.HasBrowserClient
        ? Restore(before, [RuntimeIdentifier, .. switches], "build --no-restore -t:Restore")
        : Restore(before, [RuntimeIdentifier, .. switches]);

    // A package may be referenced in one configuration alone.
    private IEnumerable<string> Restore(string before, IEnumerable<string> switches, string command = "restore") =>
    [
        $"{before} dotnet {command} {ShellWord.Quote(_facts.Closure.Project)}",
        RestoreConfiguration(_facts.Publish),
        .. switches,
        .. Properties(_facts.Publish),
    ];

    // The SDK would add the builder's own runtime identifier to those of an app that carries its runtime.
    private IEnumerable<string> WithoutBuildersRuntime => _facts.Publish.SelfContained ? ["-p:UseCurrentRuntimeIdentifier=false"] : [];

    // Restore's -r stands instead of the identifiers that a project names itself; publish's adds to them, and made the lock files.
    private string Added => "-p:" + ShellWord.Quote($"RuntimeIdentifier={_facts.Publish.RuntimeIdentifier}");

    // Restore does not know that a publish follows, and fetches the runtime to carry only when it is told to.
    private IEnumerable<string> ForRuntime =>
        _facts.Publish.SelfContained ? ["-p:SelfContained=true"]
        : _facts.Publish.MustSayFrameworkDependent ? ["-p:SelfContained=false"]
        : [];

    /// <summary>The publish.</summary>
    /// <param name="output">The folder to publish to.</param>
    /// <param name="packages">The folder for what packages brought; null leaves it beside the rest.</param>
    /// <returns>Its words, quoted for the shell.</returns>
    public ImmutableArray<string> Publish(string output, string? packages = null)
    {
        var publish = _facts.Publish;
        var words = ImmutableArray.CreateBuilder<string>();
        words.Add($"dotnet publish {ShellWord.Quote(_facts.Closure.Project)} --no-restore");
        words.AddRange(Selection(publish.Configuration, publish.TargetFramework));
        words.Add(RuntimeIdentifier);
        if (publish.SelfContained)
        {
            words.Add("--self-contained");
        }
        else if (publish.MustSayFrameworkDependent)
        {
            words.Add("--no-self-contained");
        }

        if (publish.IsAot)
        {
            // The SDK would ship the debug symbols beside the program, at several times its size.
            words.Add("-p:CopyOutputSymbolsToPublishDirectory=false");
        }

        words.AddRange(Properties(_facts.Publish));
        // Unset, a stamp leaves the project's own value alone.
        words.AddRange(publish.Stamps.Keys.Order(StringComparer.Ordinal).Select(name => $"${{{name}:+\"-p:{name}=${name}\"}}"));
        if (publish.Git.MustNotLook)
        {
            // The package would warn that it finds no repository.
            words.Add("-p:EnableSourceControlManagerQueries=false");
        }

        if (publish.Git.NeedsNerdbank)
        {
            words.Add(NerdbankVersions.Property);
        }

        words.AddRange(CompileCacheProperty(CompileCache(publish, _target)));
        if (packages is not null)
        {
            words.Add($"-p:MultiStagePackagesFolder={packages}");
        }

        words.Add($"-o {output}");
        return words.ToImmutable();
    }

    /// <summary>The property that tells a build where the cache is.</summary>
    /// <param name="cache">The cache; null for none.</param>
    /// <returns>The switch, or nothing.</returns>
    internal static IEnumerable<string> CompileCacheProperty(CacheMount? cache) => cache is null ? [] : [$"-p:MultiStageCompileCache={cache.Target}"];

    /// <summary>The configuration, for a restore, which knows no <c>-c</c>.</summary>
    /// <param name="publish">How the app is published.</param>
    /// <returns>The switch, quoted for the shell.</returns>
    internal static string RestoreConfiguration(PublishFacts publish) => ShellWord.Quote($"-p:Configuration={MSBuildValue.Escape(publish.Configuration)}");

    /// <summary>The properties of the command line that are forwarded.</summary>
    /// <param name="publish">How the app is published.</param>
    /// <returns>The switches, quoted for the shell.</returns>
    internal static IEnumerable<string> Properties(PublishFacts publish) =>
        publish.Properties.Select(p => ShellWord.Quote($"-p:{p.Key}={MSBuildValue.Escape(p.Value)}"));

    /// <summary>The configuration, and one of several frameworks.</summary>
    /// <param name="configuration">The configuration.</param>
    /// <param name="framework">The framework; null where the project has one.</param>
    /// <returns>The switches, quoted for the shell.</returns>
    internal static IEnumerable<string> Selection(string configuration, string? framework) =>
        [$"-c {ShellWord.Quote(configuration)}", .. framework is null ? [] : new[] { $"-f {ShellWord.Quote(framework)}" }];

    /// <summary>The switch with the runtime identifier; <c>dotnet</c> takes Docker's name for an architecture in one, amd64 included.</summary>
    internal string RuntimeIdentifier => "-r " + (_facts.Publish.RuntimeIdentifier, _target) switch
    {
        ({ } chosen, _) => ShellWord.Quote(chosen),
        (null, PlanTarget.Classic classic) => Prefix + classic.Architecture,
        _ => Prefix + "$TARGETARCH",
    };

    private string Prefix => _facts.Publish.IsMusl ? "linux-musl-" : "linux-";
}
