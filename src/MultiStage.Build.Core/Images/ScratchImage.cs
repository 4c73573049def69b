using System.Collections.Immutable;

namespace MultiStage.Build.Images;

/// <summary>What an image on <c>scratch</c> gets, so that a static app finds what Microsoft's base images have for it and no more than it
/// needs.</summary>
internal static class ScratchImage
{
    /// <summary>The base image that holds nothing.</summary>
    public const string Name = "scratch";

    /// <summary>The environment. Source: https://github.com/dotnet/dotnet-docker/tree/main/src/runtime-deps</summary>
    /// <param name="native">How the app is compiled.</param>
    /// <returns>Variables, for those of the project to follow.</returns>
    public static ImmutableArray<NameValue> Environment(NativeSettings native)
    {
        ImmutableArray<NameValue> variables =
        [
            new("APP_UID", "1654"),
            new("ASPNETCORE_HTTP_PORTS", "8080"),
            new("DOTNET_RUNNING_IN_CONTAINER", "true"),
        ];
        // Without ICU an app fails at its first culture, unless it runs in invariant mode.
        return native.HasIcu ? variables : variables.Add(new("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "true"));
    }

    /// <summary>What the app reads while it runs, taken from the builder: a path that ends in a slash is a folder.</summary>
    /// <param name="native">How the app is compiled.</param>
    /// <returns>Absolute paths.</returns>
    public static ImmutableArray<string> Files(NativeSettings native) =>
        [
            .. native.HasOpenSsl ? new[] { "/etc/ssl/certs/ca-certificates.crt" } : [],
            .. native.HasNoTimeZones ? [] : new[] { "/usr/share/zoneinfo/" },
        ];
}
