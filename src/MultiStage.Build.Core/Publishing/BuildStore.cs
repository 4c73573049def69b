namespace MultiStage.Build.Publishing;

/// <summary>
/// Keeps what builds left: their files once each, by the hash of their content, and a record for each build. Everything is checked before it is
/// used, because a store may be emptied, cut short or damaged between two builds.
/// </summary>
/// <param name="directory">The store's folder.</param>
public sealed class BuildStore(string directory)
{
    // A configuration or a branch more than these starts from nothing.
    private const int MostRecords = 8;

    private string Records => Path.Combine(directory, "builds");

    private string Objects => Path.Combine(directory, "files");

    /// <summary>Finds the record of a build.</summary>
    /// <param name="key">The build's key.</param>
    /// <returns>The record; null where there is none that can be read.</returns>
    public BuildRecord? Find(string key) => BuildRecord.Read(Path.Combine(Records, key));

    /// <summary>Whether every file of a record is there, with the content that it had.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Whether it is.</returns>
    public bool Holds(BuildRecord record)
    {
        try
        {
            return record.Outputs.Select(output => output.Hash).Distinct(StringComparer.Ordinal).AsParallel()
                .All(hash => FileHash.Of(Path.Combine(Objects, hash)) == hash);
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is IOException or UnauthorizedAccessException))
        {
            return false;
        }
    }

    /// <summary>Copies files out of the store, with their times and permissions.</summary>
    /// <param name="files">The files.</param>
    /// <param name="root">The folder that their paths are relative to.</param>
    public void Restore(IEnumerable<OutputFile> files, string root)
    {
        foreach (var file in files)
        {
            var path = Path.Combine(root, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Copy(Path.Combine(Objects, file.Hash), path, overwrite: true);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, file.Mode);
            }

            File.SetLastWriteTimeUtc(path, file.Time);
        }
    }

    /// <summary>Keeps a build in place of the one with the same key. A store that is left half-way through still holds only what is whole.</summary>
    /// <param name="key">The build's key.</param>
    /// <param name="record">The build.</param>
    /// <param name="root">The folder that its paths are relative to.</param>
    public void Save(string key, BuildRecord record, string root)
    {
        Directory.CreateDirectory(Objects);
        Directory.CreateDirectory(Records);
        foreach (var file in record.Outputs.DistinctBy(output => output.Hash, StringComparer.Ordinal))
        {
            var kept = Path.Combine(Objects, file.Hash);
            if (!File.Exists(kept) || FileHash.Of(kept) != file.Hash)
            {
                Place(kept, temporary => File.Copy(Path.Combine(root, file.Path), temporary));
            }
        }

        Place(Path.Combine(Records, key), record.Write);
        RemoveTheOldest();
    }

    private void RemoveTheOldest()
    {
        var records = new DirectoryInfo(Records).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc).ToList();
        foreach (var old in records.Skip(MostRecords))
        {
            old.Delete();
        }

        var used = records.Take(MostRecords)
            .SelectMany(file => BuildRecord.Read(file.FullName)?.Outputs ?? [])
            .Select(output => output.Hash)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(Objects).GetFiles().Where(file => !used.Contains(file.Name)))
        {
            file.Delete();
        }
    }

    private static void Place(string path, Action<string> write)
    {
        var temporary = path + ".new";
        File.Delete(temporary);
        write(temporary);
        File.Move(temporary, path, overwrite: true);
    }
}
