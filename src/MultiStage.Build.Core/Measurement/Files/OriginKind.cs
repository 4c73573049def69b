namespace MultiStage.Build.Measurement.Files;

/// <summary>The kinds of origins.</summary>
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
