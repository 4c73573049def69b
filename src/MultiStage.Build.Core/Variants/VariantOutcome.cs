namespace MultiStage.Build.Variants;

/// <summary>What came of a variant.</summary>
internal enum VariantOutcome
{
    /// <summary>Its image does what it has to.</summary>
    Works,

    /// <summary>Its image was built and does not do what it has to.</summary>
    Fails,

    /// <summary>It has no image.</summary>
    CannotBeBuilt,

    /// <summary>The time was over before.</summary>
    NotReached,
}
