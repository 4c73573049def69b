namespace MultiStage.Build.Engines;

/// <summary>Placeholder.</summary>
public sealed class IgnoreRules
{
}
