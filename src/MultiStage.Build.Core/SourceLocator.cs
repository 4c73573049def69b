using System.Xml;
using System.Xml.Linq;

namespace MultiStage.Build;

/// <summary>Finds the line in a project file that a diagnostic is about.</summary>
public static class SourceLocator
{
    /// <summary>Finds the last place that sets a property or item: in the project file, else in a Directory.Build file above it.</summary>
    /// <param name="projectFile">The project's absolute path.</param>
    /// <param name="name">The property's or item's name; null for the project as a whole.</param>
    /// <returns>The place; the project file without a line where the name is not set in a file.</returns>
    public static SourceLocation Find(string projectFile, string? name)
    {
        if (name is not null)
        {
            foreach (var file in Candidates(projectFile))
            {
                if (File.Exists(file) && Last(file, name) is { } found)
                {
                    return found;
                }
            }
        }

        return new(projectFile);
    }

    private static IEnumerable<string> Candidates(string projectFile)
    {
        yield return projectFile;
        for (var folder = Path.GetDirectoryName(projectFile); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return Path.Combine(folder, "Directory.Build.targets");
            yield return Path.Combine(folder, "Directory.Build.props");
        }
    }

    private static SourceLocation? Last(string file, string name)
    {
        try
        {
            var element = XDocument.Load(file, LoadOptions.SetLineInfo)
                .Descendants()
                .LastOrDefault(e => e.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase));
            // MSBuild counts from the angle bracket, the reader from the name behind it.
            return element is IXmlLineInfo line ? new(file, line.LineNumber, line.LinePosition - 1) : null;
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            // A place is a courtesy: the message stands without it.
            return null;
        }
    }
}
