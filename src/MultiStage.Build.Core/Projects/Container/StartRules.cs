using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Container;

/// <summary>Decides how the container starts.</summary>
internal static class StartRules
{
    /// <summary>Decides entry point and command.</summary>
    /// <returns>Their words; an empty entry point keeps the base image's.</returns>
    public static (ImmutableArray<string> Entrypoint, ImmutableArray<string> Command) Apply(ContainerSettings settings)
    {
        var app = settings.AppCommand.AddRange(settings.AppCommandArgs);
        if (settings.AppCommandArgs.Length > 0 && settings.AppCommand.Length == 0)
        {
            throw Conflict("ContainerAppCommandArgs is set and ContainerAppCommand is not", "ContainerAppCommandArgs");
        }

        // Arguments alone are the oldest way to give default ones: they become what `docker run` may replace.
        if (IsArgumentsOnly(settings))
        {
            return (settings.AppCommand, settings.EntrypointArgs);
        }

        if (settings.EntrypointArgs.Length > 0 && settings.Entrypoint.Length == 0)
        {
            throw Conflict("ContainerEntrypointArgs is set and ContainerEntrypoint is not", "ContainerEntrypointArgs");
        }

        var entrypoint = settings.Entrypoint.AddRange(settings.EntrypointArgs);
        var instruction =
            settings.AppCommandInstruction.Length > 0 ? settings.AppCommandInstruction
            : entrypoint.Length > 0 ? "DefaultArgs"
            : "Entrypoint";
        return instruction switch
        {
            "None" when app.Length > 0 => throw Conflict(
                "ContainerAppCommandInstruction is None and ContainerAppCommand is set",
                "ContainerAppCommandInstruction"
            ),
            "None" => (entrypoint, settings.DefaultArgs),
            "DefaultArgs" => (entrypoint, app.AddRange(settings.DefaultArgs)),
            "Entrypoint" when entrypoint.Length > 0 => throw Conflict(
                "ContainerAppCommandInstruction is Entrypoint and ContainerEntrypoint is set",
                "ContainerAppCommandInstruction"
            ),
            "Entrypoint" => (app, settings.DefaultArgs),
            _ => throw Codes.ValueNotUnderstood.ErrorAbout(
                "ContainerAppCommandInstruction",
                "ContainerAppCommandInstruction",
                instruction,
                "Entrypoint, DefaultArgs or None"
            ),
        };
    }

    private static bool IsArgumentsOnly(ContainerSettings settings) =>
        settings
            is
        {
            AppCommandInstruction.Length: 0,
            Entrypoint.Length: 0,
            EntrypointArgs.Length: > 0,
            DefaultArgs.Length: 0,
            AppCommandArgs.Length: 0
        };

    private static MultiStageException Conflict(string what, string about) => Codes.EntrypointConflict.ErrorAbout(about, what);
}
