using System.Collections.Immutable;

namespace MultiStage.Build.Stages;

/// <summary>A secret that steps can mount: where it is, and never what it is.</summary>
/// <param name="Id">The name by which a step asks for it.</param>
internal sealed record PlanSecret(string Id)
{
    /// <summary>The file that holds it, as the project names it; null where it is in no file.</summary>
    public string? Source { get; init; }

    /// <summary>The environment variable that holds it; null where none does.</summary>
    public string? Variable { get; init; }

    /// <summary>The package sources of a NuGet configuration that this machine's own is read for; none where it is anything else.</summary>
    public ImmutableArray<string> Feeds { get; init; } = [];
}

/// <summary>A secret as a step mounts it.</summary>
/// <param name="Target">The file it appears as; null for <c>/run/secrets/&lt;id&gt;</c>.</param>
internal sealed record SecretMount(string Id, string? Target = null);
