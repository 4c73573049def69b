namespace MultiStage.Build.Registries;

/// <summary>A manifest as a registry has it.</summary>
/// <param name="Json">Its text.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record PushedManifest(string Json, string MediaType);
