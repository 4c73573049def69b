using Microsoft.Build.Framework;
using MultiStage.Build.Budgets;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Console;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace MultiStage.Build.Tasks;

/// <summary>Gives the image its names, and pushes or saves it. It runs after the gate alone.</summary>
[MSBuildMultiThreadableTask]
public sealed class DeliverImage : MultiStageTask
{
    /// <summary><c>ContainerArchiveOutputPath</c>: a file, or a folder that gets <c>&lt;repository&gt;.tar.gz</c>; empty for no
    /// archive.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary>What showed that the image works; empty where it was not run.</summary>
    public string Verified { get; set; } = "";

    /// <summary>The folder of the tests' results; empty where none was run.</summary>
    public string TestResults { get; set; } = "";

    /// <summary>The image, with the metadata of the .NET SDK's item of the same name, and more.</summary>
    [Output]
    public ITaskItem[] GeneratedContainer { get; private set; } = [];

    /// <summary>The names that the image got.</summary>
    [Output]
    public ITaskItem[] GeneratedContainerName { get; private set; } = [];

    /// <summary>The manifest's digest, where the image was pushed.</summary>
    [Output]
    public string GeneratedContainerDigest { get; private set; } = "";

    /// <summary>The image's configuration, as JSON.</summary>
    [Output]
    public string GeneratedContainerConfiguration { get; private set; } = "";

    /// <summary>The image's manifest, as JSON, where it was pushed and the registry shows it.</summary>
    [Output]
    public string GeneratedContainerManifest { get; private set; } = "";

    /// <summary>The manifest's media type.</summary>
    [Output]
    public string GeneratedContainerMediaType { get; private set; } = "";

    /// <summary>The archive's absolute path, where one was written.</summary>
    [Output]
    public string GeneratedArchiveOutputPath { get; private set; } = "";

    /// <inheritdoc />
    protected override async Task RunAsync(CancellationToken cancellationToken)
    {
        var image = ReadImage();
        var size = ReadSize();
        await using var engine = await Engine.OpenAsync(image.Engine, cancellationToken);
        foreach (var name in image.Names)
        {
            await engine.Store.TagAsync(image.ImageId, name, cancellationToken);
        }

        if (ArchiveOutputPath.Length > 0)
        {
            await SaveAsync(engine, image, cancellationToken);
        }
        else if (image.Push)
        {
            await PushAsync(engine, image, cancellationToken);
            await CheckPullSizeAsync(engine, image.Names[0], size, ReadBudgets(), cancellationToken);
        }

        Phase("image delivered");
        Log.LogMessage(
            MessageImportance.High,
            "{0} -> {1}{2}{3}",
            Path.GetFileNameWithoutExtension(ProjectFile),
            string.Join(", ", image.Names),
            Destination(image),
            $"  {ConsoleReport.Summary(size)}  {RepositoryFolder.Of(ProjectFile).Relative(Path.Combine(Run.ForPeople, PipelineFiles.Page))}"
        );
        await TellAsync(engine, image, size, cancellationToken);
    }

    private string Destination(BuiltImage image) =>
        GeneratedArchiveOutputPath.Length > 0 ? $" (saved to {GeneratedArchiveOutputPath})"
        : image.Push ? $" (pushed, {GeneratedContainerDigest})"
        : "";

    private async Task PushAsync(Engine engine, BuiltImage image, CancellationToken cancellationToken)
    {
        var log = new BuildLog(Log);
        foreach (var name in image.Names)
        {
            GeneratedContainerDigest = await engine.Store.PushAsync(name, log, cancellationToken);
        }
    }

    private async Task CheckPullSizeAsync(
        Engine engine,
        string name,
        SizeReport size,
        BudgetSettings budgets,
        CancellationToken cancellationToken
    )
    {
        if (!PushedSize.Matters(budgets))
        {
            return;
        }

        try
        {
            var bytes = await engine.Store.PullSizeAsync(name, GeneratedContainerDigest, size.Sizes.Platform, cancellationToken);
            var (before, after) = (
                size.Verdicts.FirstOrDefault(verdict => verdict.Kind == BudgetKinds.Compressed),
                PushedSize.Of(size.Measured, budgets, bytes, TimeProvider.System)
            );
            Log.LogMessage(
                MessageImportance.High,
                "{0}",
                $"{name}: pull size {BudgetText.Compare(after).Size} of {BudgetText.Compare(after).Limit}"
            );
            if (PushedSize.Problem(before, after, size.Measured, name, budgets.Severity) is { } problem)
            {
                Report(problem);
            }
        }
        catch (MultiStageException e) when (e.Diagnostic.Descriptor == Codes.PullSizeUnknown)
        {
            Report(e.Diagnostic);
        }
    }

    private async Task SaveAsync(Engine engine, BuiltImage image, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(ArchiveOutputPath, Path.GetDirectoryName(ProjectFile)!);
        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            path = Path.Combine(path, ReadFacts().Container.Repository.Split('/')[^1] + ".tar.gz");
        }

        await ImageArchiveFile.WriteAsync(path, await engine.Store.SaveAsync(image.Names, cancellationToken), cancellationToken);
        GeneratedArchiveOutputPath = path;
    }

    // What the registry has is asked for by its digest; an image that was not pushed has no manifest yet.
    private async Task TellAsync(Engine engine, BuiltImage image, SizeReport size, CancellationToken cancellationToken)
    {
        var description = await engine.Store.DescribeAsync(image.ImageId, cancellationToken);
        GeneratedContainerConfiguration = description is null ? "" : ConfigurationJson.Write(description);
        var manifest =
            GeneratedContainerDigest.Length == 0
                ? null
                : await engine.Store.FindManifestAsync(image.Names[0], GeneratedContainerDigest, cancellationToken);
        (GeneratedContainerManifest, GeneratedContainerMediaType) = (manifest?.Json ?? "", manifest?.MediaType ?? "");
        GeneratedContainerName = [.. image.Names.Select(name => new TaskItem(name))];
        GeneratedContainer =
        [
            ContainerItem.Of(
                image,
                size,
                ("Report", Path.Combine(Run.ForPeople, PipelineFiles.Size)),
                ("Verified", Verified),
                ("TestResults", TestResults),
                ("Manifest", GeneratedContainerManifest),
                ("Configuration", GeneratedContainerConfiguration),
                ("ManifestDigest", GeneratedContainerDigest),
                ("ManifestMediaType", GeneratedContainerMediaType)
            ),
        ];
    }
}
