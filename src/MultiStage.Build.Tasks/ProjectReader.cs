using System.Collections;
using System.Collections.Immutable;
using Microsoft.Build.Execution;
using MultiStage.Build.Context;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Reads in a project's evaluation which files its build reads and where it writes.</summary>
internal static class ProjectReader
{
    // Files that a build reads and that a property names instead of an item.
    private static readonly string[] FileProperties =
    [
        "AssemblyOriginatorKeyFile",
        "ApplicationIcon",
        "ApplicationManifest",
        "CodeAnalysisRuleSet",
        "Win32Resource",
        "Win32Manifest",
        "StartupObjectFile",
        "DocumentationTemplate",
        "NuspecFile",
        "TrimmerRootDescriptor",
        "IlcRdXmlFilePath",
        "RunSettingsFilePath",
        "VSTestSetting",
    ];

    // What decides how a project is restored, and how a test project or a health check is built and run.
    private static readonly string[] KindProperties =
    [
        "AssemblyName",
        "TargetFramework",
        "TargetFrameworks",
        "PublishAot",
        "SelfContained",
        "EnableMSTestRunner",
        "EnableNUnitRunner",
        "UseMicrosoftTestingPlatformRunner",
        "RestoreLockedMode",
    ];

    private static readonly string[] OutputProperties =
    [
        "ArtifactsPath",
        "BaseOutputPath",
        "BaseIntermediateOutputPath",
        "MSBuildProjectExtensionsPath",
        "OutDir",
        "IntermediateOutputPath",
        "PublishDir",
    ];

    /// <summary>Reads a project.</summary>
    /// <param name="project">Its evaluation.</param>
    /// <param name="host">Where this machine keeps SDKs and packages.</param>
    /// <param name="queries">The file system.</param>
    /// <param name="app">The file-based app that is published; null for a project.</param>
    /// <returns>What a closure is made of.</returns>
    public static EvaluatedProject Read(ProjectInstance project, HostFolders host, FileQueries queries, FileBasedApp? app = null)
    {
        var outputs = OutputProperties
            .Select(name => project.GetPropertyValue(name))
            .Where(value => value.Length > 0)
            .Select(value => Path.TrimEndingDirectorySeparator(FullPath(project, value)))
            .Where(folder => folder != Path.TrimEndingDirectorySeparator(project.Directory))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var directives = ProjectText.DirectiveFiles(project, app);
        return new EvaluatedProject(directives is [var source, ..] ? source : Path.GetFullPath(project.FullPath))
        {
            DirectiveFiles = directives,
            Imports = [.. project.ImportPaths.Select(Path.GetFullPath).Where(import => !host.Hold(import))],
            // A folder that lies in another one of the list adds nothing.
            OutputFolders = [.. outputs.Where(folder => !outputs.Any(other => other != folder && ContextPath.Contains(other, folder)))],
            Files = [.. Files(project, queries).Distinct(StringComparer.Ordinal)],
            OptionalFiles = [.. OptionalItems.In(project).Select(file => FullPath(project, file))],
            Compiled = [.. project.GetItems("Compile").Select(item => item.EvaluatedInclude).Distinct(StringComparer.Ordinal)],
            Properties = KindProperties
                .Select(name => KeyValuePair.Create(name, project.GetPropertyValue(name)))
                .Where(property => property.Value.Length > 0)
                .ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase),
            Variables = [.. Variables(project)],
            Packages = [.. project.GetItems("PackageReference").Select(item => item.EvaluatedInclude)],
            LockFile = project.GetPropertyValue("NuGetLockFilePath") is { Length: > 0 } path ? FullPath(project, path) : null,
        };
    }

    private static IEnumerable<string> Variables(ProjectInstance project) =>
        from DictionaryEntry variable in Environment.GetEnvironmentVariables()
        let name = (string)variable.Key
        where
            !project.GlobalProperties.ContainsKey(name)
            && variable.Value is string { Length: > 0 } value
            && project.GetPropertyValue(name) == value
        orderby name
        select name;

    // Files in the project's own folder come with the folder; the others have to be asked for.
    private static IEnumerable<string> Files(ProjectInstance project, FileQueries queries)
    {
        var items = new NamedItems(project.Directory, queries);
        return project
            .Items.Where(NamesFile)
            .Select(item =>
                (Path: item.GetMetadataValue("HintPath") is { Length: > 0 } hint ? hint : item.EvaluatedInclude, IsRead: IsRead(item))
            )
            .Concat(FileProperties.Select(property => (Path: project.GetPropertyValue(property), IsRead: true)))
            .Where(file => file.Path.Length > 0)
            .Select(file => (Path: FullPath(project, file.Path), file.IsRead))
            .Where(file => items.MustBeNamed(file.Path, file.IsRead))
            .Select(file => file.Path);
    }

    internal static bool NamesFile(ProjectItemInstance item) => !HoldsWords(item.ItemType) || item.HasMetadata("HintPath");

    // Their names are those of projects, assemblies, packages or types, or words of commands: a file here that is called the same is
    // another thing.
    private static bool HoldsWords(string itemType) =>
        itemType
            is "ProjectReference"
                or "_ProjectReferenceByAssembly"
                or "Reference"
                or "Folder"
                or "FrameworkReference"
                or "PackageReference"
                or "PackageVersion"
                or "PackageDownload"
                or "GlobalPackageReference"
                or "Using"
                or "AssemblyMetadata"
                or "AssemblyAttribute"
                or "InternalsVisibleTo"
                or "RuntimeHostConfigurationOption"
                or "ProjectCapability"
                or "SupportedPlatform"
                or "TrimmerRootAssembly"
                or "DirectPInvoke"
        || (itemType.StartsWith("Container", StringComparison.Ordinal) && itemType != "ContainerBuildInput");

    // By default every file is a None item, which a build reads only where the item says so.
    private static bool IsRead(ProjectItemInstance item) =>
        item.ItemType != "None"
        || IsCopied(item, "CopyToOutputDirectory")
        || IsCopied(item, "CopyToPublishDirectory")
        || item.GetMetadataValue("Pack").Equals("true", StringComparison.OrdinalIgnoreCase);

    internal static bool IsCopied(ProjectItemInstance item, string metadata) =>
        item.GetMetadataValue(metadata).ToUpperInvariant() is not ("" or "NEVER");

    private static string FullPath(ProjectInstance project, string path) =>
        Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), project.Directory);
}
