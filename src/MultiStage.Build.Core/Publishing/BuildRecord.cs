namespace MultiStage.Build.Publishing;

/// <summary>A file that a build wrote.</summary>
/// <param name="Path">Its path relative to the root.</param>
/// <param name="Hash">The SHA-256 of its content, in hexadecimal; also its name in the store.</param>
/// <param name="Time">When it was written, in UTC.</param>
/// <param name="Mode">Its permissions.</param>
public sealed record OutputFile(string Path, string Hash, DateTime Time, UnixFileMode Mode);

/// <summary>What a successful build read and wrote.</summary>
/// <param name="Inputs">The files that were there before it, with the times it saw.</param>
/// <param name="Outputs">The files that it left behind and that the next one may start from.</param>
public sealed record BuildRecord(IReadOnlyList<TreeFile> Inputs, IReadOnlyList<OutputFile> Outputs)
{
    // Changes with the meaning of what is kept, so that no version of this package trusts what another one left.
    private const int Format = 1;

    /// <summary>The latest time in the record: what changed since has to be newer.</summary>
    public DateTime Latest => Inputs.Select(file => file.Time).Concat(Outputs.Select(file => file.Time)).Max();

    /// <summary>Writes it.</summary>
    /// <param name="path">The file to write.</param>
    public void Write(string path)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write(Format);
        writer.Write(Inputs.Count);
        foreach (var file in Inputs)
        {
            writer.Write(file.Path);
            writer.Write(file.Hash);
            writer.Write(file.Time.Ticks);
        }

        writer.Write(Outputs.Count);
        foreach (var file in Outputs)
        {
            writer.Write(file.Path);
            writer.Write(file.Hash);
            writer.Write(file.Time.Ticks);
            writer.Write((int)file.Mode);
        }

        writer.Write(Format);
    }

    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The record; null where there is none or it cannot be read to its end.</returns>
    public static BuildRecord? Read(string path)
    {
        try
        {
            using var reader = new BinaryReader(File.OpenRead(path));
            if (reader.ReadInt32() != Format)
            {
                return null;
            }

            var inputs = Enumerable.Range(0, reader.ReadInt32()).Select(_ => new TreeFile(reader.ReadString(), reader.ReadString(), Utc(reader))).ToList();
            var outputs = Enumerable.Range(0, reader.ReadInt32())
                .Select(_ => new OutputFile(reader.ReadString(), reader.ReadString(), Utc(reader), (UnixFileMode)reader.ReadInt32()))
                .ToList();
            return reader.ReadInt32() == Format && reader.BaseStream.Position == reader.BaseStream.Length ? new(inputs, outputs) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            return null;
        }
    }

    private static DateTime Utc(BinaryReader reader) => new(reader.ReadInt64(), DateTimeKind.Utc);
}
