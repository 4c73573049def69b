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
public sealed record BakedProject(string ProjectFile, string Folder, string Dockerfile, string Target, string Suffix);

/// <summary><c>GenerateMultiStageBake</c>: writes a file with which <c>docker buildx bake</c> makes the same images.</summary>
/// <param name="run">The run; its project is the solution, or the one project.</param>
public sealed class BakeTarget(TargetRun run)
{
    // A commit or another machine gives these other values; the file must stay the same.
    private static readonly Dictionary<string, BakeValue> s_volatileLabels = new(StringComparer.Ordinal)
    {
        ["org.opencontainers.image.created"] = BakeValue.Created,
        ["org.opencontainers.artifact.created"] = BakeValue.Created,
        ["org.opencontainers.image.revision"] = BakeValue.Of("SourceRevisionId"),
        ["org.opencontainers.image.version"] = BakeValue.Of("Version"),
        ["net.dot.sdk.version"] = BakeValue.Of("NETCoreSdkVersion"),
    };

    /// <summary>The projects.</summary>
    public required ImmutableArray<BakedProject> Projects { get; init; }

    /// <summary>Compares instead of writing, and fails where the file is there and differs.</summary>
    public bool CheckOnly { get; init; }

    /// <summary>Runs the target.</summary>
    /// <exception cref="MultiStageException">A project asks for what cannot be built.</exception>
    public void Run()
    {
        var file = run.FullPath(BakeFile.Name);
        if (Projects.IsEmpty || (CheckOnly && !File.Exists(file)))
        {
            return;
        }

        var command = $"dotnet msbuild {ShellWord.Quote(Path.GetFileName(run.ProjectFile))} -t:GenerateMultiStageBake";
        ImmutableArray<BakedProject> projects = [.. Projects.OrderBy(project => project.ProjectFile, StringComparer.Ordinal)];
        var text = BakeFile.Write(command, Named([.. projects.Select(project => Image(project, Path.GetDirectoryName(file)!))]));
        if (!CheckOnly)
        {
            if (PipelineFile.WriteText(file, text))
            {
                run.Tell($"{run.Repository.Relative(file)} written: {projects.Length} images. Build them: docker buildx bake");
            }
        }
        else if (File.ReadAllText(file).ReplaceLineEndings("\n") is var actual && actual != text)
        {
            run.Log.Message(Verbosity.Minimal, UnifiedDiff.Of(BakeFile.Name, actual, text));
            run.Report(Codes.DockerfileOutOfDate.With(file, command));
        }
    }

    private BakeImage Image(BakedProject project, string folder)
    {
        var files = new TargetRun(project.ProjectFile, project.Folder, run.Log);
        var facts = files.ReadFacts();
        var dockerfile = facts.Stages.Dockerfile ?? files.FullPath(project.Dockerfile);
        if (ContextPath.Contains(files.Files.Shared, dockerfile))
        {
            files.Report(Codes.BakeNamesOutput.With(files.ProjectName) with { About = "ContainerDockerfileOutput" });
        }

        var plan = facts.Stages.Dockerfile is null
            ? BuildPlanner.Plan(facts, new PlanTarget.BuildKit())
            : DockerfileReader.Read(ExistingDockerfile.ReadText(dockerfile), dockerfile, facts);
        var stage = plan.Find(project.Target);
        var mounts = SessionMounts.Read(
            facts.Stages.Dockerfile is null ? DockerfileWriter.Write(plan, null) : ExistingDockerfile.ReadText(dockerfile)
        );
        return new(files.ProjectName, Relative(folder, facts.Closure.Context), Relative(facts.Closure.Context, dockerfile))
        {
            Stage = stage.IsUnnamed ? null : stage.Name,
            Tags = ImageNames.Of(facts.Container, plan, stage, project.Suffix),
            Platforms = [.. (plan.Platforms.IsEmpty && plan.Platform is { } one ? [one] : plan.Platforms).Select(p => p.ToString())],
            Args = Args(facts, plan),
            Labels = plan.Labels.ToImmutableSortedDictionary(
                label => label.Key,
                label => s_volatileLabels.GetValueOrDefault(label.Key) ?? BakeValue.Literal(label.Value),
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
    private static ImmutableSortedDictionary<string, BakeValue> Args(ProjectFacts facts, BuildPlan plan)
    {
        var own = facts.Stages.BuildArgs.Select(item => item.Include).ToHashSet(StringComparer.Ordinal);
        var args = plan.OptionalBuildArgs.ToImmutableSortedDictionary(name => name, BakeValue.Of, StringComparer.Ordinal);
        args = args.SetItems(
            plan.BuildArgs.Where(arg => own.Contains(arg.Key) || !args.ContainsKey(arg.Key))
                .Select(arg => KeyValuePair.Create(arg.Key, BakeValue.Literal(arg.Value)))
        );
        return facts.Source is ImageSource.Project && !args.ContainsKey(BakeValue.SourceDate)
            ? args.Add(BakeValue.SourceDate, BakeValue.Of(BakeValue.SourceDate))
            : args;
    }

    private static string Secret(PlanSecret secret, TargetRun files, string folder) =>
        $"id={secret.Id},"
        + (
            secret.Variable is { } variable ? $"env={variable}"
            : secret.Source is { } source ? $"src={Relative(folder, files.FullPath(source))}"
            : "src=NuGet.Config"
        );

    // Bake takes letters, digits, '-' and '_' alone, and two projects may have one name.
    private static IReadOnlyList<BakeImage> Named(ImmutableArray<BakeImage> images)
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

    private static string Relative(string folder, string path) => Path.GetRelativePath(folder, path).Replace('\\', '/');
}
