using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Measurement.Layers;

/// <summary>Finds the history entries that made an image's layers.</summary>
internal static class LayerHistory
{
    /// <summary>
    /// Matches history entries with layers. A daemon's history does not say which of its entries made a layer, and a layer may be empty: an
    /// entry with
    /// bytes made one for certain, one without may have. Which ones did is decided by their instructions, and only where the count then
    /// comes out right.
    /// </summary>
    /// <param name="history">The entries, oldest first.</param>
    /// <param name="layers">How many layers they made together.</param>
    /// <returns>The entries; null where they cannot have made that many layers.</returns>
    public static HistoryMatch? Match(IReadOnlyCollection<HistoryEntry> history, int layers)
    {
        ImmutableArray<HistoryEntry> certain = [.. history.Where(entry => entry.MadeLayer ?? entry.Size > 0)];
        if (certain.Length == layers)
        {
            return new HistoryMatch(certain, InOrder: true);
        }

        ImmutableArray<HistoryEntry> likely = [.. history.Where(entry => MadeLayer(entry) == true)];
        if (likely.Length == layers)
        {
            return new HistoryMatch(likely, InOrder: true);
        }

        ImmutableArray<HistoryEntry> possible = [.. history.Where(entry => MadeLayer(entry) != false)];
        if (possible.Length == layers)
        {
            return new HistoryMatch(possible, InOrder: true);
        }

        // Some of the empty ones made a layer, and nothing tells which: the bytes and their instructions are known, their places are not.
        return certain.Length < layers && layers < possible.Length
            ? new HistoryMatch([.. certain, .. Enumerable.Repeat(new HistoryEntry("", 0), layers - certain.Length)], InOrder: false)
            : null;
    }

    private static bool? MadeLayer(HistoryEntry entry) =>
        entry.MadeLayer ?? (entry.Size > 0 ? true : HistoryInstruction.MakesLayer(entry.CreatedBy));
}

/// <summary>The history entries that made layers.</summary>
/// <param name="InOrder">Whether the first entry made the lowest layer, and so on. Otherwise the entries with bytes come first and the
/// empty layers, unnamed, last.</param>
internal sealed record HistoryMatch(ImmutableArray<HistoryEntry> Entries, bool InOrder);
