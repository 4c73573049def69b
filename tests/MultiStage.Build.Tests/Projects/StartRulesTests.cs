using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class StartRulesTests
{
    private static readonly ContainerSettings s_none = new()
    {
        BaseImage = "",
        SdkVersion = "",
        FrameworkVersion = "",
    };

    [TestMethod]
    public void Every_combination_starts_as_PublishContainer_starts_it()
    {
        string[] instructions = ["", "Entrypoint", "DefaultArgs", "None", "entrypoint", "Other"];
        var (agreed, refused) = (0, 0);
        foreach (var instruction in instructions)
        {
            for (var set = 0; set < 32; set++)
            {
                string[] Words(int bit, params string[] words) => (set & (1 << bit)) != 0 ? words : [];
                var (entrypoint, entrypointArgs) = (Words(0, "tini", "--"), Words(1, "-e"));
                var (app, appArgs, defaults) = (Words(2, "dotnet", "/app/App.dll"), Words(3, "--urls"), Words(4, "--help"));
                var expected = SdkContainers.DetermineEntrypointAndCommand(entrypoint, entrypointArgs, defaults, app, appArgs, instruction);
                var settings = s_none with
                {
                    AppCommandInstruction = instruction,
                    Entrypoint = [.. entrypoint],
                    EntrypointArgs = [.. entrypointArgs],
                    AppCommand = [.. app],
                    AppCommandArgs = [.. appArgs],
                    DefaultArgs = [.. defaults],
                };
                var what =
                    $"instruction '{instruction}', entry point [{string.Join(' ', entrypoint.Concat(entrypointArgs))}], app "
                    + $"[{string.Join(' ', app.Concat(appArgs))}], defaults [{string.Join(' ', defaults)}]";
                if (expected is { } start)
                {
                    Assert.AreEqual(Text([.. start.Entrypoint], [.. start.Command]), TryApply(settings), what);
                    agreed++;
                }
                else
                {
                    Assert.IsNull(TryApply(settings), what);
                    refused++;
                }
            }
        }

        // Both kinds were met, so the comparison compared something.
        Assert.IsGreaterThan(30, agreed);
        Assert.IsGreaterThan(30, refused);
    }

    [TestMethod]
    public void An_app_starts_by_its_entry_point_and_takes_default_arguments()
    {
        var (entrypoint, command) = StartRules.Apply(
            s_none with
            {
                AppCommand = ["dotnet", "/app/App.dll"],
                AppCommandArgs = ["--x"],
                DefaultArgs = ["--y"],
            }
        );
        Assert.AreEqual("dotnet /app/App.dll --x", string.Join(' ', entrypoint));
        Assert.AreEqual("--y", string.Join(' ', command));
    }

    [TestMethod]
    public void A_contradiction_names_the_property_it_is_about()
    {
        AssertConflict("ContainerAppCommandArgs", s_none with { AppCommandArgs = ["--x"] });
        AssertConflict("ContainerEntrypointArgs", s_none with { EntrypointArgs = ["--x"], DefaultArgs = ["--y"] });
        AssertConflict("ContainerAppCommandInstruction", s_none with { AppCommand = ["x"], AppCommandInstruction = "None" });
        AssertConflict("ContainerAppCommandInstruction", s_none with { Entrypoint = ["x"], AppCommandInstruction = "Entrypoint" });
    }

    [TestMethod]
    public void An_unknown_instruction_is_named_with_the_ones_there_are() =>
        Assert.AreEqual(
            "ContainerAppCommandInstruction is 'Entry'; it takes Entrypoint, DefaultArgs or None.",
            Failure.Of(Codes.ValueNotUnderstood, () => StartRules.Apply(s_none with { AppCommandInstruction = "Entry" })).Message
        );

    private static void AssertConflict(string about, ContainerSettings settings) =>
        Assert.AreEqual(about, Failure.Of(Codes.EntrypointConflict, () => StartRules.Apply(settings)).About);

    private static string? TryApply(ContainerSettings settings)
    {
        try
        {
            var (entrypoint, command) = StartRules.Apply(settings);
            return Text(entrypoint, command);
        }
        catch (MultiStageException)
        {
            return null;
        }
    }

    private static string Text(ImmutableArray<string> entrypoint, ImmutableArray<string> command) =>
        $"[{string.Join(", ", entrypoint)}] [{string.Join(", ", command)}]";
}
