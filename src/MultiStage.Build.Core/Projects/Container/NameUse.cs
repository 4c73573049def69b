namespace MultiStage.Build.Projects.Container;

/// <summary>
/// A property or item that has an effect on some images alone. Each of the three says what to write instead where it has none, and is null
/// where it has one.
/// </summary>
/// <param name="InProject">Of a .NET project whose Dockerfile is generated.</param>
/// <param name="InStages">Of a project of stages alone.</param>
/// <param name="InDockerfile">Of a Dockerfile that exists.</param>
internal sealed record NameUse(string Name, string? InProject, string? InStages, string? InDockerfile)
{
    /// <summary>What to write instead.</summary>
    /// <param name="source">Where the image's stages come from.</param>
    /// <returns>A sentence; null where the name has an effect.</returns>
    public string? Instead(ImageSource source) =>
        source switch
        {
            ImageSource.Project => InProject,
            ImageSource.Items => InStages,
            _ => InDockerfile,
        };
}
