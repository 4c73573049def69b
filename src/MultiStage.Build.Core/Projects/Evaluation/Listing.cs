using System.Security.Cryptography;
using System.Text;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>A question about which entries a folder has.</summary>
/// <param name="Folder">The folder's path as it was asked for.</param>
/// <param name="Recursive">Whether the folders below it are meant, too.</param>
public sealed record Listing(string Folder, string Pattern, bool Recursive, EntryKinds Kinds)
{
    internal IEnumerable<string> Entries()
    {
        var option = Recursive ? SearchOption.AllDirectories : SearchOption.TopDirectoryOnly;
        return Kinds switch
        {
            EntryKinds.Files => Directory.EnumerateFiles(Folder, Pattern, option),
            EntryKinds.Folders => Directory.EnumerateDirectories(Folder, Pattern, option),
            _ => Directory.EnumerateFileSystemEntries(Folder, Pattern, option),
        };
    }

    /// <summary>The entries as one short text; a folder that cannot be listed has none.</summary>
    internal string Answer()
    {
        try
        {
            return Answer(Entries());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    internal static string Answer(IEnumerable<string> entries) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', entries.Order(StringComparer.Ordinal)))));
}
