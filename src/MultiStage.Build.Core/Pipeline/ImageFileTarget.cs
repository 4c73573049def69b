using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Pipeline.Building;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Pipeline;

/// <summary>One project whose image is built.</summary>
/// <param name="ProjectFile">The project's absolute path.</param>
/// <param name="Folder">The folder of its run, absolute.</param>
/// <param name="Dockerfile"><c>ContainerDockerfileOutput</c>.</param>
/// <param name="Target"><c>ContainerTarget</c>.</param>
/// <param name="Suffix"><c>ContainerTargetTagSuffix</c>.</param>
public sealed record ListedProject(string ProjectFile, string Folder, string Dockerfile, string Target, string Suffix);

/// <summary>
/// <c>GenerateMultiStageBake</c> and <c>GenerateMultiStageCompose</c>: write a file with which another tool builds the images from their
/// Dockerfiles.
/// </summary>
/// <param name="run">The run; its project is the solution, or the one project.</param>
public sealed class ImageFileTarget(TargetRun run)
{
    private static readonly ImmutableArray<ImageFile> s_files =
    [
        new(BakeFile.Name, "GenerateMultiStageBake", BakeFile.Write, "Build them: docker buildx bake"),
        new(ComposeFile.Name, "GenerateMultiStageCompose", ComposeFile.Write, $"Services extend them: file: {ComposeFile.Name}"),
    ];

    // A commit or another machine gives these other values; the file must stay the same.
    private static readonly Dictionary<string, BuildValue> s_volatileLabels = new(StringComparer.Ordinal)
    {
        ["org.opencontainers.image.created"] = BuildValue.Created,
        ["org.opencontainers.artifact.created"] = BuildValue.Created,
        ["org.opencontainers.image.revision"] = BuildValue.Of("SourceRevisionId"),
        ["org.opencontainers.image.version"] = BuildValue.Of("Version"),
        ["net.dot.sdk.version"] = BuildValue.Of("NETCoreSdkVersion"),
    };

    /// <summary>The projects.</summary>
    public required ImmutableArray<ListedProject> Projects { get; init; }

    /// <summary>The target that was called; empty to compare each file that is there with what would be written.</summary>
    public string Target { get; init; } = "";

    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException">A project asks for what cannot be built.</exception>
    public void Run()
    {
        var files = s_files.Where(file => Target.Length == 0 ? File.Exists(run.FullPath(file.Name)) : file.Target == Target).ToList();
        if (Projects.IsEmpty || files.Count == 0)
        {
            return;
        }

        var folder = Path.GetDirectoryName(run.FullPath(BakeFile.Name))!;
        var images = Named([
            .. Projects
                .OrderBy(project => project.ProjectFile, StringComparer.Ordinal)
                .Select(project => Image(project, folder, files[0].Name)),
        ]);
        foreach (var file in files)
        {
            var command = $"dotnet msbuild {ShellWord.Quote(Path.GetFileName(run.ProjectFile))} -t:{file.Target}";
            var (path, text) = (run.FullPath(file.Name), file.Write(command, images));
            if (Target.Length > 0)
            {
                if (PipelineFile.WriteText(path, text))
                {
                    run.Tell($"{run.Repository.Relative(path)} written: {Count(images.Count)}. {file.Use}");
                }
            }
            else if (File.ReadAllText(path).ReplaceLineEndings("\n") is var actual && actual != text)
            {
                run.Log.Message(Verbosity.Minimal, UnifiedDiff.Of(file.Name, actual, text));
                run.Report(Codes.DockerfileOutOfDate.With(path, command));
            }
        }
    }

    private static string Count(int images) => images == 1 ? "1 image" : FormattableString.Invariant($"{images} images");

    private ImageBuild Image(ListedProject project, string folder, string tool)
    {
        var files = new TargetRun(project.ProjectFile, project.Folder, run.Log);
        var facts = files.ReadFacts();
        var dockerfile = facts.Stages.Dockerfile ?? files.FullPath(project.Dockerfile);
        if (ContextPath.Contains(files.Files.Shared, dockerfile))
        {
            files.Report(Codes.ImageFileNamesOutput.With(tool, files.ProjectName) with { About = "ContainerDockerfileOutput" });
        }

        var existing = facts.Stages.Dockerfile is null ? null : ExistingDockerfile.ReadText(dockerfile);
        var plan = existing is null
            ? BuildPlanner.Plan(facts, new PlanTarget.BuildKit())
            : DockerfileReader.Read(existing, dockerfile, facts);
        var stage = plan.Find(project.Target);
        var mounts = SessionMounts.Read(existing ?? DockerfileWriter.Write(plan, null));
        return new(files.ProjectName, Relative(folder, facts.Closure.Context), Relative(facts.Closure.Context, dockerfile))
        {
            Stage = stage.IsUnnamed ? null : stage.Name,
            Tags = ImageNames.Of(facts.Container, plan, stage, project.Suffix),
            Platforms = [.. (plan.Platforms.IsEmpty && plan.Platform is { } one ? [one] : plan.Platforms).Select(p => p.ToString())],
            Args = Args(facts, plan),
            Labels = plan.Labels.ToImmutableSortedDictionary(
                label => label.Key,
                label => s_volatileLabels.GetValueOrDefault(label.Key) ?? new BuildValue(label.Value),
                StringComparer.Ordinal
            ),
            Secrets =
            [
                .. plan.Secrets.Where(secret => mounts.Secrets.ContainsKey(secret.Id)).Select(secret => Secret(secret, files, folder)),
            ],
            SshAgents = [.. mounts.SshAgents.Keys],
        };
    }

    // What a commit or this machine decides comes from the environment, under the name that the build knows.
    private static ImmutableSortedDictionary<string, BuildValue> Args(ProjectFacts facts, BuildPlan plan)
    {
        var own = facts.Stages.BuildArgs.Select(item => item.Include).ToHashSet(StringComparer.Ordinal);
        var args = plan.OptionalBuildArgs.ToImmutableSortedDictionary(name => name, BuildValue.Of, StringComparer.Ordinal);
        args = args.SetItems(
            plan.BuildArgs.Where(arg => own.Contains(arg.Key) || !args.ContainsKey(arg.Key))
                .Select(arg => KeyValuePair.Create(arg.Key, new BuildValue(arg.Value)))
        );
        return facts.Source is ImageSource.Project && !args.ContainsKey(BuildValue.SourceDate)
            ? args.Add(BuildValue.SourceDate, BuildValue.Of(BuildValue.SourceDate))
            : args;
    }

    private static PlanSecret Secret(PlanSecret secret, TargetRun files, string folder) =>
        secret with { Source = secret.Source is { } source ? Relative(folder, files.FullPath(source)) : "NuGet.Config" };

    // The tools take letters, digits, '-' and '_' alone, and two projects may have one name.
    private static IReadOnlyList<ImageBuild> Named(ImmutableArray<ImageBuild> images)
    {
        var taken = new Dictionary<string, int>(StringComparer.Ordinal);
        return
        [
            .. images.Select(image =>
            {
                var name = string.Concat(image.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
                var count = taken[name] = taken.GetValueOrDefault(name) + 1;
                return image with { Name = count == 1 ? name : FormattableString.Invariant($"{name}-{count}") };
            }),
        ];
    }

    private sealed record ImageFile(string Name, string Target, Func<string, IReadOnlyList<ImageBuild>, string> Write, string Use);

    private static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
