using System.Collections.Concurrent;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>What is asked for in a listing of a folder.</summary>
public enum EntryKinds
{
    /// <summary>Files alone.</summary>
    Files,

    /// <summary>Folders alone.</summary>
    Folders,

    /// <summary>Both.</summary>
    All,
}

/// <summary>
/// Answers what an evaluation asks of the file system, each question once, and remembers the answers: where all of them are still the same,
/// the evaluation would find the same again. Any number of threads may ask.
/// </summary>
public sealed class FileQueries
{
    private readonly ConcurrentDictionary<string, char> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Listing, (IReadOnlyList<string> Entries, string Answer)> _listings = [];

    /// <summary>What is at each path that was asked for: <c>f</c>, a file; <c>d</c>, a folder; <c>-</c>, nothing.</summary>
    public IReadOnlyDictionary<string, char> Entries => _entries;

    /// <summary>The listings that were asked for, each with its answer as a short text.</summary>
    public IEnumerable<KeyValuePair<Listing, string>> Listings =>
        _listings.Select(listing => KeyValuePair.Create(listing.Key, listing.Value.Answer));

    /// <summary>Whether there is a file.</summary>
    public bool FileExists(string path) => Entry(path) == 'f';

    /// <summary>Whether there is a folder.</summary>
    public bool DirectoryExists(string path) => Entry(path) == 'd';

    /// <summary>Whether there is a file or a folder.</summary>
    public bool Exists(string path) => Entry(path) != '-';

    /// <summary>The entries of a folder.</summary>
    /// <exception cref="IOException">The folder cannot be listed.</exception>
    /// <returns>The entries' paths, below the folder's as it was given.</returns>
    public IReadOnlyList<string> List(Listing listing)
    {
        if (_listings.TryGetValue(listing, out var known))
        {
            return known.Entries;
        }

        // What cannot be listed is remembered as empty, and the caller meets the exception as it would without us.
        _listings[listing] = ([], "");
        var entries = listing.Entries().ToList();
        _listings[listing] = (entries, Listing.Answer(entries));
        return entries;
    }

    /// <summary>What is at a path now.</summary>
    /// <returns><c>f</c>, <c>d</c> or <c>-</c>.</returns>
    internal static char Look(string path) =>
        File.Exists(path) ? 'f'
        : Directory.Exists(path) ? 'd'
        : '-';

    private char Entry(string path) => _entries.GetOrAdd(path, Look);
}
