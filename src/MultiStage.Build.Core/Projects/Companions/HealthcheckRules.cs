using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Projects.Companions;

/// <summary>Decides the image's health check.</summary>
internal static partial class HealthcheckRules
{
    /// <summary>The folder of the image that the program is in.</summary>
    public const string Folder = "/healthcheck/";

    /// <summary>The name of the ready-made probe.</summary>
    public const string ProbeName = "probe";

    /// <summary>Decides it.</summary>
    /// <param name="project">The project of <c>ContainerHealthcheckProject</c>; null where it is not set.</param>
    /// <exception cref="MultiStageException">
    /// <see cref="Codes.HealthcheckConflict"/>, <see cref="Codes.NoPortToProbe"/>, <see cref="Codes.ValueNotUnderstood"/>.
    /// </exception>
    /// <returns>The health check; null where the project says nothing of one.</returns>
    public static HealthcheckFacts? Apply(HealthcheckSettings settings, ProjectFacts facts, Companion? project)
    {
        (string Property, string Value)[] choices =
        [
            ("ContainerHealthcheckCommand", settings.Command),
            ("ContainerHealthcheckProject", settings.Project),
            ("ContainerHealthcheckPath", settings.Path),
        ];
        var set = choices.Where(choice => choice.Value.Length > 0).Select(choice => choice.Property).ToList();
        if (set.Count > 1)
        {
            throw Codes.HealthcheckConflict.ErrorAbout(set[1], string.Join(" and ", set));
        }

        var check = settings switch
        {
            { Command.Length: > 0 } => OfCommand(settings.Command.Trim()),
            { Project.Length: > 0 } => OfProgram(HealthcheckKind.Project, ProgramOf(project!, facts.Publish), []),
            { Path.Length: > 0 } => OfProgram(
                HealthcheckKind.Probe,
                Probe(settings.FrameworkVersion, facts.Publish),
                [Path(settings.Path), Port(settings.Path, facts.Container)]
            ),
            _ => null,
        };
        return Timed(check, settings);
    }

    /// <summary>Warns of a check that cannot work.</summary>
    /// <returns>The warning; null where there is none.</returns>
    public static Diagnostic? Warning(HealthcheckFacts? check, ContainerFacts container) =>
        check?.Kind is HealthcheckKind.Shell && !ImageSystem.Of(container.BaseImage).HasShell
            ? Codes.NoShellForHealthcheck.With(container.BaseImage) with
            {
                About = "ContainerHealthcheckCommand",
            }
            : null;

    internal static int? Retries(string value)
    {
        if (value.Length == 0)
        {
            return null;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw NotUnderstood("ContainerHealthcheckRetries", value, "a whole number from 1 on");
    }

    /// <summary>Reads the times of a health check, as the properties have them.</summary>
    /// <param name="interval"><c>ContainerHealthcheckInterval</c>.</param>
    /// <param name="timeout"><c>ContainerHealthcheckTimeout</c>.</param>
    /// <param name="startPeriod"><c>ContainerHealthcheckStartPeriod</c>.</param>
    /// <param name="retries"><c>ContainerHealthcheckRetries</c>.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>.</exception>
    /// <returns>The times; null each where it is not set.</returns>
    public static HealthTiming Timing(string interval, string timeout, string startPeriod, string retries) =>
        new(
            DockerDuration.Parse("ContainerHealthcheckInterval", interval),
            DockerDuration.Parse("ContainerHealthcheckTimeout", timeout),
            DockerDuration.Parse("ContainerHealthcheckStartPeriod", startPeriod),
            Retries(retries)
        );

    private static HealthcheckFacts? Timed(HealthcheckFacts? check, HealthcheckSettings settings)
    {
        // Checked also where nothing is timed: a typo must not wait for the day that something is.
        var timing = Timing(settings.Interval, settings.Timeout, settings.StartPeriod, settings.Retries);
        return check is null or { Kind: HealthcheckKind.None }
            ? check
            : check with
            {
                Interval = timing.Interval is null ? null : settings.Interval,
                Timeout = timing.Timeout is null ? null : settings.Timeout,
                StartPeriod = timing.StartPeriod is null ? null : settings.StartPeriod,
                Retries = timing.Retries,
            };
    }

    private static HealthcheckFacts OfCommand(string command)
    {
        if (command.Equals("none", StringComparison.OrdinalIgnoreCase))
        {
            return new(HealthcheckKind.None);
        }

        if (command.AsSpan().ContainsAny('\r', '\n') || command.EndsWith('\\'))
        {
            throw NotUnderstood("ContainerHealthcheckCommand", command, "one line");
        }

        // A bracket alone is the shell's own test.
        return JsonArray().IsMatch(command)
            ? new(HealthcheckKind.Exec) { Words = Words(command) }
            : new(HealthcheckKind.Shell) { Command = command };
    }

    private static ImmutableArray<string> Words(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ImmutableArray<string>>(json) is [{ Length: > 0 }, ..] words
                ? words
                : throw new JsonException();
        }
        catch (JsonException)
        {
            throw NotUnderstood(
                "ContainerHealthcheckCommand",
                json,
                "a line for the shell, a JSON array of words such as [\"/app/check\", \"--quick\"], or none"
            );
        }
    }

    private static HealthcheckFacts OfProgram(HealthcheckKind kind, HealthcheckProgram program, ImmutableArray<string> arguments) =>
        new(kind)
        {
            Program = program,
            Words =
            [
                .. program.Runtime is HealthcheckRuntime.Shared
                    ? new[] { "dotnet", $"{Folder}{program.Name}.dll" }
                    : [Folder + program.Name],
                .. arguments,
            ],
        };

    private static HealthcheckProgram ProgramOf(Companion project, PublishFacts app)
    {
        var evaluation = project.Evaluation;
        // Where the app has a toolchain, the check may use it; where the project says what it wants, it gets that.
        var isNative = evaluation.IsTrue("PublishAot") || (app.IsAot && evaluation.Property("PublishAot").Length == 0);
        var runtime =
            isNative ? HealthcheckRuntime.Native
            : app.SelfContained || evaluation.IsTrue("SelfContained") ? HealthcheckRuntime.SelfContained
            : HealthcheckRuntime.Shared;
        return new(evaluation.Property("AssemblyName"), runtime)
        {
            TargetFramework = evaluation.FrameworkOf(app.TargetFramework),
            Closure = project.Closure,
        };
    }

    private static HealthcheckProgram Probe(string frameworkVersion, PublishFacts app) =>
        new(
            ProbeName,
            app.IsAot ? HealthcheckRuntime.Native
                : app.SelfContained ? HealthcheckRuntime.SelfContained
                : HealthcheckRuntime.Shared
        )
        {
            TargetFramework = "net" + frameworkVersion,
        };

    private static string Path(string path) =>
        path.StartsWith('/') && path.All(c => c > ' ' && c < '\x7f')
            ? path
            : throw NotUnderstood(
                "ContainerHealthcheckPath",
                path,
                "the path of a URL, such as /healthz, with what is not ASCII percent-encoded"
            );

    private static string Port(string path, ContainerFacts container) =>
        container.Ports.FirstOrDefault(port => port.EndsWith("/tcp", StringComparison.Ordinal)) is { } port
            ? port.Split('/')[0]
            : throw Codes.NoPortToProbe.ErrorAbout("ContainerHealthcheckPath", path);

    private static MultiStageException NotUnderstood(string property, string value, string takes) =>
        Codes.ValueNotUnderstood.ErrorAbout(property, property, value, takes);

    [GeneratedRegex(@"^\[\s*(""|\])", RegexOptions.CultureInvariant)]
    private static partial Regex JsonArray();
}
