using System.Security.Cryptography;
using System.Text;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>The hash by which contents of files are compared.</summary>
public static class FileHash
{
    /// <summary>Hashes a file.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <returns>The SHA-256 of its content, in hexadecimal.</returns>
    public static string Of(string path)
    {
        using var content = File.OpenRead(path);
        return Convert.ToHexString(SHA256.HashData(content));
    }

    /// <summary>Hashes texts.</summary>
    /// <param name="parts">The texts, none of which holds a null character.</param>
    /// <returns>The SHA-256 of all of them, in hexadecimal.</returns>
    public static string OfText(IEnumerable<string> parts) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))));

    /// <summary>Hashes a file that may not be there.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <returns>The SHA-256 of its content, in hexadecimal; empty where it cannot be read.</returns>
    public static string OrEmpty(string path)
    {
        try
        {
            return Of(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
