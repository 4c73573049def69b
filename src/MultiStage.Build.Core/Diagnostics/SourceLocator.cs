using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MultiStage.Build.Diagnostics;

/// <summary>Finds the line in a project file that a diagnostic is about.</summary>
internal static class SourceLocator
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

    /// <summary>Finds the place that defines an item.</summary>
    /// <param name="projectFile">The project's absolute path.</param>
    /// <returns>
    /// The element of its type that says most of what the item says; where its file has none, the last one of its type, as for a name.
    /// </returns>
    public static SourceLocation FindItem(string projectFile, ProjectItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var file = item.File ?? projectFile;
        // Of several that say as much, the last one: it is the one that a later definition would have to be.
        var best = Elements(file, item.Type)
            .Select(element => (Element: element, Likeness: Likeness(element, item)))
            .Where(candidate => candidate.Likeness > 0)
            .GroupBy(candidate => candidate.Likeness)
            .MaxBy(group => group.Key)
            ?.Last()
            .Element;
        return best is null ? Find(projectFile, item.Type) : PlaceOf(file, best);
    }

    // Texts that MSBuild computes differ from what is written, so they neither speak for an element nor against it.
    private static int Likeness(XElement element, ProjectItem item)
    {
        var include = element.Attribute("Include")?.Value ?? "";
        if (!Says(include, item.Include) && !include.Split(';').Any(part => part.Trim() == item.Include))
        {
            return 0;
        }

        var written = element
            .Attributes()
            .Where(a => a.Name.LocalName is not ("Include" or "Condition" or "Exclude" or "Remove"))
            .Select(a => (a.Name.LocalName, a.Value))
            .Concat(element.Elements().Select(e => (e.Name.LocalName, e.Value)))
            .ToList();
        return 1 + written.Sum(metadata => Says(metadata.Value, item[metadata.LocalName]) ? 2 : -1);
    }

    private static bool Says(string written, string evaluated) =>
        written.Trim() == evaluated.Trim()
        || written.Contains("$(", StringComparison.Ordinal)
        || written.Contains('%', StringComparison.Ordinal);

    private static IEnumerable<string> Candidates(string projectFile)
    {
        yield return projectFile;
        for (var folder = Path.GetDirectoryName(projectFile); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            yield return Path.Combine(folder, "Directory.Build.targets");
            yield return Path.Combine(folder, "Directory.Build.props");
        }
    }

    private static SourceLocation? Last(string file, string name) =>
        Path.GetExtension(file) == ".cs" ? Directive(file, name)
        : Elements(file, name).LastOrDefault() is { } element ? PlaceOf(file, element)
        : null;

    // A file-based app sets properties in lines of its own.
    private static SourceLocation? Directive(string file, string name)
    {
        var property = new Regex($@"^\s*#:property\s+{Regex.Escape(name)}\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return File.ReadLines(file)
            .Select((text, index) => property.IsMatch(text) ? new SourceLocation(file, index + 1, text.IndexOf('#') + 1) : null)
            .LastOrDefault(place => place is not null);
    }

    /// <summary>Where an element is.</summary>
    /// <param name="file">The absolute path of its file.</param>
    /// <param name="element">The element, read with its lines.</param>
    // MSBuild counts from the angle bracket, the reader from the name behind it.
    public static SourceLocation PlaceOf(string file, XElement element) =>
        element is IXmlLineInfo line ? new(file, line.LineNumber, line.LinePosition - 1) : new(file);

    private static List<XElement> Elements(string file, string name)
    {
        try
        {
            return
            [
                .. XDocument
                    .Load(file, LoadOptions.SetLineInfo)
                    .Descendants()
                    .Where(e => e.Name.LocalName.Equals(name, StringComparison.OrdinalIgnoreCase)),
            ];
        }
        catch (Exception exception) when (exception is XmlException or IOException or UnauthorizedAccessException)
        {
            // A place is a courtesy: the message stands without it.
            return [];
        }
    }
}
