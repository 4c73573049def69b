using System.Reflection;

namespace Shop.Web;

/// <summary>Which build this is, for whoever reads a bug report.</summary>
public sealed record BuildVersion(string? Version, string? Configuration)
{
    public static BuildVersion Current { get; } = new(
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration);
}
