using MultiStage.Build.Diagnostics;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;
using MultiStage.Build.Registries;

namespace MultiStage.Build.Engines;

/// <summary>A push to a registry, whoever sends it: with the login of that registry, and again where the registry is busy.</summary>
/// <param name="options">How long to wait before another attempt.</param>
/// <param name="progress">Told what is pushed.</param>
internal sealed class RegistryPush(RegistryCredentials credentials, EngineOptions options, IProgress<BuildEvent> progress)
{
    /// <param name="name">The name, with registry and tag.</param>
    /// <param name="once">Pushes once, with a login; the manifest's digest, or the error.</param>
    /// <param name="next">What to do next after an error.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PushFailed"/>.</exception>
    /// <returns>The manifest's digest.</returns>
    public async Task<string> RunAsync(
        string name,
        Func<ImageReference, RegistryAuth?, Task<(string? Digest, string? Error)>> once,
        Func<ImageReference, string, string> next,
        CancellationToken cancellationToken
    )
    {
        var reference = ImageReference.TryParse(name)
            ?? throw Codes.PushFailed.Error(name, "it is not a valid image name", "Check ContainerRegistry and ContainerRepository");
        var login = RegistryCredentials.ForPush(Environment.GetEnvironmentVariable) is { } given
            ? new RegistryLogin(given)
            : await credentials.FindAsync(reference.Registry, cancellationToken);
        string? digest = null;
        var error = await RegistryRetry.RunAsync(
            $"Pushing {reference}",
            async () =>
            {
                progress.Report(new Notice($"Pushing {reference}"));
                (digest, var refusal) = await once(reference, login.Auth);
                return refusal;
            },
            options.FirstRetry,
            progress,
            cancellationToken
        );
        return error is null
            ? digest!
            : throw Codes.PushFailed.Error(name, login.Problem is null ? error : $"{error} ({login.Problem})", next(reference, error));
    }
}
