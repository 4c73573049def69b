using System.Text.Json;

namespace MultiStage.Build.Images;

/// <summary>Chooses the builder stage's base image.</summary>
internal static class SdkImage
{
    private const string Repository = "mcr.microsoft.com/dotnet/sdk";

    /// <summary>Chooses the SDK image that fits a project.</summary>
    /// <param name="sdkVersion">The SDK that evaluated the project on this machine, such as <c>10.0.401</c>.</param>
    /// <param name="globalJson">The text of the <c>global.json</c> that goes into the container too; null where there is none.</param>
    /// <param name="variant">Chooses the end of the tag by the version; null for the plain image.</param>
    /// <returns>
    /// The image. Its tag is the exact version where global.json would refuse a later feature band, and else <c>major.minor</c>, so that it
    /// stays
    /// the same while SDKs are serviced.
    /// </returns>
    public static string For(string sdkVersion, string? globalJson, Func<string, string>? variant = null)
    {
        var (version, prerelease) = Pinned(globalJson) is { } pinned ? Split(pinned) : FloatingTag(sdkVersion);
        return $"{Repository}:{version}{(prerelease.Length > 0 ? "-" : "")}{prerelease}{variant?.Invoke(version)}";
    }

    // Tags leave out the build number, so that 11.0.100-preview.3.26101.1 is tagged 11.0.100-preview.3:
    // https://github.com/dotnet/dotnet-docker/blob/main/documentation/supported-tags.md
    private static (string Version, string Prerelease) Split(string version)
    {
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (version, "") : (version[..dash], string.Join('.', version[(dash + 1)..].Split('.').Take(2)));
    }

    // From the release candidates on the floating tag is major.minor alone.
    private static (string Version, string Prerelease) FloatingTag(string sdkVersion)
    {
        var (version, prerelease) = Split(sdkVersion);
        var parts = version.Split('.');
        return ($"{parts[0]}.{parts[1]}", prerelease.Split('.')[0] is "preview" or "alpha" ? "preview" : "");
    }

    // https://learn.microsoft.com/dotnet/core/tools/global-json#rollforward: without a policy, a version rolls forward within its feature
    // band.
    private static string? Pinned(string? globalJson)
    {
        if (globalJson is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(
                globalJson,
                new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            if (!document.RootElement.TryGetProperty("sdk", out var sdk) || !sdk.TryGetProperty("version", out var version))
            {
                return null;
            }

            var policy = sdk.TryGetProperty("rollForward", out var rollForward) ? rollForward.GetString() : null;
            return policy?.ToUpperInvariant() is null or "PATCH" or "LATESTPATCH" or "DISABLE" ? version.GetString() : null;
        }
        catch (JsonException)
        {
            // The .NET host has reported a malformed file before a build could start.
            return null;
        }
    }
}
