using System.Collections.Immutable;
using System.Xml;
using Microsoft.Build.Construction;
using Microsoft.Build.Definition;
using Microsoft.Build.Execution;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Evaluates projects that are files, and the one that may be in memory alone.</summary>
internal static class ProjectText
{
    /// <summary>Evaluates one project.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="inMemory">The path and the text of a project that is in memory alone; null where there is none.</param>
    /// <param name="options">How it is evaluated.</param>
    /// <returns>The evaluation.</returns>
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

    /// <summary>Finds the files that a project in memory is made of.</summary>
    /// <param name="project">An evaluation.</param>
    /// <param name="app">The file-based app that is published; null for a project.</param>
    /// <returns>The app's file, which stands for its project, and those that it includes, which may have directives too; none for a project
    /// that is a file.</returns>
    public static ImmutableArray<string> DirectiveFiles(ProjectInstance project, FileBasedApp? app) =>
        app?.ProjectPath != project.FullPath
            ? []
            :
            [
                app.Source,
                .. project
                    .GetItems("Compile")
                    .Where(item => item.HasMetadata("FileBasedProgramsFromIncludeDirective"))
                    .Select(item => Path.GetFullPath(item.EvaluatedInclude, project.Directory)),
            ];
}
