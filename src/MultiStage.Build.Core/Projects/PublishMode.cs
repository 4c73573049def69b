using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects;

/// <summary>Where <c>dotnet publish</c> runs.</summary>
internal enum PublishMode
{
    /// <summary>In the builder stage.</summary>
    Container,

    /// <summary>On this machine; its output takes the place of the builder stage.</summary>
    Host,
}

/// <summary>Reads <c>ContainerPublishMode</c>.</summary>
internal static class PublishModes
{
    /// <summary>Reads it.</summary>
    /// <param name="value">The property; empty for <c>Container</c>.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>.</exception>
    public static PublishMode Parse(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.ToUpperInvariant() switch
        {
            "" or "CONTAINER" => PublishMode.Container,
            "HOST" => PublishMode.Host,
            _ => throw Codes.ValueNotUnderstood.ErrorAbout("ContainerPublishMode", "ContainerPublishMode", value, "Container or Host"),
        };
    }
}
