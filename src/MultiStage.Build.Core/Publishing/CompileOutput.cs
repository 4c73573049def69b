namespace MultiStage.Build.Publishing;

/// <summary>Tells what a project's compilation reads and writes from all that a build leaves in its intermediate folder.</summary>
internal static class CompileOutput
{
    // By what MSBuild's CoreCompile and GenerateResource check, nothing that publishing or copying writes. Of sources only those that the SDK
    // writes: who generates others may write more beside them, and a target that finds the one is skipped without the other.
    private static readonly string[] Endings =
        [
            ".pdb", ".xml", ".editorconfig", ".resources", ".CoreCompileInputs.cache", ".AssemblyInfoInputs.cache", "AssemblyInfo.cache", ".GlobalUsings.g.cs",
            .. ((string[])["cs", "vb", "fs"]).SelectMany(language => (string[])[$"AssemblyInfo.{language}", $"AssemblyAttributes.{language}"]),
        ];

    // What publishing makes of assemblies, and not the compiler.
    private static readonly string[] PublishFolders = ["linked", "R2R", "native", "compressed", "staticwebassets", "singlefilehost"];

    /// <summary>Whether a file belongs to a compilation.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="intermediate">The project's intermediate folder.</param>
    /// <returns>Whether it does.</returns>
    public static bool Is(string path, string intermediate) =>
        ContextPath.IsBelow(intermediate, path)
        && !ContextPath.Parent(path).Split('/').Any(folder => PublishFolders.Contains(folder, StringComparer.OrdinalIgnoreCase))
        && (path.EndsWith(".dll", StringComparison.Ordinal) || Endings.Any(ending => path.EndsWith(ending, StringComparison.Ordinal)));

    /// <summary>Whether a file is the reference assembly by whose time those who reference the project know that they compile again.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="project">The project it belongs to.</param>
    /// <returns>Whether it is. What F# inlines elsewhere is not told by it, so there it is none.</returns>
    public static bool IsReferenceAssembly(string path, TreeProject project) =>
        ContextPath.IsBelow(project.Intermediate, path)
        && Path.GetExtension(project.File) is ".csproj" or ".vbproj"
        && path.EndsWith(".dll", StringComparison.Ordinal) && ContextPath.Parent(path).EndsWith("/ref", StringComparison.Ordinal);
}
