namespace MultiStage.Build.Budgets.Baselines;

/// <summary>The names by which baselines know what files come from: a kind, a name, and the version where it is a package.</summary>
internal static class OriginKey
{
    /// <summary>Makes a key.</summary>
    /// <param name="kind">The kind, such as <c>package</c>.</param>
    /// <param name="version">The version; null where it does not matter.</param>
    /// <returns>The key, such as <c>package Serilog/4.2.0</c>.</returns>
    public static string Of(string kind, string name, string? version) => version is null ? $"{kind} {name}" : $"{kind} {name}/{version}";

    /// <summary>Takes the version off a key.</summary>
    /// <returns>The key without its version, and the version; null where there is none. Only packages have one.</returns>
    public static (string Name, string? Version) Split(string key)
    {
        var slash = key.StartsWith("package ", StringComparison.Ordinal) ? key.LastIndexOf('/') : -1;
        return slash < 0 ? (key, null) : (key[..slash], key[(slash + 1)..]);
    }

    /// <summary>What a reader calls it: without its kind.</summary>
    /// <param name="key">The key, with or without a version.</param>
    /// <returns>Such as <c>Serilog 4.2.0</c>.</returns>
    public static string Shown(string key)
    {
        var (name, version) = Split(key);
        name = name[(name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        return version is null ? name : $"{name} {version}";
    }
}
