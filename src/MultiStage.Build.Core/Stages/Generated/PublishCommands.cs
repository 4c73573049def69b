using System.Collections.Immutable;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Stages.Generated;

/// <summary>The restore and the publish that run in the builder stage. Both get the same runtime identifier and properties, or publish
/// would miss what restore did not fetch.</summary>
internal sealed class PublishCommands
{
    private readonly ProjectFacts _facts;
    private readonly PlanTarget _target;

    /// <summary>Prepares the commands.</summary>
    /// <param name="facts">What was read from the project.</param>
    public PublishCommands(ProjectFacts facts, PlanTarget target)
    {
        _facts = facts;
        _target = target;
    }

    /// <summary>Whether the builder's own platform will do, whatever platform is built: only native code needs the target's
    /// toolchain.</summary>
    public bool RunsOnBuildPlatform => _target is PlanTarget.BuildKit && !_facts.Publish.IsAot;

    /// <summary>Whether the commands read BuildKit's <c>TARGETARCH</c>.</summary>
    public bool UsesTargetArchitecture => _facts.Publish.RuntimeIdentifier is null && _target is PlanTarget.BuildKit;

    /// <summary>The cache of the compilers' outputs, one for all projects of a builder; null where there is none. Only BuildKit keeps
    /// folders between builds.</summary>
    /// <param name="publish">How the app is published.</param>
    /// <returns>The mount, on a folder that every image has, so that it leaves none behind.</returns>
    public static CacheMount? CompileCache(PublishFacts publish, PlanTarget target) =>
        publish.UsesCompileCache && target is PlanTarget.BuildKit ? new CacheMount("multistage-compile", "/mnt") : null;

    /// <summary>What a restore and a publish can read of the project's secrets.</summary>
    /// <param name="facts">What was read from the project.</param>
    public static ImmutableArray<SecretMount> Secrets(ProjectFacts facts) =>
        [
            .. facts.Feeds.IsEmpty ? [] : new[] { new SecretMount(PackageFeeds.SecretId, PackageFeeds.Target) },
            .. facts.Stages.Secrets.Select(secret => new SecretMount(secret.Include)),
        ];

    public RunStep RestoreStep() => new(Restore()) { Why = WhyRestore, Secrets = Secrets(_facts) };

    /// <returns>Its words, quoted for the shell.</returns>
    public ImmutableArray<string> Restore() =>
        LockRules.For(_facts.Closure, _facts.Publish) switch
        {
            LockedRestore.None => [.. RestoreForPublish(Enter, [])],
            LockedRestore.WithRuntime => [.. RestoreForPublish(Enter, ["-p:RestoreLockedMode=true"])],
            LockedRestore.AsTheProjectSays => [.. RestoreLocked(Enter, [.. AsTheProjectCarries])],
            // The files themselves stay as they are, for whatever restores from them later.
            _ =>
            [
                .. RestoreLocked(Enter, []),
                .. RestoreForPublish("&&", ["-p:RestoreLockedMode=false", "-p:NuGetLockFilePath=.runtime/packages.lock.json"]),
            ],
        };

    /// <summary>Makes a restore fail where it would change a lock file, or where a package's content is not the one that was
    /// locked.</summary>
    internal const string LockedMode = "--locked-mode";

    /// <summary>Why the restore is what it is; null where that is plain.</summary>
    public string? WhyRestore =>
        LockRules.For(_facts.Closure, _facts.Publish) is LockedRestore.ThenRuntime
            ? "The lock files name no runtime: first restore what they pin, then what the runtime adds."
            : null;

    private static readonly string Enter = $"cd {GlobalProperties.SourceFolder} &&";

    // The restore that `dotnet publish` begins with, as a step of its own. `dotnet restore -r` would also fetch runtime packs that nothing
    // uses, and would replace the runtime identifier of a browser client.
    private IEnumerable<string> RestoreForPublish(string before, IEnumerable<string> switches) =>
        [
            $"{before} dotnet build {ShellWord.Quote(_facts.Closure.Project)} --no-restore -t:Restore",
            $"-c {ShellWord.Quote(_facts.Publish.Configuration)}",
            RuntimeIdentifier,
            .. Carried,
            "-p:_IsPublishing=true",
            .. OneFramework,
            .. switches,
            .. Forwarded(_facts.Publish),
            .. VariantFiles.RestoreSwitch(_facts.Publish),
        ];

    // Restore knows no -f. Where a project lacks the framework, each restores all of its own; lock files hold all of them, too.
    private IEnumerable<string> OneFramework =>
        _facts.Publish.TargetFramework is { } framework
        && _facts.Closure.SharedFrameworks.Contains(framework)
        && _facts.Closure.Locks.IsEmpty
            ? ["-p:TargetFrameworks=" + ShellWord.Quote(framework)]
            : [];

    // A package may be referenced in one configuration alone.
    private IEnumerable<string> RestoreLocked(string before, IEnumerable<string> switches) =>
        [
            $"{before} dotnet restore {ShellWord.Quote(_facts.Closure.Project)}",
            RestoreConfiguration(_facts.Publish),
            LockedMode,
            .. switches,
            .. Forwarded(_facts.Publish),
            .. VariantFiles.RestoreSwitch(_facts.Publish),
        ];

    // The SDK would add the builder's own runtime identifier to those of an app that carries its runtime.
    private IEnumerable<string> AsTheProjectCarries =>
        _facts.Publish.SelfContained ? ["-p:SelfContained=true", "-p:UseCurrentRuntimeIdentifier=false"]
        : _facts.Publish.MustSayFrameworkDependent ? ["-p:SelfContained=false"]
        : [];

    private IEnumerable<string> Carried =>
        _facts.Publish.SelfContained ? ["--self-contained"]
        : _facts.Publish.MustSayFrameworkDependent ? ["--no-self-contained"]
        : [];

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
        words.AddRange(Carried);
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
            // The package would warn that it finds no repository, and that it has no links to write.
            words.Add("-p:EnableSourceControlManagerQueries=false -p:EnableSourceLink=false");
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
    internal static IEnumerable<string> CompileCacheProperty(CacheMount? cache) =>
        cache is null ? [] : [$"-p:MultiStageCompileCache={cache.Target}"];

    /// <summary>The configuration, for a restore, which knows no <c>-c</c>.</summary>
    /// <param name="publish">How the app is published.</param>
    /// <returns>The switch, quoted for the shell.</returns>
    internal static string RestoreConfiguration(PublishFacts publish) =>
        ShellWord.Quote($"-p:Configuration={MSBuildValue.Escape(publish.Configuration)}");

    /// <summary>The properties that a build has of the command line and of a variant.</summary>
    /// <param name="publish">How the app is published.</param>
    /// <returns>The switches, quoted for the shell.</returns>
    internal static IEnumerable<string> Properties(PublishFacts publish) => Forwarded(publish).Concat(VariantFiles.PublishSwitch(publish));

    private static IEnumerable<string> Forwarded(PublishFacts publish) =>
        publish.Properties.Select(p => ShellWord.Quote($"-p:{p.Key}={MSBuildValue.Escape(p.Value)}"));

    /// <summary>The configuration, and one of several frameworks.</summary>
    /// <param name="framework">The framework; null where the project has one.</param>
    /// <returns>The switches, quoted for the shell.</returns>
    internal static IEnumerable<string> Selection(string configuration, string? framework) =>
        [$"-c {ShellWord.Quote(configuration)}", .. framework is null ? [] : new[] { $"-f {ShellWord.Quote(framework)}" }];

    /// <summary>The switch with the runtime identifier; <c>dotnet</c> takes Docker's name for an architecture in one, amd64
    /// included.</summary>
    internal string RuntimeIdentifier =>
        "-r "
        + (_facts.Publish.RuntimeIdentifier, _target) switch
        {
            ({ } chosen, _) => ShellWord.Quote(chosen),
            (null, PlanTarget.Classic classic) => Prefix + classic.Architecture,
            _ => Prefix + "$TARGETARCH",
        };

    private string Prefix => _facts.Publish.IsMusl ? "linux-musl-" : "linux-";
}
