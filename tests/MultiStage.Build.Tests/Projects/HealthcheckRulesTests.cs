using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Evaluation;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class HealthcheckRulesTests
{
    private static readonly HealthcheckSettings s_none = new() { FrameworkVersion = "10.0" };

    [TestMethod]
    public void Nothing_set_is_no_check_and_timing_alone_is_none_either()
    {
        Assert.IsNull(HealthcheckRules.Apply(s_none, Samples.Web, null));
        Assert.IsNull(HealthcheckRules.Apply(s_none with { Interval = "5s" }, Samples.Web, null));
    }

    [TestMethod]
    [DataRow("curl -f http://localhost/ || exit 1", HealthcheckKind.Shell, "")]
    [DataRow("[ -f /tmp/ready ]", HealthcheckKind.Shell, "")]
    [DataRow("[\"/app/check\", \"--quick\"]", HealthcheckKind.Exec, "/app/check --quick")]
    [DataRow("None", HealthcheckKind.None, "")]
    internal void A_command_is_a_line_for_the_shell_words_or_none(string command, HealthcheckKind kind, string words)
    {
        var check = HealthcheckRules.Apply(s_none with { Command = command, Retries = "5" }, Samples.Web, null)!;

        Assert.AreEqual((kind, words), (check.Kind, string.Join(' ', check.Words)));
        Assert.AreEqual(kind is HealthcheckKind.None ? null : 5, check.Retries);
    }

    [TestMethod]
    [DataRow("[\"/app/check\"", "")]
    [DataRow("[]", "")]
    [DataRow("[\"a\", 1]", "")]
    [DataRow("a\nb", "")]
    [DataRow("a \\", "")]
    [DataRow("", "healthz")]
    [DataRow("", "/health z")]
    [DataRow("", "/gesündheit")]
    public void What_cannot_be_a_check_is_an_error(string command, string path) =>
        Assert.AreSame(Codes.ValueNotUnderstood, Error(s_none with { Command = command, Path = path }).Descriptor);

    [TestMethod]
    public void Two_checks_are_an_error_that_names_both()
    {
        var error = Error(s_none with { Command = "true", Path = "/healthz" });

        Assert.AreSame(Codes.HealthcheckConflict, error.Descriptor);
        Assert.Contains("ContainerHealthcheckCommand and ContainerHealthcheckPath are set", error.Message);
    }

    [TestMethod]
    public void The_probe_asks_the_first_TCP_port_and_runs_on_what_the_image_has()
    {
        var onDotnet = HealthcheckRules.Apply(s_none with { Path = "/healthz" }, Samples.Web, null)!;
        var withPorts = Samples.Aot with { Container = Samples.Aot.Container with { Ports = ["53/udp", "9090/tcp"] } };

        Assert.AreEqual("dotnet /healthcheck/probe.dll /healthz 8080", string.Join(' ', onDotnet.Words));
        Assert.AreEqual(
            "/healthcheck/probe /healthz 9090",
            string.Join(' ', HealthcheckRules.Apply(s_none with { Path = "/healthz" }, withPorts, null)!.Words)
        );
        Assert.AreSame(Codes.NoPortToProbe, Error(s_none with { Path = "/healthz" }, Samples.Aot).Descriptor);
    }

    [TestMethod]
    [DataRow(false, false, "", HealthcheckRuntime.Shared)]
    [DataRow(true, false, "", HealthcheckRuntime.SelfContained)]
    [DataRow(true, true, "", HealthcheckRuntime.Native)]
    [DataRow(true, true, "false", HealthcheckRuntime.SelfContained)]
    [DataRow(false, false, "true", HealthcheckRuntime.Native)]
    internal void A_project_is_published_so_that_it_runs_in_the_image(
        bool selfContained,
        bool isAot,
        string publishAot,
        HealthcheckRuntime expected
    )
    {
        var facts = Samples.Web with { Publish = Samples.Web.Publish with { SelfContained = selfContained, IsAot = isAot } };
        var properties = ImmutableSortedDictionary.CreateRange(
            StringComparer.OrdinalIgnoreCase,
            [KeyValuePair.Create("AssemblyName", "Check"), KeyValuePair.Create("PublishAot", publishAot)]
        );
        var project = new Companion(Samples.Web.Closure, new EvaluatedProject("/x/Check.csproj") { Properties = properties });

        var check = HealthcheckRules.Apply(s_none with { Project = "Check.csproj" }, facts, project)!;

        Assert.AreEqual(expected, check.Program!.Runtime);
        Assert.AreEqual(
            expected is HealthcheckRuntime.Shared ? "dotnet /healthcheck/Check.dll" : "/healthcheck/Check",
            string.Join(' ', check.Words)
        );
    }

    [TestMethod]
    public void A_shell_line_on_an_image_without_a_shell_is_warned_of()
    {
        var chiseled = Samples.Aot.Container;

        Assert.AreSame(
            Codes.NoShellForHealthcheck,
            HealthcheckRules.Warning(new(HealthcheckKind.Shell) { Command = "true" }, chiseled)?.Descriptor
        );
        Assert.IsNull(HealthcheckRules.Warning(new(HealthcheckKind.Exec), chiseled));
        Assert.IsNull(HealthcheckRules.Warning(new(HealthcheckKind.Shell) { Command = "true" }, Samples.Web.Container));
    }

    private static Diagnostic Error(HealthcheckSettings settings, ProjectFacts? facts = null) =>
        Assert.ThrowsExactly<MultiStageException>(() => HealthcheckRules.Apply(settings, facts ?? Samples.Web, null)).Diagnostic;
}
