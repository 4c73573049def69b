using MultiStage.Build.Budgets;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Reporting.Console;

/// <summary>Sets a name, a size and, where there is a baseline, a change into columns.</summary>
/// <param name="HasChanges">Whether there is a column of changes.</param>
internal readonly record struct ConsoleRow(bool HasChanges)
{
    private const int SizeColumn = 11;

    // The name gives way, never the size.
    public string Of(string name, string size, long? change)
    {
        var numbers =
            size.PadLeft(SizeColumn - 2) + (HasChanges ? (change is { } bytes ? SizeText.OfChange(bytes) : "").PadLeft(SizeColumn) : "");
        var room = ConsoleReport.Width - numbers.Length - 2;
        return HistoryInstruction.Shorten(name, room).PadRight(room) + "  " + numbers;
    }
}
