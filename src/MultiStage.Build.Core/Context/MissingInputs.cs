using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Context;

/// <summary>Finds in what a failing step wrote a file that it looked for, that this machine has, and that was not sent.</summary>
/// <param name="containerFolder">The folder in the container that holds the context, such as <c>/src</c>.</param>
/// <param name="project">The absolute path of the published project.</param>
internal sealed partial class MissingInputs(BuildContext context, string containerFolder, string project)
{
    /// <summary>Reads one line.</summary>
    /// <param name="line">What a step wrote.</param>
    /// <returns>The file, by its name on this machine, and how it is let in; null where the line names none.</returns>
    public Diagnostic? Find(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        if (!SaysMissing().IsMatch(line))
        {
            return null;
        }

        var folder = BuiltProject().Match(line) is { Success: true } match
            ? Path.GetDirectoryName(match.Groups["path"].Value)!
            : containerFolder;
        return Paths()
            .Matches(line)
            .Select(path => path.Groups["path"].Value)
            .Select(path => Local(path, folder) ?? Local(path, containerFolder))
            .OfType<string>()
            .Select(Diagnose)
            .FirstOrDefault();
    }

    // The path on this machine of what the container knows by another one; null where it is not a file of this machine, or was sent.
    private string? Local(string path, string folder)
    {
        var full = Path.GetFullPath(path.Replace('\\', '/'), folder);
        if (!full.StartsWith(containerFolder + "/", StringComparison.Ordinal))
        {
            return null;
        }

        var relative = full[(containerFolder.Length + 1)..].TrimEnd('/');
        return relative.Length > 0 && Path.Exists(Absolute(relative)) && context.Ignore.IsExcluded(relative) ? relative : null;
    }

    private Diagnostic Diagnose(string path)
    {
        var line = OwnIgnoreFile.Find(context.Directory)?.Rules.LineThatExcludes(path);
        var input = Path.GetRelativePath(Path.GetDirectoryName(project)!, Absolute(path)).Replace('\\', '/');
        var why = line is null ? "" : $", because line {line} of {OwnIgnoreFile.Name} leaves it out";
        var cure =
            Path.GetFileName(path) == "project.assets.json"
                ? "The project was not restored: add a ProjectReference to it (ReferenceOutputAssembly=\"false\"), or let the target "
                    + "that builds it restore it first."
            : line is null ? $"Add to the project: <ContainerBuildInput Include=\"{input}\" />"
            : $"Add the line !{path} below it.";
        return Codes.InputNotSent.With(Absolute(path), why, cure);
    }

    private string Absolute(string path) => Path.Combine(context.Directory, path.Replace('/', Path.DirectorySeparatorChar));

    [GeneratedRegex(
        @"not (be )?found|could(n't| not) (find|be opened|be found|open)|can('t|not) (find|open|cd)|no such file|does not exist|ENOENT",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex SaysMissing();

    // MSBuild appends the project in brackets.
    [GeneratedRegex(@"\[(?<path>/[^\[\]]+?)(::[^\[\]]*)?\]\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex BuiltProject();

    // In quotes, as MSBuild and .NET write them, or up to a blank.
    [GeneratedRegex(
        @"['""\u2018](?<path>[^'""\u2018\u2019]+)['""\u2019]|(?<path>[\w.-]*/[^\s'"",:;()\[\]]+)",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Paths();
}
