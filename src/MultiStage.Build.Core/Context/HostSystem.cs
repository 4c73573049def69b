namespace MultiStage.Build.Context;

/// <summary>What differs between the systems that a build is sent from. All that depends on it asks here, so that tests can be on each of
/// them.</summary>
/// <param name="IsWindows">Whether a backslash separates folders, too, and files have no executable bit.</param>
/// <param name="IgnoresCase">Whether two names that differ in their casing alone are one file.</param>
public sealed record HostSystem(bool IsWindows, bool IgnoresCase)
{
    /// <summary>Windows.</summary>
    public static HostSystem Windows { get; } = new(true, true);

    /// <summary>macOS.</summary>
    public static HostSystem MacOS { get; } = new(false, true);

    /// <summary>Linux.</summary>
    public static HostSystem Linux { get; } = new(false, false);

    /// <summary>The system that this runs on.</summary>
    public static HostSystem This { get; } =
        OperatingSystem.IsWindows() ? Windows
        : OperatingSystem.IsMacOS() ? MacOS
        : Linux;

    /// <summary>Where the Docker daemon listens, unless something says otherwise.</summary>
    public Uri DockerEndpoint => new(IsWindows ? "npipe://./pipe/docker_engine" : "unix:///var/run/docker.sock");

    /// <summary>The folder where programs keep settings for all users.</summary>
    public string MachineFolder =>
        IsWindows ? Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86)
        : IgnoresCase ? "/Library/Application Support"
        : "/etc/opt";

    /// <summary>How names are compared.</summary>
    public StringComparison Comparison => IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Writes a path as builds in containers know it.</summary>
    /// <returns>The path with forward slashes; elsewhere than on Windows a backslash is a letter of a name.</returns>
    public string WithSlashes(string path) => IsWindows ? path.Replace('\\', '/') : path;

    /// <summary>Whether a character separates folders.</summary>
    public bool Separates(char character) => character == '/' || (IsWindows && character == '\\');
}
