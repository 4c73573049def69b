using System.Text.Json;

namespace MultiStage.Build.Facts;

/// <summary>Chooses the builder stage's base image.</summary>
public static class SdkImage
{
    private const string Repository = "mcr.microsoft.com/dotnet/sdk";

    /// <summary>Chooses the SDK image that fits a project.</summary>
    /// <param name="sdkVersion">The SDK that evaluated the project on this machine, such as <c>10.0.401</c>.</param>
    /// <param name="globalJson">The text of the <c>global.json</c> that goes into the container too; null where there is none.</param>
    /// <returns>
    /// The image. Its tag is the exact version where global.json would refuse a later feature band, and else <c>major.minor</c>, so that it stays
    /// the same while SDKs are serviced.
    /// </returns>
    public static string For(string sdkVersion, string? globalJson)
    {
        var pinned = Pinned(globalJson);
        var version = pinned ?? sdkVersion;
        var dash = version.IndexOf('-', StringComparison.Ordinal);
        var parts = (dash < 0 ? version : version[..dash]).Split('.');
        return (pinned, dash) switch
        {
            ({ }, _) => $"{Repository}:{version}",
            (null, >= 0) => $"{Repository}:{parts[0]}.{parts[1]}-{(version[dash..].StartsWith("-rc", StringComparison.Ordinal) ? "rc" : "preview")}",
            _ => $"{Repository}:{parts[0]}.{parts[1]}",
        };
    }

    // https://learn.microsoft.com/dotnet/core/tools/global-json#rollforward: without a policy, a version rolls forward within its feature band.
    private static string? Pinned(string? globalJson)
    {
        if (globalJson is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(globalJson, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
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
