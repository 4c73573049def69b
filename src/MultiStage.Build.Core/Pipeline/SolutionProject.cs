using System.Collections.Immutable;
using System.Xml.Linq;

namespace MultiStage.Build.Pipeline;

/// <summary>A project as a solution builds it.</summary>
/// <param name="File">The project's absolute path.</param>
/// <param name="Properties">The properties that the solution gives to it alone, as MSBuild's <c>Properties</c>.</param>
public sealed record SolutionProject(string File, string Properties)
{
    /// <summary>Reads the projects of a solution.</summary>
    /// <param name="contents"><c>CurrentSolutionConfigurationContents</c>: an element for each project, with its configuration and platform
    /// as text, such as <c>Release|AnyCPU</c>.</param>
    /// <returns>Those that are built, in file order.</returns>
    public static ImmutableArray<SolutionProject> Read(string contents)
    {
        ArgumentNullException.ThrowIfNull(contents);
        return
        [
            .. XDocument
                .Parse(contents)
                .Descendants("ProjectConfiguration")
                .Where(project => bool.TryParse((string?)project.Attribute("BuildProjectInSolution"), out var isBuilt) && isBuilt)
                .Select(project => new SolutionProject((string)project.Attribute("AbsolutePath")!, Of(project.Value.Split('|')))),
        ];
    }

    // A project without platforms has no part for one.
    private static string Of(string[] parts) => $"Configuration={parts[0]}" + (parts.Length > 1 ? $";Platform={parts[1]}" : "");
}
