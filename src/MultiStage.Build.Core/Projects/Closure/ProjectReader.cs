using System.Collections;
using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Reads in a project's evaluation which files its build reads and where it writes.</summary>
public static class ProjectReader
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
    /// <param name="host">Where this machine keeps SDKs and packages.</param>
    /// <param name="app">The file-based app that is published; null for a project.</param>
    /// <returns>What a closure is made of.</returns>
    public static EvaluatedProject Read(IEvaluation project, HostFolders host, FileQueries queries, FileBasedApp? app = null)
    {
        var outputs = OutputProperties
            .Select(name => project.Property(name))
            .Where(value => value.Length > 0)
            .Select(value => Path.TrimEndingDirectorySeparator(FullPath(project, value)))
            .Where(folder => folder != Path.TrimEndingDirectorySeparator(Path.GetDirectoryName(project.FullPath)!))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        var directives = DirectiveFiles(project, app);
        return new EvaluatedProject(directives is [var source, ..] ? source : Path.GetFullPath(project.FullPath))
        {
            DirectiveFiles = directives,
            Imports = [.. project.Imports.Select(Path.GetFullPath).Where(import => !host.Hold(import))],
            // A folder that lies in another one of the list adds nothing.
            OutputFolders = [.. outputs.Where(folder => !outputs.Any(other => other != folder && ContextPath.Contains(other, folder)))],
            Files = [.. Files(project, queries).Distinct(StringComparer.Ordinal)],
            Named = [.. Neighbours(project).Distinct(StringComparer.Ordinal)],
            OptionalFiles = [.. OptionalItems.In(project).Select(file => FullPath(project, file))],
            Compiled =
            [
                .. project
                    .Items.Where(item => item.Type is "Compile" or "EmbeddedResource")
                    .Select(item => item.Include)
                    .Distinct(StringComparer.Ordinal),
            ],
            Published = [.. project.Items.Where(IsPublished).Select(item => item.Include).Distinct(StringComparer.Ordinal)],
            Properties = KindProperties
                .Select(name => KeyValuePair.Create(name, project.Property(name)))
                .Where(property => property.Value.Length > 0)
                .ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase),
            Variables = [.. Variables(project)],
            Packages = [.. project.Items.Where(item => item.Type == "PackageReference").Select(item => item.Include)],
            LockFile = project.Property("NuGetLockFilePath") is { Length: > 0 } path ? FullPath(project, path) : null,
        };
    }

    // The app's file, which stands for its project, and those that it includes, which may have directives too.
    private static ImmutableArray<string> DirectiveFiles(IEvaluation project, FileBasedApp? app) =>
        app?.ProjectPath != project.FullPath
            ? []
            :
            [
                app.Source,
                .. project
                    .Items.Where(item => item.Type == "Compile" && item.Metadata("FileBasedProgramsFromIncludeDirective").Length > 0)
                    .Select(item => FullPath(project, item.Include)),
            ];

    private static IEnumerable<string> Variables(IEvaluation project) =>
        from DictionaryEntry variable in Environment.GetEnvironmentVariables()
        let name = (string)variable.Key
        where !project.IsGiven(name) && variable.Value is string { Length: > 0 } value && Keeps(project.Property(name), value)
        orderby name
        select name;

    // To a list such as DefineConstants the SDK adds its own.
    private static bool Keeps(string property, string value) =>
        property == value || (value.Length < property.Length && !Parts(value).Except(Parts(property)).Any());

    private static string[] Parts(string list) => list.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    // Files in the project's own folder come with the folder; the others have to be asked for.
    private static IEnumerable<string> Files(IEvaluation project, FileQueries queries)
    {
        var items = new NamedItems(Path.GetDirectoryName(project.FullPath)!, queries);
        return project
            .Items.Where(NamesFile)
            .Select(item => (Path: item.Metadata("HintPath") is { Length: > 0 } hint ? hint : item.Include, IsRead: IsRead(item)))
            .Concat(FileProperties.Select(property => (Path: project.Property(property), IsRead: true)))
            .Where(file => file.Path.Length > 0)
            .Select(file => (Path: FullPath(project, file.Path), file.IsRead))
            .Where(file => items.MustBeNamed(file.Path, file.IsRead))
            .Select(file => file.Path);
    }

    // Beside an assembly, MSBuild finds those that it references in turn, its symbols and its languages.
    private static IEnumerable<string> Neighbours(IEvaluation project) =>
        from item in project.Items
        where item.Type == "Reference" && item.Metadata("HintPath").Length > 0
        let file = FullPath(project, item.Metadata("HintPath"))
        let folder = Path.GetDirectoryName(file)
        let name = Path.GetFileNameWithoutExtension(file)
        from pattern in new[] { $"{folder}/{name}.*", $"{folder}/*.dll", $"{folder}/*/{name}.resources.dll" }
        select pattern;

    internal static bool NamesFile(IEvaluatedItem item) => !HoldsWords(item.Type) || item.Metadata("HintPath").Length > 0;

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
    private static bool IsRead(IEvaluatedItem item) =>
        item.Type != "None"
        || IsCopied(item, "CopyToOutputDirectory")
        || IsCopied(item, "CopyToPublishDirectory")
        || item.Metadata("Pack").Equals("true", StringComparison.OrdinalIgnoreCase);

    private static bool IsPublished(IEvaluatedItem item) =>
        item.Type is "Content" or "None"
        && (
            item.Metadata("CopyToPublishDirectory") is { Length: > 0 }
                ? IsCopied(item, "CopyToPublishDirectory")
                : IsCopied(item, "CopyToOutputDirectory")
        );

    internal static bool IsCopied(IEvaluatedItem item, string metadata) =>
        item.Metadata(metadata).ToUpperInvariant() is not ("" or "NEVER");

    private static string FullPath(IEvaluation project, string path) =>
        Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), Path.GetDirectoryName(project.FullPath)!);
}
