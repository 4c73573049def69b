using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines;

/// <summary>The engine that builds, and why it is this one.</summary>
/// <param name="Why">Why it was chosen, such as <c>ContainerBuildEngine</c>; empty where it is what everybody has.</param>
internal sealed record EngineChoice(EngineKind Kind, string Why)
{
    private const string Property = "ContainerBuildEngine";

    /// <summary>The builder of buildx; empty for the current one.</summary>
    public string Builder { get; init; } = "";

    /// <summary>Chooses an engine.</summary>
    /// <param name="value"><c>ContainerBuildEngine</c>: <c>auto</c> or empty leaves the choice to the package.</param>
    /// <param name="builder"><c>ContainerBuilder</c>: a builder of buildx; empty for none.</param>
    /// <param name="needs">What the build asks for that only buildx can do; null where any engine will do.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>, or <see cref="Codes.EngineCannot"/> where the engine
    /// that was asked for cannot build this.</exception>
    public static EngineChoice Of(string value, string builder = "", string? needs = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(builder);
        needs ??= builder.Length > 0 ? $"ContainerBuilder names the builder '{builder}'" : null;
        return value.ToUpperInvariant() switch
        {
            "BUILDX" => new(EngineKind.Buildx, Property) { Builder = builder },
            "" or "AUTO" => needs is null ? new(EngineKind.Docker, "") : new(EngineKind.Buildx, needs) { Builder = builder },
            "DOCKER" => needs is null ? new(EngineKind.Docker, Property) : throw Codes.EngineCannot.ErrorAbout(Property, value, needs),
            "SDK" => new(EngineKind.Sdk, Property),
            _ => throw Codes.ValueNotUnderstood.ErrorAbout(Property, Property, value, "auto, docker, buildx or sdk"),
        };
    }
}
