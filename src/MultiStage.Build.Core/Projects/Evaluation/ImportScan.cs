using System.Collections.Frozen;
using System.Text.RegularExpressions;
using System.Xml;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>Reads in the text of a project file or import what its evaluation depends on beside files: names that the environment may give,
/// and functions.</summary>
internal sealed partial class ImportScan
{
    // What these give follows from their arguments and the system alone.
    private static readonly FrozenSet<string> PureTypes = new[]
    {
        "MSBuild",
        "System.String",
        "System.Char",
        "System.Boolean",
        "System.Byte",
        "System.Int16",
        "System.Int32",
        "System.Int64",
        "System.UInt32",
        "System.Double",
        "System.Decimal",
        "System.Math",
        "System.Convert",
        "System.Version",
        "System.Array",
        "System.StringComparer",
        "System.StringComparison",
        "System.Text.RegularExpressions.Regex",
        "System.Uri",
        "System.UriBuilder",
        "System.OperatingSystem",
        "System.PlatformID",
        "System.Runtime.InteropServices.RuntimeInformation",
        "System.Runtime.InteropServices.OSPlatform",
        "System.IO.Path",
        "System.Environment",
        "Microsoft.Build.Utilities.ToolLocationHelper",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    // Members of those types that read files, the registry, the clock or chance.
    private static readonly FrozenSet<string> ImpureMembers = new[]
    {
        "MSBuild::FileExists",
        "MSBuild::DirectoryExists",
        "MSBuild::GetRegistryValue",
        "MSBuild::GetRegistryValueFromView",
        "System.IO.Path::GetTempFileName",
        "System.IO.Path::GetTempPath",
        "System.IO.Path::GetRandomFileName",
        "System.IO.Path::Exists",
        "System.Environment::TickCount",
        "System.Environment::CurrentDirectory",
        "System.Environment::ExpandEnvironmentVariables",
        "System.Environment::GetEnvironmentVariables",
        // Where its argument is a name that is written out, that name counts.
        "System.Environment::GetEnvironmentVariable",
        "System.Environment::WorkingSet",
        "System.Environment::ProcessId",
        "System.Environment::StackTrace",
        "System.Environment::CommandLine",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names of the properties that are read, any of which the environment may give.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <summary>What may be the name of a file, or the end of a path to one, in the text of properties and conditions.</summary>
    public IReadOnlySet<string> Files => _files;

    /// <summary>A function whose result nothing here can foresee; null where none is called.</summary>
    public string? Unforeseeable { get; private set; }

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its path; what is not well-formed was refused by MSBuild before. Of what is not XML at all, the directives of a
    /// file-based app count.</param>
    /// <returns>What it depends on.</returns>
    public static ImportScan Of(string file)
    {
        var scan = new ImportScan();
        if (IsXml(file))
        {
            scan.Read(file);
        }
        else
        {
            foreach (var line in File.ReadLines(file).Where(line => line.TrimStart().StartsWith("#:", StringComparison.Ordinal)))
            {
                scan.Text(line);
            }
        }

        return scan;
    }

    private static bool IsXml(string file) =>
        File.ReadLines(file).Select(line => line.TrimStart()).FirstOrDefault(line => line.Length > 0)?.StartsWith('<') == true;

    private void Read(string file)
    {
        using var reader = XmlReader.Create(
            file,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Ignore,
                IgnoreComments = true,
                IgnoreWhitespace = true,
            }
        );
        while (!reader.EOF)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "Target" })
            {
                // It runs after the evaluation.
                reader.Skip();
                continue;
            }

            if (reader.NodeType == XmlNodeType.Element)
            {
                while (reader.MoveToNextAttribute())
                {
                    Text(reader.Value);
                }
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                Text(reader.Value);
            }

            reader.Read();
        }
    }

    private void Text(string text)
    {
        foreach (var match in FileName().EnumerateMatches(text))
        {
            _files.Add(text.Substring(match.Index, match.Length).Replace('\\', '/').Trim('/'));
        }

        if (!text.Contains("$(", StringComparison.Ordinal))
        {
            return;
        }

        foreach (var match in PropertyName().EnumerateMatches(text))
        {
            _names.Add(text.Substring(match.Index + 2, match.Length - 2).Trim());
        }

        foreach (Match match in Function().Matches(text))
        {
            Call(match.Groups["type"].Value.Trim(), match.Groups["member"].Value, match.Groups["literal"], text);
        }
    }

    private void Call(string type, string member, Group literal, string text)
    {
        var name = $"{type}::{member}";
        if (name.Equals("System.Environment::GetEnvironmentVariable", StringComparison.OrdinalIgnoreCase) && literal.Success)
        {
            _names.Add(literal.Value);
        }
        else if (!IsForeseeable(type, name, text))
        {
            Unforeseeable ??= name;
        }
    }

    // The parent of a folder is cut off its path, and no folder is looked at until a member of the result does.
    private static bool IsForeseeable(string type, string name, string text) =>
        name.Equals("System.IO.Directory::GetParent", StringComparison.OrdinalIgnoreCase)
            ? !AsksTheFolder().IsMatch(text)
            : PureTypes.Contains(type) && !ImpureMembers.Contains(name);

    [GeneratedRegex(@"[A-Za-z0-9_.\\/-]+", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    [GeneratedRegex(@"\$\(\s*[A-Za-z_][A-Za-z0-9_-]*", RegexOptions.CultureInvariant)]
    private static partial Regex PropertyName();

    [GeneratedRegex(@"\)\s*\.\s*(?!(Parent|FullName|Name)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AsksTheFolder();

    [GeneratedRegex(
        @"\[(?<type>[A-Za-z0-9_.`+ ]+)\]::(?<member>[A-Za-z0-9_]+)(\(\s*['""`]?(?<literal>[A-Za-z0-9_]+)['""`]?\s*\))?",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Function();
}
