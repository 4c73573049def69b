using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.Reporting;

/// <summary>Origins of files, for people.</summary>
internal static class OriginNames
{
    /// <summary>A package with its version; anything else by its name, as an app's own version may change with every commit.</summary>
    public static string Shown(FileOrigin origin) =>
        origin is { Kind: OriginKind.Package, Version: { } version } ? $"{origin.Name} {version}" : origin.Name;
}
