using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MultiStage.Build.Publishing;

/// <summary>Finds the files whose content MSBuild code takes into properties and items, for which no time tells that they changed.</summary>
internal static partial class ContentReads
{
    private static readonly (string Task, string Parameter)[] Readers = [("ReadLinesFromFile", "File"), ("XmlPeek", "XmlInputPath"), ("GetFileHash", "Files")];

    /// <summary>Finds them.</summary>
    /// <param name="code">The code.</param>
    /// <returns>How paths of files end that are read; null where it may be any file.</returns>
    public static IReadOnlyCollection<string>? Find(MSBuildCode code)
    {
        var ends = Paths(code).Select(path => path is null ? null : code.EndsOf(path)).ToList();
        return ends.Contains(null) ? null : [.. ends.SelectMany(end => end!).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    // The paths as they are written; null where one is not to be seen.
    private static IEnumerable<string?> Paths(MSBuildCode code)
    {
        foreach (var element in code.Elements)
        {
            foreach (var (_, parameter) in Readers.Where(reader => element.Name.LocalName.EndsWith(reader.Task, StringComparison.OrdinalIgnoreCase)))
            {
                yield return MSBuildCode.ValueOf(element, parameter);
            }

            var values = element.Attributes().Select(attribute => attribute.Value).Concat(element.Nodes().OfType<XText>().Select(text => text.Value));
            foreach (var (value, call) in values.SelectMany(value => FileFunction().Matches(value).Select(call => (value, call))))
            {
                // That a file is there is told by its name.
                if (!MSBuildCode.Is(call.Groups["name"].Value, "Exists"))
                    yield return MSBuildCode.Arguments(value, call.Index + call.Length, out _) is [var path] ? path : null;
            }
        }
    }

    [GeneratedRegex(@"\[System\.IO\.File\]::\s*(?<name>\w+)\s*\(", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileFunction();
}
