namespace MultiStage.Build.Projects.Closure;

/// <summary>The package source that NuGet uses where none is configured: the SDK's image has it, too.</summary>
internal static class DefaultSource
{
    /// <summary>Asks NuGet for it, which runs in the same process as a restore's tasks do.</summary>
    /// <returns>Its address; null where NuGet is not there.</returns>
    public static string? Find() =>
        Type.GetType("NuGet.Configuration.NuGetConstants, NuGet.Configuration")?.GetField("V3FeedUrl")?.GetRawConstantValue() as string;
}
