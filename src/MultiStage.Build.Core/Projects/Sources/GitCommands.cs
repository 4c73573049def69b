using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MultiStage.Build.Projects.Sources;

/// <summary>Commands of a repository's own targets that ask Git for something, which needs a repository.</summary>
internal static partial class GitCommands
{
    // Packages that read versions from the repository's history and can be told nothing else.
    private static readonly HashSet<string> s_packages = new(StringComparer.OrdinalIgnoreCase) { "GitInfo", "GitVersion.MsBuild" };

    /// <summary>Finds those whose answer a build uses: it is read into a property or an item, or written to a file.</summary>
    /// <param name="context">The build context's absolute path.</param>
    /// <param name="files">Project files and imports, relative to it.</param>
    public static IEnumerable<GitCommand> Of(string context, IEnumerable<string> files) =>
        files.Select(file => Path.Combine(context, file)).Where(IsProject).SelectMany(Of);

    private static IEnumerable<GitCommand> Of(string file)
    {
        // Most files do not mention it, and this runs with each publish.
        var text = File.ReadAllText(file);
        if (!text.Contains("git", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        try
        {
            return
            [
                .. XDocument
                    .Parse(text, LoadOptions.SetLineInfo)
                    .Descendants()
                    .Select(element => (Element: element, Command: Asked(element)))
                    .Where(found => found.Command is not null)
                    .Select(found => new GitCommand(file, ((IXmlLineInfo)found.Element).LineNumber, found.Command!)),
            ];
        }
        catch (XmlException)
        {
            // MSBuild reports it.
            return [];
        }
    }

    private static string? Asked(XElement element)
    {
        if (element.Name.LocalName == "PackageReference")
        {
            return element.Attribute("Include")?.Value is { } package && s_packages.Contains(package) ? package : null;
        }

        var command = element.Name.LocalName == "Exec" ? element.Attribute("Command")?.Value ?? "" : "";
        return
            Command().Match(command) is { Success: true } match
            && (
                command.Contains('>', StringComparison.Ordinal)
                || element
                    .Elements()
                    .Any(child => child.Name.LocalName == "Output" && child.Attribute("TaskParameter")?.Value != "ExitCode")
            )
            ? match.Value
            : null;
    }

    private static bool IsProject(string file) =>
        Path.GetExtension(file).EndsWith("proj", StringComparison.OrdinalIgnoreCase) || Path.GetExtension(file) is ".props" or ".targets";

    [GeneratedRegex(
        @"(?<![\w.$@-])git(\.exe)?[""']?\s+(-c\s+\S+\s+|-\S+\s+)*[a-z][a-z-]+",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Command();
}

/// <summary>One command of a target, or a package that has one.</summary>
/// <param name="File">The absolute path of the file that holds it.</param>
/// <param name="Line">Its line there, from 1.</param>
/// <param name="Text">The command up to its verb, such as <c>git rev-parse</c>, or the package's name.</param>
internal sealed record GitCommand(string File, int Line, string Text);
