using Microsoft.Build.Execution;
using Microsoft.Build.Globbing;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks.Evaluation;

/// <summary>What the repository's own targets read when a restore runs them. No evaluation tells it, because it happens while they
/// run.</summary>
/// <param name="host">Where this machine keeps SDKs and packages, whose targets are in the container, too.</param>
internal sealed class RestoreHooks(ProjectInstance project, HostFolders host)
{
    // These read what their parameters name and nothing else.
    private static readonly HashSet<string> s_plain = new(StringComparer.OrdinalIgnoreCase)
    {
        "AssignTargetPath",
        "CallTarget",
        "ConvertToAbsolutePath",
        "Copy",
        "CreateItem",
        "CreateProperty",
        "Delete",
        "Error",
        "FindUnderPath",
        "GetFileHash",
        "MakeDir",
        "Message",
        "MSBuild",
        "ReadLinesFromFile",
        "RemoveDir",
        "RemoveDuplicates",
        "Telemetry",
        "Touch",
        "VerifyFileHash",
        "Warning",
        "WriteLinesToFile",
        "XmlPeek",
    };

    private readonly List<ProjectTargetInstance> _targets =
    [
        .. RestoreTargets.Of(project).Where(target => target.FullPath.Length > 0 && !host.Hold(target.FullPath)),
    ];

    /// <summary>The existing files that their tasks and items name, absolute.</summary>
    public IEnumerable<string> Files =>
        Values()
            .SelectMany(value =>
                project.ExpandString(value).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            )
            .Where(name => name.IndexOfAny(Path.GetInvalidPathChars()) < 0)
            .Distinct(StringComparer.Ordinal)
            .SelectMany(Named)
            .Distinct(StringComparer.Ordinal);

    /// <summary>The first task of which nobody can say what it reads, such as a command; null where there is none.</summary>
    public string? Unknown =>
        _targets
            .SelectMany(target => target.Tasks.Select(task => (Target: target.Name, Task: task.Name)))
            .Where(run => !s_plain.Contains(run.Task))
            .Select(run => $"its target {run.Target} runs the task {run.Task} in a restore")
            .FirstOrDefault();

    private IEnumerable<string> Values() =>
        _targets
            .SelectMany(target => target.Children)
            .SelectMany(child =>
                child switch
                {
                    ProjectTaskInstance task => task.Parameters.Values,
                    ProjectItemGroupTaskInstance group => group.Items.Select(item => item.Include),
                    _ => [],
                }
            );

    private IEnumerable<string> Named(string name)
    {
        var path = name.Replace('\\', '/');
        if (!path.Contains('*', StringComparison.Ordinal))
        {
            var file = Path.GetFullPath(path, project.Directory);
            return File.Exists(file) ? [file] : [];
        }

        var glob = MSBuildGlob.Parse(project.Directory, path);
        return glob.IsLegal && Directory.Exists(glob.FixedDirectoryPart)
            ? Directory.EnumerateFiles(glob.FixedDirectoryPart, "*", SearchOption.AllDirectories).Where(glob.IsMatch)
            : [];
    }
}
