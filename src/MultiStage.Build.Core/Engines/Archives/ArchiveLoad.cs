using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Archives;

/// <summary>Loads an archive with the command of the daemon that somebody asked for.</summary>
internal static class ArchiveLoad
{
    /// <summary>Loads it.</summary>
    /// <param name="program">The command: <c>docker</c> or <c>podman</c>.</param>
    /// <param name="archive">The archive's absolute path.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.LoadFailed"/>.</exception>
    /// <returns>A task that ends when the image is there.</returns>
    public static async Task RunAsync(string program, string archive, CancellationToken cancellationToken)
    {
        var (exitCode, lines) = await HostProcess.RunAsync(
            program,
            ["load", "--quiet", "--input", archive],
            Path.GetTempPath(),
            [],
            cancellationToken
        );
        if (exitCode != 0)
        {
            throw Codes.LoadFailed.ErrorAbout("LocalRegistry", program, string.Join(' ', lines));
        }
    }
}
