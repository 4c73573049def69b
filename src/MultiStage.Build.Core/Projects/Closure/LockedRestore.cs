namespace MultiStage.Build.Projects.Closure;

/// <summary>How a restore holds itself to the lock files of a closure.</summary>
internal enum LockedRestore
{
    /// <summary>It does not: there are none, or the project forbids it.</summary>
    None,

    /// <summary>All files were made for the runtime identifier that is published, as a publish with <c>-r</c> makes them.</summary>
    WithRuntime,

    /// <summary>The project names its runtime identifiers itself, and those it references name none.</summary>
    AsTheProjectSays,

    /// <summary>The files were made for no runtime: what they pin is restored first, then what the runtime adds.</summary>
    ThenRuntime,
}
