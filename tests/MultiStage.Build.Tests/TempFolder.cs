namespace MultiStage.Build.Tests;

/// <summary>A folder of a test's own, gone after it. Its path holds a blank and letters beyond ASCII, as users' do.</summary>
internal sealed class TempFolder : IDisposable
{
    /// <summary>Makes the folder.</summary>
    public TempFolder()
    {
        Path = Directory.CreateTempSubdirectory("multi stage ü ").FullName;
    }

    /// <summary>Its absolute path.</summary>
    public string Path { get; }

    /// <summary>The absolute path of a file or folder in it.</summary>
    /// <param name="relative">The path below the folder, with forward slashes; empty for the folder itself.</param>
    public string this[string relative] =>
        relative.Length == 0 ? Path : System.IO.Path.Combine(Path, relative.Replace('/', System.IO.Path.DirectorySeparatorChar));

    /// <summary>Writes a file, and the folders above it.</summary>
    /// <param name="relative">Its path below the folder.</param>
    /// <param name="text">What it holds.</param>
    /// <returns>Its absolute path.</returns>
    public string Write(string relative, string text = "")
    {
        var path = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Makes a folder, and those above it.</summary>
    /// <param name="relative">Its path below the folder.</param>
    /// <returns>Its absolute path.</returns>
    public string Folder(string relative) => Directory.CreateDirectory(this[relative]).FullName;

    /// <inheritdoc />
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
