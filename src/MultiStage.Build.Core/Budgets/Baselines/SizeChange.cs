using System.Text.Json.Serialization;

namespace MultiStage.Build.Budgets.Baselines;

/// <summary>A change against the baseline.</summary>
/// <param name="Subject">What kind of thing changed.</param>
/// <param name="Name">Its name: an instruction, an origin's key without a version, a path.</param>
/// <param name="Before">What it took, in bytes; 0 where it was not there.</param>
/// <param name="After">What it takes, in bytes; 0 where it is gone.</param>
internal sealed record SizeChange(ChangeSubject Subject, string Name, long Before, long After, ChangeKind Kind)
{
    /// <summary>A package's version before; null where it had none.</summary>
    public string? VersionBefore { get; init; }

    /// <summary>A package's version now; null where it has none.</summary>
    public string? VersionAfter { get; init; }

    /// <summary>The file to which a project owes more than half of its growth; null where no file stands out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MostlyFile { get; init; }

    /// <summary>The change in bytes.</summary>
    [JsonIgnore]
    public long Bytes => After - Before;
}
