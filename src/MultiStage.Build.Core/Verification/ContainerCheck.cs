using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines;
using MultiStage.Build.Images;

namespace MultiStage.Build.Verification;

/// <summary>A check of the user's own, run against a container that works as far as this package can see.</summary>
internal abstract record ContainerCheck
{
    /// <summary>
    /// The variable with the address of the container's first port, such as <c>http://127.0.0.1:32768</c>; empty where it has none.
    /// </summary>
    public const string Address = "CONTAINER_ADDRESS";

    /// <summary>The variable with the container's id.</summary>
    public const string Id = "CONTAINER_ID";

    private const int ShownLines = 20;

    /// <summary>Reads the setting.</summary>
    /// <param name="setting"><c>ContainerVariantCheck</c>; empty for none.</param>
    /// <param name="stages">The names of the stages that can be built.</param>
    /// <returns>
    /// The check: a stage where one is called so, a test project where there is such a file, else a command; null for none.
    /// </returns>
    public static ContainerCheck? Parse(string setting, string folder, IEnumerable<string> stages)
    {
        if (setting.Trim() is not { Length: > 0 } text)
        {
            return null;
        }

        var file = Path.GetFullPath(text.Replace('\\', Path.DirectorySeparatorChar), folder);
        return stages.FirstOrDefault(stage => stage.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } stage ? new OfStage(stage)
            : file.EndsWith("proj", StringComparison.OrdinalIgnoreCase) && File.Exists(file) ? new OfTests(file)
            : new OfCommand(text);
    }

    /// <summary>A command of the user's shell, run in the project's folder.</summary>
    public sealed record OfCommand(string Line) : ContainerCheck;

    /// <summary>A test project, run with <c>dotnet test</c>.</summary>
    /// <param name="Project">Its absolute path.</param>
    public sealed record OfTests(string Project) : ContainerCheck;

    /// <summary>A stage, run as a container in the network of the one that is checked.</summary>
    public sealed record OfStage(string Stage) : ContainerCheck;

    /// <summary>Runs a check on this machine.</summary>
    /// <param name="dotnet">The <c>dotnet</c> command.</param>
    /// <returns>Why it fails; null where it succeeds.</returns>
    public async Task<VerificationReport?> RunAsync(
        WorkingContainer container,
        string dotnet,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var command = this switch
        {
            OfTests tests => new HostCommand(dotnet, "test", tests.Project),
            OfCommand given => HostCommand.OfShell(given.Line),
            _ => throw new InvalidOperationException("A stage runs in a container."),
        };
        var variables = Variables(container, On(container)).Select(v => KeyValuePair.Create(v.Name, (string?)v.Value));
        var (exitCode, lines) = await HostProcess.RunAsync(command with { Folder = folder, Environment = variables }, cancellationToken);
        return Report(exitCode, lines);
    }

    /// <summary>Runs the image of a stage against a container.</summary>
    /// <param name="port">The port inside the container, such as <c>8080/tcp</c>; null where it has none.</param>
    /// <returns>Why it fails; null where it succeeds.</returns>
    public static async Task<VerificationReport?> RunAsync(
        IContainerHost containers,
        WorkingContainer container,
        string image,
        string? port,
        CancellationToken cancellationToken
    )
    {
        var address = port is null ? "" : $"http://127.0.0.1:{port.Split('/')[0]}";
        var id = await containers.CreateAsync(
            new ContainerRequest(image)
            {
                Environment = Variables(container, address),
                NetworkOf = container.IsRunning ? container.Id : null,
            },
            cancellationToken
        );
        try
        {
            await containers.StartAsync(id, cancellationToken);
            for (; ; await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken))
            {
                if (await containers.InspectAsync(id, cancellationToken) is { IsRunning: false } ended)
                {
                    return Report(ended.ExitCode, await containers.LogsAsync(id, ShownLines, cancellationToken));
                }
            }
        }
        finally
        {
            await containers.RemoveAsync(id, cancellationToken);
        }
    }

    private static ImmutableArray<NameValue> Variables(WorkingContainer container, string address) =>
        [new(Address, address), new(Id, container.Id)];

    private static string On(WorkingContainer container) =>
        container.Ports is [var port, ..] ? string.Create(CultureInfo.InvariantCulture, $"http://{port.Host}:{port.Number}") : "";

    private static VerificationReport? Report(int exitCode, ImmutableArray<string> lines)
    {
        if (exitCode == 0)
        {
            return null;
        }

        var said = lines.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "it wrote nothing";
        return new(Codes.VariantCheckFailed.With(exitCode, said))
        {
            Reason = string.Create(CultureInfo.InvariantCulture, $"the check fails with exit code {exitCode}: {said}"),
        };
    }
}
