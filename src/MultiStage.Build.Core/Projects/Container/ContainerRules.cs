using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Projects.Container;

/// <summary>
/// Derives what the image should be from the SDK's container settings, by the rules that <c>PublishContainer</c> applies while it writes an
/// image. Source: https://github.com/dotnet/sdk/tree/main/src/Containers
/// </summary>
internal static class ContainerRules
{
    /// <param name="globalJson">The text of the <c>global.json</c> that the project's builds obey; null where there is none.</param>
    /// <exception cref="MultiStageException">
    /// <see cref="Codes.EntrypointConflict"/>, <see cref="Codes.NotLinux"/>,
    /// <see cref="Codes.ValueNotUnderstood"/>.
    /// </exception>
    /// <returns>What the image should be.</returns>
    public static ContainerFacts Apply(ContainerSettings settings, string? globalJson)
    {
        var isScratch = settings.BaseImage == ScratchImage.Name;
        var baseImage = isScratch ? null : BaseImage(settings);
        var environment = isScratch ? ScratchImage.Environment(settings.Native).AddRange(settings.Environment) : settings.Environment;
        var (entrypoint, command) = StartRules.Apply(settings);
        var volatileLabels = settings.Labels.Where(label => IsVolatile(label.Name, settings)).ToImmutableArray();
        return new ContainerFacts
        {
            SdkImage = settings.SdkImage.Length > 0 ? settings.SdkImage : SdkImage.For(settings.SdkVersion, globalJson, Variant(settings)),
            BaseImage = settings.BaseImage,
            Platform = Platform(settings.RuntimeIdentifier),
            Platforms = Platforms(settings.RuntimeIdentifiers),
            User =
                settings.User.Length > 0 ? settings.User
                : isScratch ? "$APP_UID"
                : baseImage?.User ?? "",
            NamesUser = settings.User.Length > 0,
            WorkingDirectory = settings.WorkingDirectory.Length > 0 ? settings.WorkingDirectory : "/app/",
            Entrypoint = entrypoint,
            Command = command,
            Environment = environment,
            TakenAlong = isScratch ? ScratchImage.Files(settings.Native) : [],
            Labels = settings.Labels.RemoveRange(volatileLabels),
            BuildLabels = volatileLabels,
            Ports = PortRules.Apply(settings.Ports, baseImage is null ? environment : environment.Insert(0, baseImage.Listens)),
            NamedPorts = settings.Ports,
            AnswersOnPorts = settings.UsesAspNet || settings.Ports.Length > 0,
            Registry = settings.Registry,
            Repository = settings.Repository,
            Tags = settings.Tags,
        };
    }

    /// <summary>The platform that a runtime identifier stands for.</summary>
    /// <param name="runtimeIdentifier">The runtime identifier; empty for none.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.NotLinux"/>.</exception>
    /// <returns>The platform, such as <c>linux/arm64</c>; null for none.</returns>
    public static Platform? Platform(string runtimeIdentifier) =>
        runtimeIdentifier.Length == 0
            ? null
            : RuntimeIdentifier.TryParse(runtimeIdentifier)?.Platform ?? throw Codes.NotLinux.Error(runtimeIdentifier);

    /// <summary>The platforms that runtime identifiers stand for.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.NotLinux"/>.</exception>
    /// <returns>The platforms, in the same order.</returns>
    public static ImmutableArray<Images.Platform> Platforms(ImmutableArray<string> runtimeIdentifiers) =>
        [.. runtimeIdentifiers.Select(Platform).OfType<Images.Platform>()];

    // A mirror gives Microsoft's images other names, and an app without a runtime of its own runs on nothing else.
    private static DotNetBaseImage? BaseImage(ContainerSettings settings) =>
        DotNetBaseImage.TryParse(settings.BaseImage, settings.FrameworkVersion)
        ?? (settings.HasOwnRuntime ? null : DotNetBaseImage.Expected(settings.FrameworkVersion));

    private static Func<string, string>? Variant(ContainerSettings settings) =>
        settings.Native.IsAot
            ? version => NativeSdkImage.Variant(version, settings.BaseImage, settings.Native.IsMusl, Platform(settings.RuntimeIdentifier))
            : null;

    // These would make the Dockerfile's text differ between two builds, or two machines, of the same project.
    private static bool IsVolatile(string label, ContainerSettings settings) =>
        label switch
        {
            "org.opencontainers.image.created" or "org.opencontainers.artifact.created" => true,
            "org.opencontainers.image.revision" or "org.opencontainers.image.base.digest" or "net.dot.sdk.version" => true,
            "org.opencontainers.image.version" => settings.VersionIsStamped,
            _ => false,
        };
}
