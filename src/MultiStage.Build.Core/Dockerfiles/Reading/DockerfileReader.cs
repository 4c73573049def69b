using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>
/// Reads a Dockerfile that exists as a plan: its stages, what they are based on and what they take from each other and from images. Of its
/// instructions only those are kept that say so; it is built from its own text.
/// </summary>
public sealed class DockerfileReader
{
    // Docker knows them undeclared. Source: https://docs.docker.com/reference/dockerfile/#predefined-args
    private static readonly ImmutableHashSet<string> Predefined = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY", "SOURCE_DATE_EPOCH");

    private readonly string _file;
    private readonly DockerfileVariables _variables;
    private readonly List<Stage> _stages = [];

    private DockerfileReader(string file, ImmutableSortedDictionary<string, string> buildArgs)
    {
        _file = file;
        _variables = new(buildArgs);
    }

    /// <summary>Reads a Dockerfile.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="file">Its absolute path, for messages.</param>
    /// <param name="facts">What the build is given: platform, build arguments, labels.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.DockerfileNotUnderstood"/>, at the Dockerfile's line.</exception>
    /// <returns>The plan. A stage without a name is named by its number.</returns>
    public static BuildPlan Read(string text, string file, ProjectFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        // Its stages are not planned, but what goes along with them is.
        var given = BuildPlanner.Given(facts);
        var reader = new DockerfileReader(file, given.BuildArgs);
        var instructions = DockerfileLexer.Read(text);
        foreach (var instruction in instructions)
        {
            reader.Add(instruction);
        }

        return reader._stages.Count > 0
            ? given with { Stages = [.. reader._stages] }
            : throw reader.NotUnderstood(1, "it has no FROM instruction");
    }

    /// <summary>Finds build arguments that the Dockerfile declares nowhere.</summary>
    /// <param name="text">The Dockerfile's text.</param>
    /// <param name="buildArgs">The <c>ContainerBuildArg</c> items.</param>
    /// <returns>A warning for each: Docker passes over such an argument without a word.</returns>
    public static ImmutableArray<Diagnostic> UnusedArguments(string text, ImmutableArray<ProjectItem> buildArgs)
    {
        var declared = DockerfileLexer.Read(text).Where(instruction => instruction.Keyword == "ARG")
            .SelectMany(instruction => instruction.Arguments.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
            .Select(word => word.Split('=')[0])
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. buildArgs.Where(item => !declared.Contains(item.Include) && !Predefined.Contains(item.Include) && !item.Include.StartsWith("BUILDKIT_", StringComparison.Ordinal))
                .Select(item => Codes.BuildArgUnused.With(item.Include) with { About = item.Type, Item = item }),
        ];
    }

    /// <summary>Finds the first instruction that the classic builder does not know.</summary>
    /// <param name="text">The Dockerfile's text.</param>
    /// <returns>The instruction's line and what it uses; null where the classic builder knows all of it.</returns>
    public static (int Line, string Feature)? NeedsBuildKit(string text)
    {
        foreach (var instruction in DockerfileLexer.Read(text))
        {
            var flag = instruction.Flags.FirstOrDefault(flag => flag.Split('=')[0] is not ("--from" or "--chown" or "--platform" or "--interval" or "--timeout" or "--start-period" or "--retries"));
            if (instruction.HasHeredoc || flag is not null)
            {
                return (instruction.Line, flag ?? "a here-document");
            }
        }

        return null;
    }

    /// <summary>Cuts a Dockerfile behind a stage, for a stage without a name: a builder can only be asked for one by name, and builds the last one unasked.</summary>
    /// <param name="text">The Dockerfile's text.</param>
    /// <param name="stage">The stage's number, from 0.</param>
    /// <returns>The text up to the next stage.</returns>
    public static string UpTo(string text, int stage)
    {
        var next = DockerfileLexer.Read(text).Where(instruction => instruction.Keyword == "FROM").Skip(stage + 1).FirstOrDefault();
        return next is null ? text : string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Take(next.Line - 1)) + "\n";
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
            case "COPY" or "RUN" when _stages.Count > 0 && Taking(instruction) is { } step:
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
        var words = instruction.Arguments.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        var number = _stages.Count.ToString(CultureInfo.InvariantCulture);
        var name = words switch
        {
            [_] => number,
            [_, var @as, var given] when @as.Equals("AS", StringComparison.OrdinalIgnoreCase) => given,
            _ => throw NotUnderstood(instruction.Line, "FROM takes an image, or an image AS a name"),
        };
        var image = _variables.Expand(words[0]);
        return image.Length == 0
            ? throw NotUnderstood(instruction.Line, $"'{words[0]}' stands for nothing: no ARG before the first FROM gives it a value")
            : new Stage(name, Known(image) ?? image, "", [])
            {
                IsUnnamed = words.Length == 1,
                OnBuildPlatform = instruction.Flag("--platform") is { } platform && platform.Contains("BUILDPLATFORM", StringComparison.Ordinal),
            };
    }

    private Step? Taking(DockerfileInstruction instruction)
    {
        if (instruction.Keyword == "COPY")
        {
            var paths = StepText.Copy(instruction.Arguments).Sources;
            return instruction.Flag("--from") is { } from && paths.Length > 0 ? new CopyStep(paths[..^1], paths[^1], Source(instruction, from)) : null;
        }

        var mounted = instruction.Flags.Select(StepText.MountOf).OfType<Mount>().Where(mount => mount.From is { Length: > 0 } source && !source.Contains('$', StringComparison.Ordinal));
        return mounted.Select(mount => Source(instruction, mount.From!)).ToImmutableArray() is { Length: > 0 } sources ? new ScriptStep([]) { Mounted = sources } : null;
    }

    private string Source(DockerfileInstruction instruction, string from)
    {
        if (Known(from) is { } stage)
        {
            return stage;
        }

        if (!from.All(char.IsAsciiDigit))
        {
            return from;
        }

        return int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _stages.Count - 1
            ? _stages[number].Name
            : throw NotUnderstood(instruction.Line, $"--from={from} names no stage: the ones before this are {string.Join(", ", _stages.SkipLast(1).Select((s, i) => $"{i}" + (s.IsUnnamed ? "" : $" ({s.Name})")))}");
    }

    private string? Known(string name) => _stages.LastOrDefault(stage => !stage.IsUnnamed && stage.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Name;

    private MultiStageException NotUnderstood(int line, string why) =>
        new(Codes.DockerfileNotUnderstood.With(_file, why) with { Location = new(_file, line, 1) });
}
