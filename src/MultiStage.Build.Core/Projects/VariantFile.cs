using System.Collections.Immutable;
using System.Globalization;
using System.Security;
using System.Text;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects;

/// <summary>
/// A file that gives one project the properties of a variant: the SDK imports it directly behind the project's own file (pure).
/// </summary>
public static class VariantFile
{
    /// <summary>
    /// The property that names the file to the SDK. Every project of a build has it, so the file asks which one it is in.
    /// </summary>
    public const string Hook = "BeforeMicrosoftNETSdkTargets";

    /// <summary>The property with the project's path on this machine: an evaluation may read a copy of the project elsewhere.</summary>
    public const string ProjectProperty = "_MultiStageVariantProject";

    /// <summary>Writes the file for builds on this machine.</summary>
    public static ImmutableArray<string> OnHost(IEnumerable<KeyValuePair<string, string>> properties) =>
        Lines($"$({ProjectProperty})", properties);

    /// <summary>Writes the file for a build in the container.</summary>
    /// <param name="project">The project's path in the context.</param>
    public static ImmutableArray<string> InContainer(string project, IEnumerable<KeyValuePair<string, string>> properties) =>
        Lines(Escape($"{GlobalProperties.SourceFolder}/{PathOf(project)}"), properties);

    /// <summary>The path by which MSBuild knows a project.</summary>
    /// <param name="project">The project's file, or the source of a file-based app.</param>
    /// <returns>The path; a file-based app has a project in memory.</returns>
    public static string PathOf(string project) => FileBasedApp.IsSource(project) ? Path.ChangeExtension(project, ".csproj") : project;

    /// <summary>Writes a property so that it has just this value.</summary>
    public static string Element(KeyValuePair<string, string> property) =>
        $"<{property.Key}>{SecurityElement.Escape(Escape(property.Value))}</{property.Key}>";

    private static ImmutableArray<string> Lines(string project, IEnumerable<KeyValuePair<string, string>> properties) =>
        [
            "<Project>",
            $"  <PropertyGroup Condition=\"'$(MSBuildProjectFullPath)' == '{SecurityElement.Escape(project)}'\">",
            .. properties.Select(property => $"    {Element(property)}"),
            "  </PropertyGroup>",
            "</Project>",
        ];

    // What MSBuild would expand or decode, what would end the quoted path, and what would end a line.
    private static string Escape(string value)
    {
        var escaped = new StringBuilder();
        foreach (var c in value)
        {
            _ =
                c is '%' or '$' or '@' or '\'' || char.IsControl(c)
                    ? escaped.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}")
                    : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
