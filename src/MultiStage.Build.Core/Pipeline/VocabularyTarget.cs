using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Pipeline;

/// <summary>Warns of what would be ignored in silence: misspelt names, names without an effect on this image, and <c>-o</c>.</summary>
public sealed class VocabularyTarget(TargetRun run)
{
    /// <summary><c>ContainerDockerfile</c>.</summary>
    public required string Dockerfile { get; init; }

    /// <summary>Whether the package is the project's only SDK.</summary>
    public required bool IsStandalone { get; init; }

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public required string Engine { get; init; }

    /// <summary><c>LocalRegistry</c>.</summary>
    public required string LocalRegistry { get; init; }

    /// <summary>The names of the properties that the command line gives.</summary>
    public required ImmutableArray<string> Given { get; init; }

    /// <summary>Runs the target.</summary>
    public void Run()
    {
        var source =
            Dockerfile.Length > 0 ? ImageSource.Dockerfile
            : IsStandalone ? ImageSource.Items
            : ImageSource.Project;
        var given = Given.Select(name => new WrittenName(name, new SourceLocation(run.ProjectFile), IsShared: false));
        var written = WrittenName
            .Read(run.ProjectFile)
            .Concat(given)
            .Where(name => !IsLocalRegistry(name.Name) || !GoesToLocalRegistry);
        run.Report(Vocabulary.Problems([.. written], source));
        // What `dotnet publish -o` stands for.
        if (Given.Contains("PublishDir", StringComparer.OrdinalIgnoreCase))
        {
            run.Report(Codes.OutputFolderUnused.With());
        }
    }

    // Tools that call PublishContainer ask for Docker, which is where the image goes.
    private bool GoesToLocalRegistry =>
        LocalRegistry.Equals("Docker", StringComparison.OrdinalIgnoreCase)
        || Engine.Equals(nameof(EngineKind.Sdk), StringComparison.OrdinalIgnoreCase);

    private static bool IsLocalRegistry(string name) => name.Equals("LocalRegistry", StringComparison.OrdinalIgnoreCase);
}
