namespace MultiStage.Build.Registries;

/// <summary>A manifest as a registry has it.</summary>
internal sealed record PushedManifest(string Json, string MediaType);
