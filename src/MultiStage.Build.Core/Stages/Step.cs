using System.Collections.Immutable;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Companions;

namespace MultiStage.Build.Stages;

/// <summary>One instruction of a stage, as values rather than text.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "instruction")]
[JsonDerivedType(typeof(ArgStep), "ARG")]
[JsonDerivedType(typeof(CommandStep), "CMD")]
[JsonDerivedType(typeof(CopyStep), "COPY")]
[JsonDerivedType(typeof(EntrypointStep), "ENTRYPOINT")]
[JsonDerivedType(typeof(EnvStep), "ENV")]
[JsonDerivedType(typeof(ExposeStep), "EXPOSE")]
[JsonDerivedType(typeof(FileStep), "FILE")]
[JsonDerivedType(typeof(HealthcheckStep), "HEALTHCHECK")]
[JsonDerivedType(typeof(LabelStep), "LABEL")]
[JsonDerivedType(typeof(PackagesStep), "packages")]
[JsonDerivedType(typeof(RunStep), "RUN")]
[JsonDerivedType(typeof(ScriptStep), "script")]
[JsonDerivedType(typeof(UserStep), "USER")]
[JsonDerivedType(typeof(WorkdirStep), "WORKDIR")]
[JsonDerivedType(typeof(WrittenStep), "written")]
internal abstract record Step
{
    /// <summary>Why the step is there, one sentence for its reader; null where the instruction says it all.</summary>
    public string? Why { get; init; }

    /// <summary>The name by which a step of the project asks to come before or after this one; null where none can. Neighbours may share
    /// it.</summary>
    public string? Anchor { get; init; }
}

/// <summary>Declares a build argument without a value.</summary>
internal sealed record ArgStep(string Name) : Step;

/// <summary>Sets the command, in exec form.</summary>
internal sealed record CommandStep(ImmutableArray<string> Words) : Step;

/// <summary>Sets the entry point, in exec form.</summary>
/// <param name="Words">Its words; none resets the base image's.</param>
internal sealed record EntrypointStep(ImmutableArray<string> Words) : Step;

/// <summary>Copies files.</summary>
/// <param name="Sources">What is copied: paths in the context, or in <paramref name="From"/>.</param>
/// <param name="Destination">Where it goes; a folder where it ends in a slash.</param>
/// <param name="From">The stage or image it comes from; null for the context.</param>
internal sealed record CopyStep(ImmutableArray<string> Sources, string Destination, string? From = null) : Step
{
    /// <summary>Makes a layer that does not depend on those below it.</summary>
    public bool Link { get; init; }

    /// <summary>Further flags, such as <c>--chown=app</c>, as they are written.</summary>
    public ImmutableArray<string> Flags { get; init; } = [];

    /// <summary>Whether paths are written as a Dockerfile's author wrote them: with patterns and variables.</summary>
    public bool IsAsWritten { get; init; }

    /// <summary>The instruction: <c>COPY</c>, or <c>ADD</c>, which also fetches and unpacks.</summary>
    public string Keyword { get; init; } = "COPY";
}

/// <summary>Sets an environment variable.</summary>
internal sealed record EnvStep(NameValue Variable) : Step;

/// <summary>Documents a port.</summary>
/// <param name="Port">The port, such as <c>8080/tcp</c>.</param>
internal sealed record ExposeStep(string Port) : Step;

/// <summary>Writes a file whose text is in the Dockerfile.</summary>
/// <param name="Path">The file, relative to the working directory.</param>
internal sealed record FileStep(string Path, ImmutableArray<string> Lines) : Step;

/// <summary>Sets the health check; with neither words nor a command, switches off the base image's.</summary>
/// <param name="Words">A program and its arguments.</param>
/// <param name="Command">A line for the shell; empty for none.</param>
internal sealed record HealthcheckStep(ImmutableArray<string> Words, string Command = "") : Step
{
    /// <summary>The step of a health check.</summary>
    public static HealthcheckStep Of(HealthcheckFacts check) =>
        new(check.Words, check.Command)
        {
            Interval = check.Interval,
            Timeout = check.Timeout,
            StartPeriod = check.StartPeriod,
            Retries = check.Retries,
        };

    /// <summary>The time between two checks, as a duration of Docker's; null for Docker's default.</summary>
    public string? Interval { get; init; }

    /// <summary>How long a check may take.</summary>
    public string? Timeout { get; init; }

    /// <summary>How long failures do not count.</summary>
    public string? StartPeriod { get; init; }

    /// <summary>How many failures in a row make the container unhealthy.</summary>
    public int? Retries { get; init; }
}

/// <summary>Sets labels.</summary>
internal sealed record LabelStep(ImmutableArray<NameValue> Labels) : Step;

/// <summary>Installs packages of the distribution, and leaves nothing behind that the installing needed.</summary>
/// <param name="Packages">The packages, sorted by name.</param>
internal sealed record PackagesStep(PackageManager Manager, ImmutableArray<OsPackage> Packages) : Step;

/// <summary>A package of a distribution.</summary>
/// <param name="Version">The version to install; null for the newest.</param>
internal sealed record OsPackage(string Name, string? Version);

/// <summary>Runs a program through the shell.</summary>
/// <param name="Words">The program and its arguments, each already quoted for the shell, in groups that are never broken over two
/// lines.</param>
internal sealed record RunStep(ImmutableArray<string> Words) : Step
{
    /// <summary>The folder at which the whole context is there while the step runs, and in no layer; null for none.</summary>
    public string? ContextFolder { get; init; }

    /// <summary>A folder that is there while the step runs, is kept from one build to the next, and is in no layer; null for
    /// none.</summary>
    public CacheMount? Cache { get; init; }

    /// <summary>The secrets that are there while the step runs, and in no layer.</summary>
    public ImmutableArray<SecretMount> Secrets { get; init; } = [];
}

/// <summary>Runs what the project's author wrote, to the letter.</summary>
/// <param name="Lines">The shell's text: one line, lines that each continue the one before, or a script.</param>
internal sealed partial record ScriptStep(ImmutableArray<string> Lines) : Step
{
    /// <summary>The instruction's flags, such as <c>--mount=type=cache,target=/root/.cache</c>, as they are written.</summary>
    public ImmutableArray<string> Flags { get; init; } = [];

    /// <summary>The stages and images that its mounts show.</summary>
    public ImmutableArray<string> Mounted { get; init; } = [];

    /// <summary>Whether each line but the last goes on in the next one, so that all of them are one for the shell, and Docker takes none of
    /// it for anything else: no last backslash that would take in the next instruction, no brackets that begin a here-document.</summary>
    [JsonIgnore]
    public bool IsOneLine =>
        Lines.SkipLast(1).All(StepText.IsContinued) && !Lines[^1].EndsWith('\\') && !Lines.Any(line => Heredoc().IsMatch(line));

    [GeneratedRegex("(?<!<)<<(?!<)", RegexOptions.CultureInvariant)]
    private static partial Regex Heredoc();
}

/// <summary>A folder that the builder keeps between builds.</summary>
/// <param name="Id">Its name; builds that use the same one share the folder, also at the same time.</param>
/// <param name="Target">Where the step finds it.</param>
internal sealed record CacheMount(string Id, string Target);

/// <summary>Sets the user.</summary>
/// <param name="User">A name or a number; may name a variable.</param>
internal sealed record UserStep(string User) : Step;

/// <summary>Sets the working directory.</summary>
internal sealed record WorkdirStep(string Path) : Step;

/// <summary>An instruction as the project's author wrote it.</summary>
/// <param name="Keyword">Its keyword, such as <c>ENV</c>.</param>
/// <param name="Lines">What follows the keyword, in lines.</param>
internal sealed record WrittenStep(string Keyword, ImmutableArray<string> Lines) : Step;
