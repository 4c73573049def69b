using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines;

/// <summary>Who builds images.</summary>
internal enum EngineKind
{
    /// <summary>A Docker daemon, over its Engine API.</summary>
    Docker,

    /// <summary>The .NET SDK's own container support, which needs no daemon: the image lies in an archive until it is delivered.</summary>
    Sdk,
}

/// <summary>Reads <c>ContainerBuildEngine</c>.</summary>
internal static class EngineKinds
{
    /// <summary>Chooses an engine.</summary>
    /// <param name="value">The property; <c>auto</c> or empty leaves the choice to the package.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>.</exception>
    /// <returns>The engine.</returns>
    public static EngineKind Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.ToUpperInvariant() switch
        {
            "" or "AUTO" or "DOCKER" => EngineKind.Docker,
            "SDK" => EngineKind.Sdk,
            _ => throw Codes.ValueNotUnderstood.ErrorAbout("ContainerBuildEngine", "ContainerBuildEngine", value, "auto, docker or sdk"),
        };
    }
}
