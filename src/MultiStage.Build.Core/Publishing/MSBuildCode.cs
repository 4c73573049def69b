using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MultiStage.Build.Publishing;

/// <summary>The MSBuild code of a source tree, read without an evaluation: what it says in any condition and any order.</summary>
internal sealed partial class MSBuildCode
{
    // Property functions that make a path of their last argument, or of their first one: https://learn.microsoft.com/visualstudio/msbuild/property-functions
    private static readonly string[] EndsWithItsLast = ["Combine", "NormalizePath", "GetFullPath"];
    private static readonly string[] EndsWithItsFirst = ["GetPathOfFileAbove"];

    private readonly Func<string, bool> _isGiven;

    private MSBuildCode(IReadOnlyList<XElement> elements, Func<string, bool> isGiven) => (Elements, _isGiven) = (elements, isGiven);

    /// <summary>All elements of all files.</summary>
    public IReadOnlyList<XElement> Elements { get; }

    /// <summary>Reads it.</summary>
    /// <param name="texts">The files that MSBuild evaluates.</param>
    /// <param name="isGiven">Whether a property comes from the command line or the environment, and so need not have the value that the files say.</param>
    /// <returns>The code; null where a file is none.</returns>
    public static MSBuildCode? Read(IEnumerable<string> texts, Func<string, bool> isGiven)
    {
        try
        {
            return new([.. texts.SelectMany(text => XDocument.Parse(text).Descendants())], isGiven);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>How a path ends once it is evaluated, in each way that it may: that is nearly always written out, whatever the folder comes from.</summary>
    /// <param name="path">The path as it is written.</param>
    /// <returns>Ends; null where they are not written out.</returns>
    public string[]? EndsOf(string path) => EndsOf(path, []);

    private string[]? EndsOf(string path, IReadOnlyCollection<string> resolved)
    {
        path = path.Trim();
        if (path.Length > 1 && path[0] is '\'' or '"' or '`' && path[^1] == path[0])
            path = path[1..^1];
        if (path.AsSpan().ContainsAny("*?;%@"))
            return null;
        if (WholeProperty().Match(path) is { Success: true } property)
            return EndsOfProperty(property.Groups["name"].Value, resolved);
        if (WholeFunction().Match(path) is { Success: true } function && Arguments(path, function.Length, out var close) is { } arguments && close == path.Length - 2)
        {
            var name = function.Groups["name"].Value;
            return EndsWithItsLast.Contains(name, StringComparer.OrdinalIgnoreCase) ? EndsOf(arguments[^1], resolved)
                : EndsWithItsFirst.Contains(name, StringComparer.OrdinalIgnoreCase) ? EndsOf(arguments[0], resolved)
                : null;
        }

        var end = path[(path.LastIndexOfAny([')', '/', '\\']) + 1)..];
        return end.Trim('.').Length == 0 || end.AsSpan().ContainsAny("$('\"`") ? null : [end];
    }

    private string[]? EndsOfProperty(string name, IReadOnlyCollection<string> resolved)
    {
        if (resolved.Contains(name, StringComparer.OrdinalIgnoreCase) || _isGiven(name) || IsSetByATarget(name))
            return null;
        var values = Elements.Where(element => Is(element.Name.LocalName, name) && element.Parent is { } parent && Is(parent.Name.LocalName, "PropertyGroup"))
            .Select(element => EndsOf(element.Value, [.. resolved, name])).ToList();
        return values.Count == 0 || values.Contains(null) ? null : [.. values.SelectMany(value => value!)];
    }

    private bool IsSetByATarget(string name) =>
        Elements.Any(element => Is(element.Name.LocalName, "Output") && element.Attributes().Any(attribute => Is(attribute.Name.LocalName, "PropertyName") && Is(attribute.Value, name)));

    /// <summary>The arguments of a call.</summary>
    /// <param name="text">The text that holds it.</param>
    /// <param name="start">Where they begin, behind the parenthesis.</param>
    /// <param name="close">Where the parenthesis is that closes it.</param>
    /// <returns>The arguments; null where nothing closes it.</returns>
    public static List<string>? Arguments(string text, int start, out int close)
    {
        var (depth, from, quote, arguments) = (0, start, '\0', new List<string>());
        for (close = start; close < text.Length; close++)
        {
            var character = text[close];
            if (quote != '\0' || character is '\'' or '"' or '`')
            {
                quote = quote == '\0' ? character : quote == character ? '\0' : quote;
                continue;
            }

            if (character == ')' && depth == 0)
                return [.. arguments, text[from..close]];
            depth += character switch { '(' => 1, ')' => -1, _ => 0 };
            if (character == ',' && depth == 0)
            {
                arguments.Add(text[from..close]);
                from = close + 1;
            }
        }

        return null;
    }

    /// <summary>Whether two names are the same to MSBuild.</summary>
    /// <param name="one">A name.</param>
    /// <param name="other">Another.</param>
    /// <returns>Whether they are.</returns>
    public static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a path may be one of those whose ends are known.</summary>
    /// <param name="path">The path.</param>
    /// <param name="ends">How they end.</param>
    /// <returns>Whether it may.</returns>
    public static bool EndsWithOneOf(string path, IEnumerable<string> ends) => ends.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase));

    /// <summary>What an element says by an attribute or by a child element, as MSBuild lets one choose.</summary>
    /// <param name="element">The element.</param>
    /// <param name="name">The name.</param>
    /// <returns>The value; null where it says nothing.</returns>
    public static string? ValueOf(XElement element, string name) =>
        element.Attributes().FirstOrDefault(attribute => Is(attribute.Name.LocalName, name))?.Value
        ?? element.Elements().FirstOrDefault(child => Is(child.Name.LocalName, name))?.Value;

    // Behind a folder or nothing, because it may be empty, and then the path ends with what is before it.
    [GeneratedRegex(@"^(.*([/\\]|\$\(\w+(Directory|Dir)\)))?\$\((?<name>\w+)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeProperty();

    [GeneratedRegex(@"^\$\(\s*\[[\w.]+\]::\s*(?<name>\w+)\s*\(", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WholeFunction();
}
