namespace MultiStage.Build.Measurement.Files;

internal enum OriginKind
{
    /// <summary>The published project itself.</summary>
    App,

    /// <summary>A project that it references.</summary>
    Project,

    /// <summary>A NuGet package.</summary>
    Package,

    /// <summary>The .NET runtime that a self-contained app carries.</summary>
    Runtime,

    /// <summary>None of these, or none that is known; its name says what is.</summary>
    Other,
}
