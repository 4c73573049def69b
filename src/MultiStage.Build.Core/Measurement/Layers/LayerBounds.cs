namespace MultiStage.Build.Measurement.Layers;

/// <summary>
/// Refuses a layer that would take more memory than a machine has: what is read of one layer takes less than a gigabyte. Paths are bound as
/// Linux binds them, so that a layer within the bounds is one that a container can have.
/// </summary>
/// <param name="keepsEntries">Whether the layer's entries are kept.</param>
internal sealed class LayerBounds(bool keepsEntries)
{
    // PATH_MAX.
    private const int MostPath = 4096;

    private const int MostLevels = 4_000_000;

    private const long MostCharacters = 200_000_000;

    private string _last = "";
    private long _levels;
    private long _characters;

    /// <summary>Counts an entry.</summary>
    /// <exception cref="InvalidDataException">It is one too many, or its path is too long.</exception>
    public void Add(string path)
    {
        if (path.Length > MostPath)
        {
            throw new InvalidDataException($"it has a path of {path.Length} characters; Linux has none of more than {MostPath}");
        }

        if (!keepsEntries)
        {
            return;
        }

        // Folders that the entry before has as well are there already.
        var shared = path.AsSpan().CommonPrefixLength(_last);
        _levels += 1 + path.AsSpan(shared).Count('/');
        _characters += path.Length;
        _last = path;
        if (_levels > MostLevels || _characters > MostCharacters)
        {
            throw new InvalidDataException($"it has more than {MostLevels / 1_000_000} million files and folders, or too long names");
        }
    }
}
