using System.Xml;
using Microsoft.Build.Construction;
using Microsoft.Build.Definition;
using Microsoft.Build.Execution;

namespace MultiStage.Build.Tasks.Evaluation;

/// <summary>Evaluates projects that are files, and the one that may be in memory alone.</summary>
internal static class ProjectText
{
    /// <param name="inMemory">The path and the text of a project that is in memory alone; null where there is none.</param>
    /// <param name="options">How it is evaluated.</param>
    public static ProjectInstance Evaluate(string path, (string Path, string Text)? inMemory, ProjectOptions options)
    {
        if (inMemory?.Path != path)
        {
            return ProjectInstance.FromFile(path, options);
        }

        using var reader = XmlReader.Create(new StringReader(inMemory.Value.Text));
        var root = ProjectRootElement.Create(reader, options.ProjectCollection);
        root.FullPath = path;
        return ProjectInstance.FromProjectRootElement(root, options);
    }
}
