namespace MultiStage.Build.Engines;

/// <summary>A secret that steps of a build can mount. It never shows what it holds.</summary>
/// <param name="Id">The name by which a step asks for it.</param>
internal sealed record BuildSecret(string Id)
{
    /// <summary>The file that holds it, absolute; null where it is in no file.</summary>
    public string? File { get; init; }

    /// <summary>The environment variable that holds it; null where none does.</summary>
    public string? Variable { get; init; }

    /// <summary>The secret itself, where this process made it; null elsewhere.</summary>
    public string? Value { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{nameof(BuildSecret)} {Id}";
}
