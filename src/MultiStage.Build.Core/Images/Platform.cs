using System.Runtime.InteropServices;

namespace MultiStage.Build.Images;

/// <summary>The platforms that images are for, as Docker writes them.</summary>
public static class Platform
{
    /// <summary>What containers on this machine run on, such as <c>linux/amd64</c>.</summary>
    public static string OfThisMachine { get; } = "linux/" + RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture.X86 => "386",
        var other => other.ToString().ToLowerInvariant(),
    };
}
