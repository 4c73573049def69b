using System.Text.Json;
using System.Text.Json.Serialization;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement;

namespace MultiStage.Build.Budgets;

/// <summary>Everything that is known of a kind of budget. <see cref="BudgetKinds.All"/> has every kind.</summary>
/// <param name="name">What <c>size.json</c> calls it.</param>
/// <param name="setting">The property or item that sets it.</param>
[JsonConverter(typeof(BudgetKindJson))]
internal sealed class BudgetKind(string name, string setting)
{
    /// <summary>What <c>size.json</c> calls it, such as <c>layerCount</c>.</summary>
    public string Name => name;

    /// <summary>The property or item that sets it, by which its line in the project is found.</summary>
    public string Setting => setting;

    /// <summary>Whether items set it, each with a name and <c>Max</c>, and not one property.</summary>
    public bool IsItem { get; init; }

    /// <summary>Whether its items have a <c>Path</c>: a pattern of paths in the image.</summary>
    public bool HasPath { get; init; }

    /// <summary>What values and limits are counted in.</summary>
    public BudgetUnit Unit { get; init; } = BudgetUnit.Bytes;

    /// <summary>What has to be measured or found beside the sizes of the image's layers.</summary>
    public BudgetNeed Needs { get; init; } = BudgetNeed.Layers;

    /// <summary>What is reported where it is broken.</summary>
    public required DiagnosticDescriptor Broken { get; init; }

    /// <summary>Takes the value that is compared with a budget. The comparison is null where there is no baseline.</summary>
    public required Func<MeasuredImage, SizeComparison?, Budget, MetricValue> Value { get; init; }

    /// <summary>Names a budget in a table, in a word or two, such as <c>largest layer</c>.</summary>
    public required Func<Budget, string> Label { get; init; }

    /// <summary>
    /// Begins a sentence that goes on with "is" and a size, such as <c>The app in image 'web:latest'</c>; its second argument is the
    /// image's name.
    /// </summary>
    public required Func<Budget, string, string> Subject { get; init; }

    /// <summary>Names what takes the most: a sentence and a blank, or nothing.</summary>
    public required Func<Verdict, MeasuredImage, string> Largest { get; init; }

    /// <summary>What a value is called that is missing: not to be measured is a fault, and not to have a baseline yet is none.</summary>
    public VerdictStatus WithoutValue => Needs == BudgetNeed.Baseline ? VerdictStatus.NotCompared : VerdictStatus.NotMeasured;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>What a budget needs beside the sizes of the image's layers.</summary>
internal enum BudgetNeed
{
    /// <summary>Nothing more.</summary>
    Layers,

    /// <summary>The image's files.</summary>
    Files,

    /// <summary>The layers, compressed.</summary>
    Compression,

    /// <summary>The images of other stages.</summary>
    Stages,

    /// <summary>A baseline to compare with.</summary>
    Baseline,
}

/// <summary>Writes a kind by its name.</summary>
internal sealed class BudgetKindJson : JsonConverter<BudgetKind>
{
    /// <inheritdoc/>
    public override BudgetKind Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.GetString();
        return BudgetKinds.All.FirstOrDefault(kind => kind.Name == name) ?? throw new JsonException($"there is no kind of budget '{name}'");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, BudgetKind value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
