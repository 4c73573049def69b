using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Archives;

/// <summary>Loads an archive with the command of the daemon that somebody asked for.</summary>
internal static class ArchiveLoad
{
    /// <param name="program">The command: <c>docker</c> or <c>podman</c>.</param>
    /// <param name="archive">The archive's absolute path.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.LoadFailed"/>.</exception>
    public static async Task RunAsync(string program, string archive, CancellationToken cancellationToken)
    {
        var (exitCode, lines) = await HostProcess.RunAsync(new(program, "load", "--quiet", "--input", archive), cancellationToken);
        if (exitCode != 0)
        {
            throw Codes.LoadFailed.ErrorAbout("LocalRegistry", program, string.Join(' ', lines));
        }
    }
}
