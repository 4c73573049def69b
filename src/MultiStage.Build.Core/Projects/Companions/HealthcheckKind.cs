namespace MultiStage.Build.Projects.Companions;

/// <summary>What a health check runs.</summary>
internal enum HealthcheckKind
{
    /// <summary>Nothing, not even what the base image would run.</summary>
    None,

    /// <summary>A line of the image's shell.</summary>
    Shell,

    /// <summary>A program that the image has.</summary>
    Exec,

    /// <summary>A project that is built for it.</summary>
    Project,

    /// <summary>The ready-made HTTP probe.</summary>
    Probe,
}
