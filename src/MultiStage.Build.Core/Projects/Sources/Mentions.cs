using System.Text.RegularExpressions;
using System.Xml;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Projects.Sources;

/// <summary>
/// Reads in the text of project files, and of files that builds read beside them, which paths they name. A path may begin with a property,
/// so that only its end is known: a path that looks like a folder counts as one, since a folder too many costs less than one too few.
/// </summary>
internal sealed partial class Mentions
{
    private static readonly string[] s_commands = ["Command", "Projects", "WorkingDirectory"];

    private readonly HashSet<string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _words = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _patterns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ofTargets = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];

    /// <summary>The paths with a star in them that targets name, as patterns relative to the context.</summary>
    public IEnumerable<string> Patterns => _patterns;

    /// <summary>What targets name, relative to the context: files, folders and patterns that may be there.</summary>
    public IEnumerable<string> OfTargets => _ofTargets;

    /// <summary>Reads a file that MSBuild evaluates.</summary>
    /// <param name="folders">The folders of the projects that it is a part of: paths in it are relative to them.</param>
    /// <param name="isEvaluated">Whether the references that count are in the closure, so that only those that targets add are looked
    /// at.</param>
    public void AddProject(string text, IReadOnlyCollection<string> folders, bool isEvaluated)
    {
        try
        {
            using var reader = XmlReader.Create(
                new StringReader(text),
                new() { DtdProcessing = DtdProcessing.Ignore, IgnoreComments = true }
            );
            var (target, element) = (-1, "");
            while (reader.Read())
            {
                if (reader.NodeType is XmlNodeType.Element)
                {
                    element = reader.LocalName;
                    target = reader.Depth <= target ? -1 : target;
                    target = target < 0 && element == "Target" && !reader.IsEmptyElement ? reader.Depth : target;
                    AddElement(reader, target >= 0 ? folders : [], isEvaluated && target < 0);
                }
                else if (
                    reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA
                    && !element.StartsWith("DefaultItemExcludes", StringComparison.Ordinal)
                )
                {
                    Add(reader.Value, target >= 0 ? folders : [], isCommand: false);
                }
            }
        }
        catch (XmlException)
        {
            AddText(text);
        }
    }

    /// <summary>Reads any other file.</summary>
    public void AddText(string text) => Add(text, [], isCommand: false);

    /// <summary>Whether a project's folder is named.</summary>
    /// <param name="projects">The names of its project files.</param>
    /// <returns>Whether one of the texts names it or anything in it.</returns>
    public bool Name(string folder, IEnumerable<string> projects)
    {
        var name = folder[(folder.LastIndexOf('/') + 1)..];
        return projects.Any(_words.Contains)
            || _words.Contains(name)
            || Ends(folder).Any(_paths.Contains)
            // A name with blanks is not split into words.
            || (!Word().IsMatch(name) && _texts.Exists(text => text.Contains($"/{name}", StringComparison.OrdinalIgnoreCase)));
    }

    private void AddElement(XmlReader reader, IReadOnlyCollection<string> targetOf, bool isEvaluated)
    {
        // An assembly is not a path, and a reference that counts is in the closure.
        if (reader.LocalName is "InternalsVisibleTo" || (reader.LocalName is "ProjectReference" && isEvaluated))
        {
            return;
        }

        while (reader.MoveToNextAttribute())
        {
            // What these name is not read.
            if (reader.LocalName is not ("Remove" or "Exclude"))
            {
                Add(reader.Value, targetOf, s_commands.Contains(reader.LocalName));
            }
        }

        reader.MoveToElement();
    }

    private void Add(string text, IReadOnlyCollection<string> targetOf, bool isCommand)
    {
        text = Property().Replace(text.Replace('\\', '/'), "/");
        text = NextArgument().Replace(text, "/");
        if (text.Contains(' ', StringComparison.Ordinal) && text.Contains('/', StringComparison.Ordinal))
        {
            _texts.Add(text);
        }

        foreach (var match in Token().EnumerateMatches(text))
        {
            AddToken(text.Substring(match.Index, match.Length), targetOf, isCommand);
        }
    }

    private void AddToken(string token, IReadOnlyCollection<string> targetOf, bool isCommand)
    {
        var parts = Parts(token);
        if (parts.Count == 0)
        {
            return;
        }

        // A word alone is a project's file, or what a command names below the project's folder.
        if (ForeignProjects.IsProject(parts[^1]) || (parts.Count == 1 && isCommand))
        {
            _words.Add(parts[^1]);
        }

        if (!token.Contains('/', StringComparison.Ordinal))
        {
            return;
        }

        // Behind a property a path may begin at the repository's root.
        _ofTargets.UnionWith(targetOf.Select(folder => string.Join('/', Parts($"{folder}/{token}"))));
        _ofTargets.UnionWith(token.StartsWith('/') && targetOf.Count > 0 ? [string.Join('/', parts)] : []);
        var literal = parts.TakeWhile(part => !part.Contains('*', StringComparison.Ordinal)).ToList();
        _paths.UnionWith(literal.Select((_, index) => string.Join('/', literal.Take(index + 1))));
        if (literal.Count < parts.Count)
        {
            _patterns.UnionWith(
                token.StartsWith('/')
                    ? [.. targetOf.Take(1).Select(_ => "**/" + string.Join('/', parts))]
                    : targetOf.Select(folder => string.Join('/', Parts($"{folder}/{token}")))
            );
        }
    }

    private static List<string> Parts(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return parts;
    }

    // "src/Tools/Gen" is named as itself, as "Tools/Gen" and as "Gen".
    private static IEnumerable<string> Ends(string folder)
    {
        for (var start = 0; start >= 0; start = folder.IndexOf('/', start) is var slash && slash >= 0 ? slash + 1 : -1)
        {
            yield return folder[start..];
        }
    }

    [GeneratedRegex(@"[$@%]\([A-Za-z0-9_.]+\)", RegexOptions.CultureInvariant)]
    private static partial Regex Property();

    // Of a function that joins its arguments, such as [MSBuild]::NormalizePath('$(Root)', 'tools', 'Gen').
    [GeneratedRegex(@"'\s*,\s*'", RegexOptions.CultureInvariant)]
    private static partial Regex NextArgument();

    [GeneratedRegex(@"[\w.+~#*/-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"^[\w.+~#-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
