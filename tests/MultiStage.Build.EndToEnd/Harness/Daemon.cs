using System.Collections.Concurrent;
using System.Diagnostics;
using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>The Docker daemon, asked through the <c>docker</c> command, so that no code under test vouches for itself.</summary>
public sealed class Daemon : IAsyncDisposable
{
    /// <summary>What the name of every image of the tests begins with.</summary>
    public const string ImagePrefix = "msb-test-";

    private static readonly ConcurrentBag<string> UntaggedImages = [];

    private static readonly Lazy<Task> Answers = new(async () =>
    {
        var version = await RunDockerAsync(["version", "--format", "{{.Server.Version}}"]);
        Assert.AreEqual(0, version.ExitCode, $"No Docker daemon answers; run ./build/setup.sh\n{version}");
    });

    private readonly ConcurrentBag<Container> _containers = [];

    /// <summary>Fails, and says what to do, where no daemon answers.</summary>
    public static Task RequireAsync() => Answers.Value;

    /// <summary>Runs a <c>docker</c> command that has to succeed.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<string> DockerAsync(params string[] arguments)
    {
        await RequireAsync();
        return (await RunDockerAsync(arguments)).Succeeds().Output.Trim();
    }

    /// <summary>The id of an image, or null where there is none of that name.</summary>
    /// <param name="reference">A name or an id.</param>
    public static async Task<string?> FindImageAsync(string reference)
    {
        await RequireAsync();
        var inspect = await RunDockerAsync(["image", "inspect", "--format", "{{.Id}}", reference]);
        Assert.IsTrue(inspect.ExitCode == 0 || inspect.ErrorOutput.Contains("No such image", StringComparison.Ordinal), inspect.ToString());
        return inspect.ExitCode == 0 ? inspect.Output.Trim() : null;
    }

    /// <summary>The id of an image that has to be there.</summary>
    /// <param name="reference">A name or an id.</param>
    public static async Task<string> ImageIdAsync(string reference)
    {
        var id = await FindImageAsync(reference);
        Assert.IsNotNull(id, $"There is no image '{reference}'.");
        return id;
    }

    /// <summary>The tags of a repository.</summary>
    /// <param name="repository">The repository, with its registry where it has one.</param>
    public static async Task<IReadOnlyList<string>> TagsAsync(string repository)
    {
        var tags = await DockerAsync("image", "ls", "--filter", $"reference={repository}", "--format", "{{.Tag}}");
        return [.. tags.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    /// <summary>The run configuration of an image, as <c>docker inspect</c> shows it.</summary>
    /// <param name="reference">A name or an id.</param>
    public static async Task<JsonNode> ConfigAsync(string reference) =>
        JsonNode.Parse(await DockerAsync("image", "inspect", "--format", "{{json .Config}}", reference))!;

    /// <summary>The files below a folder of an image, each with the hash of its content.</summary>
    /// <param name="reference">A name or an id.</param>
    /// <param name="folder">The folder.</param>
    public static async Task<SortedDictionary<string, string>> FilesAsync(string reference, string folder)
    {
        var contents = await ContentsAsync(reference, folder);
        return new(
            contents.ToDictionary(
                file => file.Key,
                file => file.Value.Length > 0 ? Convert.ToHexString(SHA256.HashData(file.Value)) : "empty"
            ),
            StringComparer.Ordinal
        );
    }

    /// <summary>The files below a folder of an image, each with its content.</summary>
    /// <param name="reference">A name or an id.</param>
    /// <param name="folder">The folder.</param>
    public static async Task<Dictionary<string, byte[]>> ContentsAsync(string reference, string folder)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var container = await DockerAsync("create", reference, "nothing-runs");
        try
        {
            using var copy = Process.Start(
                new ProcessStartInfo("docker", ["cp", $"{container}:{folder}", "-"]) { RedirectStandardOutput = true }
            )!;
            await using var tar = new TarReader(copy.StandardOutput.BaseStream);
            while (await tar.GetNextEntryAsync() is { } entry)
            {
                if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                {
                    continue;
                }

                using var content = new MemoryStream();
                await (entry.DataStream ?? Stream.Null).CopyToAsync(content);
                files[entry.Name] = content.ToArray();
            }

            await copy.WaitForExitAsync();
            Assert.AreEqual(0, copy.ExitCode, $"There is no {folder} in {reference}.");
        }
        finally
        {
            await DockerAsync("rm", "--volumes", container);
        }

        return files;
    }

    /// <summary>Runs an image, with the ports that it exposes published on this machine alone.</summary>
    /// <param name="reference">A name or an id.</param>
    /// <param name="arguments">What the app is told.</param>
    public async Task<Container> RunAsync(string reference, params string[] arguments)
    {
        var ports = (await ConfigAsync(reference))["ExposedPorts"]?.AsObject().Select(port => port.Key.Split('/')[0]) ?? [];
        var id = await DockerAsync([
            "run",
            "--detach",
            .. ports.SelectMany(port => new[] { "--publish", $"127.0.0.1::{port}" }),
            reference,
            .. arguments,
        ]);
        var container = new Container(id);
        _containers.Add(container);
        return container;
    }

    /// <summary>Has an image removed that no tag leads to.</summary>
    /// <param name="id">Its id.</param>
    public static void RemoveAtTheEnd(string id) => UntaggedImages.Add(id);

    /// <summary>Removes what this test runs.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers)
        {
            await DockerAsync("rm", "--force", "--volumes", container.Id);
            container.Dispose();
        }
    }

    /// <summary>Removes the images of all tests of this run, by their names and where they have none by their ids.</summary>
    internal static async Task RemoveImagesOfThisRunAsync()
    {
        var images = await RunDockerAsync(["image", "ls", "--format", "{{.Repository}}:{{.Tag}}"]);
        foreach (var name in images.Lines.Where(line => line.Contains(ImagePrefix + SuiteRun.Id, StringComparison.Ordinal)))
        {
            await RunDockerAsync(["image", "rm", name]);
        }

        var untagged = await RunDockerAsync(["image", "ls", "--filter", "dangling=true", "--no-trunc", "--quiet"]);
        foreach (var id in UntaggedImages.Intersect(untagged.Lines, StringComparer.Ordinal))
        {
            await RunDockerAsync(["image", "rm", id]);
        }
    }

    private static async Task<CommandResult> RunDockerAsync(IEnumerable<string> arguments)
    {
        using var command = RunningCommand.Start("docker", arguments);
        return await command.CompletionAsync();
    }
}
