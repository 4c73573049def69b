using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline;

/// <summary>A publish that runs on this machine, and the folder that it fills for the image.</summary>
/// <param name="Folder">The folder's absolute path, the same for every publish of the project, because the Dockerfile names it.</param>
internal sealed record HostPublish(string Folder)
{
    // Beside what is copied, and in no image.
    private string TokenFile => Folder + ".publish";

    /// <summary>Where the app itself goes.</summary>
    public string App => Path.Combine(Folder, BuildPlanner.HostAppFolder);

    /// <summary>Where what packages brought goes.</summary>
    public string Packages => Path.Combine(Folder, BuildPlanner.HostPackagesFolder);

    /// <param name="facts">The facts, with the folder.</param>
    /// <returns>The publish; null where the builder stage publishes.</returns>
    public static HostPublish? Of(ProjectFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts.PublishedFolder is { } folder ? new(Path.Combine(facts.Closure.Context, folder)) : null;
    }

    /// <summary>The closure of an app that no stage builds.</summary>
    /// <param name="configuredContext">The value of <c>ContainerBuildContext</c>, absolute; empty for the default.</param>
    /// <param name="project">The project's absolute path.</param>
    /// <returns>The context and the project, and no file of either.</returns>
    public ClosureFacts Closure(string configuredContext, string project)
    {
        var context = ContextLocator.Locate(configuredContext, project, []);
        if (configuredContext.Length == 0 && !ContextPath.Contains(context, Folder))
        {
            context = ContextPath.CommonFolder([Path.Combine(context, "any"), Path.Combine(Folder, "any")]);
        }

        return Nothing(context, ContextPath.Relative(context, project));
    }

    /// <summary>Puts what this machine publishes in place of what a stage would build.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.PublishedOutsideContext"/>.</exception>
    /// <returns>Facts whose closure is nothing but its context.</returns>
    public ProjectFacts Apply(ProjectFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var context = facts.Closure.Context;
        return ContextPath.Contains(context, Folder)
            ? facts with
            {
                Closure = Nothing(context, facts.Closure.Project),
                PublishedFolder = ContextPath.Relative(context, Folder),
            }
            : throw Codes.PublishedOutsideContext.ErrorAbout("ContainerBuildContext", Folder, context);
    }

    /// <summary>Empties the folder, as nothing of an earlier publish may get into the image.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    /// <returns>What marks the folder as this publish's.</returns>
    public string Begin()
    {
        var token = Guid.NewGuid().ToString("N");
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Folder)!);
            // Before anything is removed, so that a publish which is at work learns of it.
            File.WriteAllText(TokenFile, token);
            if (Directory.Exists(Folder))
            {
                Directory.Delete(Folder, recursive: true);
            }

            Directory.CreateDirectory(App);
            Directory.CreateDirectory(Packages);
            return token;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Codes.FileNotWritten.Error(Folder, exception.Message);
        }
    }

    /// <summary>Makes sure that no other publish has begun in the folder.</summary>
    /// <param name="token">What <see cref="Begin"/> returned.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PublishedTwice"/>.</exception>
    public void RequireOwn(string token)
    {
        if (!File.Exists(TokenFile) || File.ReadAllText(TokenFile) != token)
        {
            throw Codes.PublishedTwice.Error(Folder);
        }
    }

    /// <summary>The properties that make a publish on this machine the one that the builder stage would run: its runtime identifier and
    /// what it carries are the container's.</summary>
    /// <param name="publish">How the project is published.</param>
    /// <returns>Names and values, for MSBuild.</returns>
    public static ImmutableArray<KeyValuePair<string, string>> Properties(PublishFacts publish, TargetRun run)
    {
        ArgumentNullException.ThrowIfNull(publish);
        List<(string Name, string Value)> properties =
        [
            ("PublishMultiStage", "false"),
            ("_IsPublishing", "true"),
            ("Configuration", publish.Configuration),
            ("RuntimeIdentifier", publish.RuntimeIdentifier ?? ""),
            ("_CommandLineDefinedRuntimeIdentifier", "true"),
        ];
        if (publish.TargetFramework is { } framework)
        {
            properties.Add(("TargetFramework", framework));
        }

        if (publish.SelfContained || publish.MustSayFrameworkDependent)
        {
            properties.Add(("SelfContained", publish.SelfContained ? "true" : "false"));
            properties.Add(("_CommandLineDefinedSelfContained", "true"));
        }

        if (publish.IsAot)
        {
            // The SDK would ship the debug symbols beside the program, at several times its size.
            properties.Add(("CopyOutputSymbolsToPublishDirectory", "false"));
        }

        if (publish.Variant is { Properties.IsEmpty: false })
        {
            properties.Add((VariantFile.Hook, run.Path(PipelineFiles.VariantTargets)));
            properties.Add((VariantFile.ProjectProperty, VariantFile.PathOf(run.ProjectFile)));
        }

        return [.. properties.Select(property => KeyValuePair.Create(property.Name, property.Value))];
    }

    /// <summary>Seconds since 1970, as <c>SOURCE_DATE_EPOCH</c> has them.</summary>
    /// <param name="time">The time in UTC; null where it is not known.</param>
    /// <returns>The text; empty for none.</returns>
    public static string Epoch(DateTime? time) =>
        time is { } known ? new DateTimeOffset(known).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) : "";

    private static ClosureFacts Nothing(string context, string project) =>
        new()
        {
            Context = context,
            Project = project,
            Projects = [],
            RestoreInputs = [],
        };
}
