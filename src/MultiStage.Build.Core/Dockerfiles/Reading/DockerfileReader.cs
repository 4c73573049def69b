using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>
/// Reads a Dockerfile that exists as a plan: its stages, what they are based on and what they take from each other and from images. Of its
/// instructions only those are kept that say so; it is built from its own text.
/// </summary>
internal sealed class DockerfileReader
{
    // Docker knows them undeclared. Source: https://docs.docker.com/reference/dockerfile/#predefined-args
    private static readonly ImmutableHashSet<string> Predefined = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "FTP_PROXY",
        "NO_PROXY",
        "ALL_PROXY",
        "SOURCE_DATE_EPOCH"
    );

    private readonly string _file;
    private readonly DockerfileVariables _variables;
    private readonly List<Stage> _stages = [];
    private readonly ImmutableArray<string?> _given;
    private readonly ImmutableArray<string> _names;

    private DockerfileReader(string file, DockerfileText text, DockerfileVariables variables)
    {
        (_file, _variables) = (file, variables);
        _given = [.. text.Instructions.Where(instruction => instruction.Keyword == "FROM").Select(GivenName)];
        // Of two stages with one name the last one has it; the other one is known by its number.
        _names =
        [
            .. _given.Select(
                (name, number) =>
                    name is null || _given.Skip(number + 1).Contains(name, StringComparer.OrdinalIgnoreCase) ? Number(number) : name
            ),
        ];
    }

    /// <param name="file">Its absolute path, for messages.</param>
    /// <param name="facts">What the build is given: platform, build arguments, labels.</param>
    /// <param name="platforms">The build's platforms; null before a daemon was asked.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.DockerfileNotUnderstood"/>, at the Dockerfile's line.</exception>
    /// <returns>
    /// The plan. A stage without a name of its own is named by its number. A base image that only the daemon knows stands as the Dockerfile
    /// writes it, with its
    /// variables.
    /// </returns>
    public static BuildPlan Read(string text, string file, ProjectFacts facts, BuildPlatforms? platforms = null)
    {
        ArgumentNullException.ThrowIfNull(facts);
        // Its stages are not planned, but what goes along with them is.
        var given = BuildPlanner.Given(facts);
        var dockerfile = DockerfileLexer.Read(text);
        platforms ??= new(null, given.Platform);
        var reader = new DockerfileReader(file, dockerfile, new(given.BuildArgs, platforms, dockerfile.Escape));
        foreach (var instruction in dockerfile.Instructions)
        {
            reader.Add(instruction);
        }

        return reader._stages.Count > 0
            ? given with
            {
                Stages = [.. reader._stages],
            }
            : throw reader.NotUnderstood(1, "it has no FROM instruction");
    }

    /// <summary>Finds build arguments that the Dockerfile declares nowhere, and those that hold secrets.</summary>
    /// <param name="buildArgs">The <c>ContainerBuildArg</c> items.</param>
    /// <returns>A warning for each: Docker passes over both without a word.</returns>
    public static ImmutableArray<Diagnostic> ArgumentWarnings(string text, ImmutableArray<ProjectItem> buildArgs)
    {
        var dockerfile = DockerfileLexer.Read(text);
        var declared = dockerfile
            .Instructions.Where(instruction => instruction.Keyword == "ARG")
            .SelectMany(instruction => DockerfileVariables.Declarations(instruction.Arguments, dockerfile.Escape))
            .Select(declaration => declaration.Name)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. buildArgs
                .Where(item =>
                    !declared.Contains(item.Include)
                    && !Predefined.Contains(item.Include)
                    && !item.Include.StartsWith("BUILDKIT_", StringComparison.Ordinal)
                )
                .Select(item => Codes.BuildArgUnused.With(item.Include) with { About = item.Type, Item = item }),
            .. buildArgs
                .Where(item => item["Value"].Length > 0 && SecretText.Is(item.Include, item["Value"]))
                .Select(item => Codes.BuildArgIsSecret.With(item.Include) with { About = item.Type, Item = item }),
        ];
    }

    /// <summary>Finds the first instruction that the classic builder does not know.</summary>
    /// <returns>The instruction's line and what it uses; null where the classic builder knows all of it.</returns>
    public static (int Line, string Feature)? NeedsBuildKit(string text)
    {
        foreach (var instruction in DockerfileLexer.Read(text).Instructions)
        {
            var flag = instruction.Flags.FirstOrDefault(flag =>
                flag.Split('=')[0]
                    is not ("--from" or "--chown" or "--platform" or "--interval" or "--timeout" or "--start-period" or "--retries")
            );
            if (instruction.HasHeredoc || flag is not null)
            {
                return (instruction.Line, flag ?? "a here-document");
            }
        }

        return null;
    }

    /// <summary>Cuts a Dockerfile behind a stage, for a stage without a name: a builder can only be asked for one by name, and builds the
    /// last one unasked.</summary>
    /// <param name="stage">The stage's number, from 0.</param>
    /// <returns>The text up to the next stage.</returns>
    public static string UpTo(string text, int stage)
    {
        var next = DockerfileLexer
            .Read(text)
            .Instructions.Where(instruction => instruction.Keyword == "FROM")
            .Skip(stage + 1)
            .FirstOrDefault();
        return next is null ? text : string.Join('\n', text.Split('\n').Take(next.Line - 1)) + "\n";
    }

    private void Add(DockerfileInstruction instruction)
    {
        switch (instruction.Keyword)
        {
            case "ARG" when _stages.Count == 0:
                _variables.Declare(instruction.Arguments);
                break;
            case "FROM":
                _stages.Add(From(instruction));
                break;
            case "COPY" or "RUN" when _stages.Count > 0 && Known(instruction) is { } step:
                _stages[^1] = _stages[^1] with { Steps = _stages[^1].Steps.Add(step) };
                break;
            default:
                if (_stages.Count == 0)
                {
                    throw NotUnderstood(instruction.Line, $"'{instruction.Keyword}' comes before the first FROM");
                }

                break;
        }
    }

    private Stage From(DockerfileInstruction instruction)
    {
        var words = Words(instruction);
        if (words.Length != 1 && GivenName(instruction) is null)
        {
            throw NotUnderstood(instruction.Line, "FROM takes an image, or an image AS a name");
        }

        var image = _variables.Expand(words[0]);
        return image is ""
            ? throw NotUnderstood(instruction.Line, $"'{words[0]}' stands for nothing: no ARG before the first FROM gives it a value")
            : new Stage(_names[_stages.Count], image is null ? words[0] : Above(image) ?? image, "", [])
            {
                IsUnnamed = _names[_stages.Count] == Number(_stages.Count),
                OnBuildPlatform =
                    instruction.Flag("--platform") is { } platform && platform.Contains("BUILDPLATFORM", StringComparison.Ordinal),
            };
    }

    private Step? Known(DockerfileInstruction instruction)
    {
        if (instruction.Keyword == "COPY")
        {
            var paths = StepText.Copy(instruction.Arguments).Sources;
            return instruction.Flag("--from") is { Length: > 0 } from && paths.Length > 0
                ? new CopyStep(paths[..^1], paths[^1], Source(instruction, from))
                : null;
        }

        var mounted = instruction
            .Flags.Select(StepText.MountOf)
            .OfType<Mount>()
            .Where(mount => mount.From is { Length: > 0 } source && !source.Contains('$', StringComparison.Ordinal));
        return new ScriptStep([instruction.Arguments]) { Mounted = [.. mounted.Select(mount => Source(instruction, mount.From!))] };
    }

    private string Source(DockerfileInstruction instruction, string from)
    {
        if (
            _names.FirstOrDefault(name => name.Equals(from, StringComparison.OrdinalIgnoreCase)) is { } named
            && !named.All(char.IsAsciiDigit)
        )
        {
            return named;
        }

        if (!from.All(char.IsAsciiDigit))
        {
            return from;
        }

        return int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _stages.Count - 1
            ? _names[number]
            : throw NotUnderstood(
                instruction.Line,
                $"--from={from} names no stage: the ones before this are "
                    + $"{string.Join(", ", _stages.SkipLast(1).Select((s, i) => $"{i}" + (s.IsUnnamed ? "" : $" ({s.Name})")))}"
            );
    }

    // FROM sees the stages above it alone: one that is called as its own image, or as an image that one above it names, takes nothing from
    // that one.
    private string? Above(string name) =>
        _given.Take(_stages.Count).ToList().FindLastIndex(given => name.Equals(given, StringComparison.OrdinalIgnoreCase))
            is >= 0
                and var number
            ? _names[number]
            : null;

    private static string[] Words(DockerfileInstruction instruction) =>
        instruction.Arguments.Split([' ', '\t', '\v', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries);

    private static string? GivenName(DockerfileInstruction instruction) =>
        Words(instruction) is [_, var @as, var name] && @as.Equals("AS", StringComparison.OrdinalIgnoreCase) ? name : null;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private MultiStageException NotUnderstood(int line, string why) =>
        new(Codes.DockerfileNotUnderstood.With(_file, why) with { Location = new(_file, line, 1) });
}
