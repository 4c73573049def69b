namespace MultiStage.Build.Budgets;

/// <summary>What of an image a budget limits, in the order in which verdicts and errors are told.</summary>
public enum BudgetMetric
{
    /// <summary>The whole image, in unpacked bytes.</summary>
    Total,

    /// <summary>What the app adds to its base image, in unpacked bytes.</summary>
    App,

    /// <summary>The largest layer that is not the base image's, in unpacked bytes.</summary>
    Layer,

    /// <summary>How many layers the image has, those of the base image among them.</summary>
    LayerCount,

    /// <summary>What a registry stores and a machine pulls that has no layer of it yet, in bytes.</summary>
    Compressed,

    /// <summary>What the image carries and no container sees, because the app's layers overwrite, delete or hide it, in unpacked bytes.</summary>
    Wasted,

    /// <summary>The files of the finished image whose paths a pattern takes, in unpacked bytes.</summary>
    Path,

    /// <summary>The image of one stage by itself, in unpacked bytes.</summary>
    Stage,

    /// <summary>How much the app grew over the baseline, in unpacked bytes.</summary>
    Growth,
}
