namespace MultiStage.Build.Context;

/// <summary>The files of a build context: a folder seen through a <see cref="IgnoreRules"/>.</summary>
/// <param name="Directory">The folder's absolute path.</param>
internal sealed record BuildContext(string Directory, IgnoreRules Ignore)
{
    /// <summary>
    /// Whether files keep the times they have here, as with <c>docker build</c>: what runs in a hand-written stage may compare them with
    /// those in a cache mount, as make does. Otherwise all have one time, and equal contents make equal bytes.
    /// </summary>
    public bool KeepsFileTimes { get; init; }

    /// <summary>A folder whose files keep their times where others do not, relative to the context; null for none.</summary>
    public string? DatedFolder { get; init; }

    /// <summary>Whether files are sent without the credentials of package sources that they hold.</summary>
    public bool LeavesOutCredentials { get; init; }

    /// <summary>The system that the folder is on.</summary>
    public HostSystem Host { get; init; } = HostSystem.This;

    /// <summary>The absolute path of the project that the Dockerfile was generated from, for messages; null where it was not.</summary>
    public string? Project { get; init; }
}
