using System.Text.RegularExpressions;
using MultiStage.Build.Context;

namespace MultiStage.Build.Projects.Closure;

/// <summary>A folder that holds some files of a context, at the same places.</summary>
/// <param name="context">The build context's absolute path.</param>
/// <param name="root">The folder's absolute path; the context's own for a copy that is the context itself.</param>
public sealed class ContextCopy(string context, string root)
{
    private readonly Regex _inContext = PathOf(context);
    private readonly Regex _inRoot = PathOf(root);

    /// <summary>Writes the files.</summary>
    /// <param name="visible">What the folder holds.</param>
    /// <param name="unsent">Files that no context holds and that are there all the same, absolute.</param>
    public void Write(VisibleFiles visible, IEnumerable<string> unsent)
    {
        var beside = unsent.Where(file => ContextPath.Contains(context, file)).Select(file => ContextPath.Relative(context, file));
        foreach (var file in visible.Files.Concat(beside))
        {
            File.Copy(Path.Combine(context, file), Made(file), overwrite: true);
        }

        foreach (var placeholder in visible.Placeholders)
        {
            var path = Made(placeholder);
            if (!placeholder.EndsWith('/'))
            {
                File.WriteAllText(path, "");
            }
        }
    }

    /// <summary>Turns paths of the context into the folder's.</summary>
    /// <param name="text">A text with paths.</param>
    public string Into(string text) => Moved(text, _inContext, context, root);

    /// <summary>Turns paths of the folder into the context's.</summary>
    /// <param name="text">A text with paths.</param>
    public string Back(string text) => Moved(text, _inRoot, root, context);

    /// <summary>Turns paths of the folder into paths relative to the context, for a text that looks the same on every machine.</summary>
    /// <param name="text">A text with paths.</param>
    public string Told(string text) =>
        _inRoot.Replace(text, ".").Replace("./", "", StringComparison.Ordinal).Replace(".\\", "", StringComparison.Ordinal);

    /// <summary>The files and folders that a message names: a function that reads a file names it where it is not there.</summary>
    /// <returns>Their paths, relative to the context.</returns>
    public IEnumerable<string> Named(string message) =>
        Regex
            .Matches(message, Regex.Escape(root) + @"[\\/][^'""\r\n]+")
            .Select(match => ContextPath.Relative(root, Path.GetFullPath(match.Value)));

    private static string Moved(string text, Regex path, string from, string to) =>
        from != to && text.Contains(from, StringComparison.Ordinal)
            ? path.Replace(text, to.Replace("$", "$$", StringComparison.Ordinal))
            : text;

    // Not a longer name that begins the same.
    private static Regex PathOf(string folder) => new(Regex.Escape(folder) + @"(?![^\\/;'""\s])", RegexOptions.CultureInvariant);

    private string Made(string path)
    {
        var full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        return full;
    }
}
