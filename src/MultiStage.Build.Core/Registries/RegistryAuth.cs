namespace MultiStage.Build.Registries;

/// <summary>What a registry accepts of somebody: a name and a password, or a token. It never shows what it holds.</summary>
internal sealed record RegistryAuth
{
    /// <summary>The user; empty or null where a token stands for one.</summary>
    public string? Username { get; init; }

    /// <summary>The user's password.</summary>
    public string? Password { get; init; }

    /// <summary>A token that is exchanged for others at the registry's token service.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>A token that is sent to the registry as it is.</summary>
    public string? RegistryToken { get; init; }

    /// <summary>The registry, as Docker's configuration names it.</summary>
    public string? ServerAddress { get; init; }

    /// <inheritdoc/>
    public override string ToString() => nameof(RegistryAuth);
}
