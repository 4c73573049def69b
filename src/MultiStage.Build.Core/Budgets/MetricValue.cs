namespace MultiStage.Build.Budgets;

/// <summary>The value that is held against a budget.</summary>
/// <param name="Value">The value; null where it could not be measured.</param>
internal readonly record struct MetricValue(long? Value)
{
    /// <summary>How far the true value may be from it, to either side; 0 where it is not an estimate.</summary>
    public long Band { get; init; }

    /// <summary>Why there is no value, one clause; null where there is one.</summary>
    public string? Reason { get; init; }

    /// <summary>The bytes of layers that it was made from, of which symlink targets may be missing; null where none can be.</summary>
    public long? LayerBytes { get; init; }

    /// <summary>A value that was added up from the sizes of layers.</summary>
    /// <param name="layers">The bytes of those layers, where they are not the value itself.</param>
    public static MetricValue OfLayers(long value, long? layers = null) => new(value) { LayerBytes = layers ?? value };

    /// <summary>A value that could not be measured.</summary>
    /// <param name="reason">Why not, one clause.</param>
    public static MetricValue Missing(string reason) => new(null) { Reason = reason };
}
