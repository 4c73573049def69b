using System.Collections.Immutable;

namespace MultiStage.Build.Pipeline;

/// <summary>How to call the SDK: properties for the <c>MSBuild</c> task.</summary>
/// <param name="Restore">Those of the restore, which is one for all platforms.</param>
/// <param name="Publish">Those that every publish has beside them.</param>
/// <param name="RuntimeIdentifiers">The platforms that one restore is for, where there are several.</param>
/// <param name="Platforms">Those that a publish for one platform has beside them, for each platform.</param>
public sealed record SdkPublish(
    ImmutableArray<KeyValuePair<string, string>> Restore,
    ImmutableArray<KeyValuePair<string, string>> Publish,
    ImmutableArray<string> RuntimeIdentifiers,
    ImmutableArray<ImmutableArray<KeyValuePair<string, string>>> Platforms
);
