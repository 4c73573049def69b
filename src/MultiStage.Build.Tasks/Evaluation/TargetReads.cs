using System.Text.RegularExpressions;
using Microsoft.Build.Exceptions;
using Microsoft.Build.Execution;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks.Evaluation;

/// <summary>What the repository's own targets and the properties of a project name: files that no item has before a build runs.</summary>
/// <param name="host">Where this machine keeps SDKs and packages, whose targets read properties of the project.</param>
internal sealed partial class TargetReads(ProjectInstance project, HostFolders host)
{
    // These read nothing, or remove or write what they name.
    private static readonly HashSet<string> s_writing = new(StringComparer.OrdinalIgnoreCase)
    {
        "Delete",
        "Error",
        "MakeDir",
        "Message",
        "RemoveDir",
        "Touch",
        "Warning",
    };

    private static readonly HashSet<string> s_outputs = new(StringComparer.OrdinalIgnoreCase) { "DestinationFiles", "DestinationFolder" };

    // What they name is read by this package, on this machine.
    private static readonly string[] s_ours = ["Container", "MultiStage", "Dockerfile"];

    /// <summary>Absolute paths, with stars where a pattern is meant; what is there has to be looked up.</summary>
    public IEnumerable<string> Paths =>
        Reached().SelectMany(Texts).SelectMany(Split).Select(Absolute).Concat(OfProperties()).Distinct(StringComparer.Ordinal);

    // A target of the repository runs where one of the SDK's or of a package's leads to it. One that is only called by hand reads nothing.
    private List<ProjectTargetInstance> Reached()
    {
        var own = project.Targets.Values.Where(target => target.FullPath.Length > 0 && !host.Hold(target.FullPath)).ToList();
        var left = own.ToHashSet();
        var added = own.Count == 0 ? [] : project.Targets.Values.Except(own).ToList();
        var names = added.Select(target => target.Name).Concat(project.InitialTargets).ToHashSet(StringComparer.OrdinalIgnoreCase);
        while (added.Count > 0)
        {
            names.UnionWith(added.SelectMany(Leads).SelectMany(Words));
            added =
            [
                .. left.Where(target =>
                    names.Contains(target.Name) || Words(target.BeforeTargets).Concat(Words(target.AfterTargets)).Any(names.Contains)
                ),
            ];
            names.UnionWith(added.Select(target => target.Name));
            left.ExceptWith(added);
        }

        return [.. own.Where(target => !left.Contains(target))];
    }

    private static IEnumerable<string> Leads(ProjectTargetInstance target) =>
        target
            .Children.SelectMany(child =>
                child switch
                {
                    ProjectTaskInstance task when task.Parameters.TryGetValue("Targets", out var targets) => [targets],
                    ProjectOnErrorInstance error => [error.ExecuteTargets],
                    _ => Array.Empty<string>(),
                }
            )
            .Prepend(target.DependsOnTargets);

    private string[] Words(string list) =>
        Expand(list).Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Texts(ProjectTargetInstance target) =>
        target.Children.SelectMany(Texts).Prepend(target.Condition).Prepend(target.Inputs).Where(text => text.Length > 0);

    private static IEnumerable<string> Texts(ProjectTargetInstanceChild child) =>
        child switch
        {
            ProjectTaskInstance task => s_writing.Contains(task.Name)
                ? [task.Condition]
                : task.Parameters.Where(parameter => !IsWritten(task.Name, parameter.Key)).Select(one => one.Value).Prepend(task.Condition),
            ProjectItemGroupTaskInstance group => group.Items.SelectMany(item => new[] { item.Condition, item.Include }),
            ProjectPropertyGroupTaskInstance group => group.Properties.SelectMany(one => new[] { one.Condition, one.Value }),
            _ => [],
        };

    private static bool IsWritten(string task, string parameter) =>
        s_outputs.Contains(parameter) || (task == "WriteLinesToFile" && parameter.Equals("File", StringComparison.OrdinalIgnoreCase));

    // A list, a condition's strings, or the words of a command; and what a function such as ReadAllText is given: where the whole text is
    // expanded, its result alone is left.
    private IEnumerable<string> Split(string text) =>
        new[] { text }
            .Concat(text.Contains("$([", StringComparison.Ordinal) ? Argument().Matches(text).Select(match => match.Value) : [])
            .SelectMany(one => Path().Matches(Expand(one)))
            .Select(match => match.Value);

    // An item that a target lists is no file that it names: by default every file of the project's folder is one.
    private string Expand(string text)
    {
        try
        {
            return project.ExpandString(text.Replace("@(", "(", StringComparison.Ordinal));
        }
        catch (Exception exception) when (exception is InvalidProjectFileException or ArgumentException)
        {
            // What a target has no value for before it runs.
            return "";
        }
    }

    // A folder that a property names is more often written to than read. Variables of the environment have nothing to do with the project.
    private IEnumerable<string> OfProperties() =>
        project
            .Properties.Where(property =>
                property.EvaluatedValue.AsSpan().ContainsAny('/', '\\', '.')
                && !property.EvaluatedValue.AsSpan().ContainsAny(";*?\n")
                && !s_ours.Any(name => property.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                && Environment.GetEnvironmentVariable(property.Name) != property.EvaluatedValue
            )
            .Select(property => Absolute(property.EvaluatedValue))
            .Where(path => File.Exists(path) && !host.Hold(path));

    private string Absolute(string path) => System.IO.Path.GetFullPath(path.Trim().Replace('\\', '/'), project.Directory);

    [GeneratedRegex("""[^\s;'"<>|()=,]*[./\\][^\s;'"<>|()=,]*""", RegexOptions.CultureInvariant)]
    private static partial Regex Path();

    [GeneratedRegex("""(?:\$\(\w+\)|[^\s;'"<>|()=,$])+""", RegexOptions.CultureInvariant)]
    private static partial Regex Argument();
}
