using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Stages;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Dockerfiles.Injection;

/// <summary>A place of a project that a value comes from.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Set">Puts a value there.</param>
/// <param name="Read">Finds the value in the instructions, or in what goes to the daemon beside them; null where it is not there.</param>
/// <param name="Accepts">Whether a value has to be written, and not refused.</param>
internal sealed record Field(
    string Name,
    Func<string, ProjectFacts> Set,
    Func<List<ReadInstruction>, BuildPlan, string?> Read,
    Func<string, bool> Accepts
)
{
    /// <summary>What of a value is expected: as it is, or without what the place means to take away.</summary>
    public Func<string, string> Expected { get; init; } = value => value;

    /// <summary>A value that nothing is wrong with.</summary>
    public string Plain { get; init; } = "plain";

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>All places.</summary>
internal static partial class Fields
{
    /// <summary>The places of a .NET project, of items, and of a project without either.</summary>
    public static Field[] All { get; } =
    [
        new("ContainerUser", Container(value => c => c with { User = value }), Unquoted("USER"), Line),
        new("ContainerWorkingDirectory", Container(value => c => c with { WorkingDirectory = value }), LastUnquoted("WORKDIR"), Line),
        new("ContainerSdkImage", Container(value => c => c with { SdkImage = value }), From(0), Image) { Plain = "sdk:1" },
        new("ContainerBaseImage", Container(value => c => c with { BaseImage = value }), From(^1), Image) { Plain = "base:1" },
        new("Configuration", Publish(value => p => p with { Configuration = value }), Word("publish", "-c"), Line),
        new("TargetFramework", Publish(value => p => p with { TargetFramework = value }), Word("publish", "-f"), Line),
        new("RuntimeIdentifier", Publish(value => p => p with { RuntimeIdentifier = value }), Word("publish", "-r"), Line),
        new("a property of the command line", Publish(value => p => p with { Properties = p.Properties.Add("X", value) }), Property, Line),
        new("the project's path", Project, Word("dotnet", "publish"), Line),
        new("a file of the restore", File, FileOf, Line) { Expected = WithoutSlash },
        new("a variable's name", Container(v => c => c with { Environment = [new(v, "1")] }), (i, _) => Pair(i, "ENV", ^1).Name, Name),
        new("a variable's value", Container(v => c => c with { Environment = [new("A", v)] }), (i, _) => Pair(i, "ENV", ^1).Value, Line),
        new("a label's name", Container(v => c => c with { Labels = [new("A", "1"), new(v, "1")] }), LabelName, Name),
        new("a label's value", Container(v => c => c with { Labels = [new("A", "1"), new("B", v)] }), LabelValue, Any),
        new("ContainerEntrypoint", Container(v => c => c with { Entrypoint = ["/app", v] }), Exec("ENTRYPOINT"), Any),
        new("ContainerDefaultArgs", Container(v => c => c with { Command = ["/app", v] }), Exec("CMD"), Any),
        new("ContainerHealthcheckCommand", Check(v => new(HealthcheckKind.Shell) { Command = v.Trim() }), Health, _ => false)
        {
            Expected = v => v.Trim(),
        },
        new("a health check's word", Check(v => new(HealthcheckKind.Exec) { Words = ["/check", v] }), HealthWord, Any),
        new("ContainerBuildArg", v => Items.Add(Samples.Web, Items.Item("ContainerBuildArg", v, ("Value", "1"))), BuildArg, Name),
        new("an argument's value", v => Items.Add(Samples.Web, Items.Item("ContainerBuildArg", "A", ("Value", v))), BuildArgValue, Any),
        Step("BaseImage", v => [Items.Stage("final", ("BaseImage", v))], From(^1)) with
        {
            Plain = "base:1",
        },
        Step("WorkingDirectory", v => [Items.Stage("final", ("BaseImage", "a"), ("WorkingDirectory", v))], Unquoted("WORKDIR")),
        Step("Include", v => [Items.Stage(v, ("BaseImage", "a"))], (i, _) => i[^1].Operands is [_, "AS", var name] ? name : null),
        OfStep("From", v => [("Copy", "x"), ("Destination", "/y"), ("From", v)], Flag("--from=")) with
        {
            Plain = "image:1",
            // Stages are counted, too.
            Expected = v => v.Trim() is "0" ? "other" : v.Trim(),
        },
        OfStep("Chown", v => [("Copy", "x"), ("Destination", "/y"), ("Chown", v)], Flag("--chown=")),
        OfStep("Chmod", v => [("Copy", "x"), ("Destination", "/y"), ("Chmod", v)], Flag("--chmod=")),
        OfStep("Destination", v => [("Copy", "x"), ("Destination", v)], (i, _) => Paths(i)[^1]),
        OfStep("Copy", v => [("Copy", v), ("Destination", "/y")], Squeezed) with
        {
            Expected = v => Squeeze(Sources(v) + "/y"),
        },
        OfStep("Run", v => [("Run", v)], Squeezed) with
        {
            Expected = Text,
        },
        .. "Env Label Arg User Workdir Expose Entrypoint Cmd Healthcheck Volume Shell StopSignal"
            .Split(' ')
            .Select(name => OfStep(name, v => [(name, v)], Squeezed) with { Expected = Text }),
    ];

    private static bool Line(string value) => HostileText.IsOfLine(value) && value.Length < 60_000;

    private static bool Any(string value) =>
        !value.Contains('\0', StringComparison.Ordinal) && !HostileText.HasHalfCharacter(value) && value.Length < 60_000;

    private static bool Name(string value) => Line(value) && value.Trim().Length > 0 && !value.Contains('=', StringComparison.Ordinal);

    private static bool Image(string value) => value.Length < 200 && value != "builder" && PlainImage().IsMatch(value);

    private static Func<string, ProjectFacts> Container(
        Func<string, Func<Build.Projects.Container.ContainerFacts, Build.Projects.Container.ContainerFacts>> set
    ) => value => Samples.Web with { Container = set(value)(Samples.Web.Container) };

    private static Func<string, ProjectFacts> Publish(Func<string, Func<PublishFacts, PublishFacts>> set) =>
        value => Samples.Web with { Publish = set(value)(Samples.Web.Publish) };

    private static Func<string, ProjectFacts> Check(Func<string, HealthcheckFacts> check) =>
        value => Samples.Web with { Healthcheck = check(value) };

    private static ProjectFacts Project(string value) => Samples.Web with { Closure = Samples.Web.Closure with { Project = value } };

    private static ProjectFacts File(string value) =>
        Samples.Web with
        {
            Closure = Samples.Web.Closure with { RestoreInputs = ["Web.csproj", WithoutSlash(value)] },
        };

    private static string WithoutSlash(string value) => value.Replace("/", "", StringComparison.Ordinal);

    private static Field Step(string name, Func<string, ProjectItem[]> items, Func<List<ReadInstruction>, BuildPlan, string?> read) =>
        new($"ContainerStage {name}", value => Items.Facts(items(value)), read, _ => false) { Expected = value => value.Trim() };

    private static Field OfStep(
        string name,
        Func<string, (string, string)[]> metadata,
        Func<List<ReadInstruction>, BuildPlan, string?> read
    ) =>
        new(
            $"ContainerStep {name}",
            value =>
                Items.Facts(
                    Items.Stage("other", ("BaseImage", "a:1")),
                    Items.Stage("final", ("BaseImage", "b:1")),
                    Items.Step("final", metadata(value)),
                    Items.Step("final", ("User", "behind"))
                ),
            read,
            _ => false
        )
        {
            Expected = value => value.Trim(),
        };

    // Lines that begin with a hash are comments in an instruction as in a script.
    private static string Text(string value) =>
        Squeeze(string.Join('\n', value.Trim().Split('\n').Where((line, index) => index == 0 || !line.TrimStart().StartsWith('#'))));

    private static Func<List<ReadInstruction>, BuildPlan, string?> Unquoted(string keyword) =>
        (instructions, _) => SecondReader.Unquote(instructions.First(i => i.Keyword == keyword).Arguments);

    private static Func<List<ReadInstruction>, BuildPlan, string?> LastUnquoted(string keyword) =>
        (instructions, _) => SecondReader.Unquote(instructions.Last(i => i.Keyword == keyword).Arguments);

    private static Func<List<ReadInstruction>, BuildPlan, string?> From(Index stage) =>
        (instructions, _) => instructions.Where(i => i.Keyword == "FROM").ToList()[stage].Operands is [var image, "AS", _] ? image : null;

    private static Func<List<ReadInstruction>, BuildPlan, string?> Word(string command, string before) =>
        (instructions, _) =>
        {
            var words = SecondReader.Shell(instructions.Last(i => i.Keyword == "RUN").Arguments);
            Assert.Contains(command, words);
            return words[words.IndexOf(before) + 1];
        };

    private static string? Property(List<ReadInstruction> instructions, BuildPlan plan) =>
        Uri.UnescapeDataString(
            SecondReader
                .Shell(instructions.Last(i => i.Keyword == "RUN").Arguments)
                .Single(word => word.StartsWith("-p:X=", StringComparison.Ordinal))["-p:X=".Length..]
        );

    // The pattern is matched as Go's filepath.Match does: a class of one character, or of one behind a backslash, is that character.
    private static string? FileOf(List<ReadInstruction> instructions, BuildPlan plan)
    {
        var files = instructions
            .Where(i => i.Keyword == "COPY")
            .SelectMany(i => Operands(i).SkipLast(1))
            .Select(word => Class().Replace(SecondReader.Unquote(word), match => match.Groups[1].Value))
            .Select(path => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path)
            .ToList();
        return files.First(file => file is not "Web.csproj");
    }

    private static List<string> Operands(ReadInstruction instruction)
    {
        var rest = instruction.Arguments;
        foreach (var flag in instruction.Flags)
        {
            rest = rest[(rest.IndexOf(flag, StringComparison.Ordinal) + flag.Length)..].TrimStart();
        }

        return rest.StartsWith('[') ? SecondReader.Exec(rest) : instruction.Operands;
    }

    private static List<string> Paths(List<ReadInstruction> instructions) => Operands(instructions.Single(i => i.Keyword == "COPY"));

    private static (string Name, string Value) Pair(List<ReadInstruction> instructions, string keyword, Index index) =>
        instructions.Where(i => i.Keyword == keyword).SelectMany(i => SecondReader.Pairs(i.Arguments)).ToList()[index];

    private static string? LabelName(List<ReadInstruction> instructions, BuildPlan plan) =>
        plan.Labels.Keys.FirstOrDefault()
        ?? instructions.Where(i => i.Keyword == "LABEL").SelectMany(i => SecondReader.Pairs(i.Arguments)).Last().Name;

    private static string? LabelValue(List<ReadInstruction> instructions, BuildPlan plan) =>
        plan.Labels.Values.FirstOrDefault() ?? Pair(instructions, "LABEL", ^1).Value;

    private static Func<List<ReadInstruction>, BuildPlan, string?> Exec(string keyword) =>
        (instructions, _) => SecondReader.Exec(instructions.Last(i => i.Keyword == keyword).Arguments)[1];

    private static string? Health(List<ReadInstruction> instructions, BuildPlan plan) =>
        instructions.Single(i => i.Keyword == "HEALTHCHECK").Arguments["CMD ".Length..];

    private static string? HealthWord(List<ReadInstruction> instructions, BuildPlan plan) =>
        SecondReader.Exec(instructions.Single(i => i.Keyword == "HEALTHCHECK").Arguments["CMD ".Length..])[1];

    private static string? BuildArg(List<ReadInstruction> instructions, BuildPlan plan) => plan.BuildArgs.Keys.Single();

    private static string? BuildArgValue(List<ReadInstruction> instructions, BuildPlan plan) => plan.BuildArgs.Values.Single();

    private static Func<List<ReadInstruction>, BuildPlan, string?> Flag(string name) =>
        (instructions, _) => instructions.Single(i => i.Keyword == "COPY").Flags.Single()[name.Length..];

    private static string Sources(string copy)
    {
        try
        {
            return copy.TrimStart().StartsWith('[') ? string.Concat(SecondReader.Exec(copy)) : copy;
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException)
        {
            return copy;
        }
    }

    // A text that its author wrote is compared without what only lays it out.
    private static string? Squeezed(List<ReadInstruction> instructions, BuildPlan plan)
    {
        var written = instructions[2];
        return written.Documents.Count > 0
                ? Text(written.Documents[0].Split('\n', 2) is ["set -e", var script] ? script : written.Documents[0])
            : written.Keyword == "COPY" ? Squeeze(string.Concat([.. written.Flags, .. Paths(instructions)]))
            : Squeeze(written.Arguments);
    }

    private static string Squeeze(string text) => Layout().Replace(text, "");

    [GeneratedRegex(@"^[a-z0-9]+(:[a-z0-9]+)?\z")]
    private static partial Regex PlainImage();

    [GeneratedRegex(@"\[\\?(.)\]")]
    private static partial Regex Class();

    [GeneratedRegex(@"[\s\\]")]
    private static partial Regex Layout();
}
