using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Projects.Container;

/// <summary>
/// Takes user and ports from a base image as it is, by the rules of <c>PublishContainer</c>: the user of its <c>APP_UID</c>, and the ports
/// on which its environment makes ASP.NET listen.
/// </summary>
internal static class BaseImageRules
{
    private static readonly string[] s_listening = ["ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_HTTPS_PORTS"];

    /// <summary>Whether the base image has to be looked at, because its name alone does not say what it is.</summary>
    /// <returns>Whether it has; scratch and stages of the project are not images.</returns>
    public static bool MustLook(ProjectFacts facts) =>
        facts.Container.BaseImage is var image
        && image != ScratchImage.Name
        && !DotNetBaseImage.IsMicrosofts(image)
        && !facts.Stages.Stages.Any(stage => stage.Include.Equals(image, StringComparison.OrdinalIgnoreCase));

    /// <summary>Applies what the image is.</summary>
    /// <returns>What the app's image should be.</returns>
    public static ContainerFacts Correct(ContainerFacts container, IReadOnlyDictionary<string, string> environment) =>
        container with
        {
            User =
                container.NamesUser ? container.User
                : environment.GetValueOrDefault("APP_UID", "").Length > 0 ? "$APP_UID"
                : "",
            Ports = PortRules.Apply(
                container.NamedPorts,
                [
                    .. s_listening.Where(environment.ContainsKey).Select(name => new NameValue(name, environment[name])),
                    .. container.Environment,
                ]
            ),
        };

    /// <summary>Says what differs from what was expected.</summary>
    /// <param name="expected">What the Dockerfile was written for.</param>
    /// <param name="found">What follows from the image.</param>
    /// <returns>The warning; null where both are the same.</returns>
    public static Diagnostic? Difference(ContainerFacts expected, ContainerFacts found)
    {
        (string, string)? user =
            expected.User == found.User ? null
            : found.User.Length > 0 ? ("its own user, APP_UID", "Set ContainerUser to $APP_UID")
            : ("no APP_UID", "Set ContainerUser");
        (string, string)? ports =
            expected.Ports.SequenceEqual(found.Ports) ? null
            : found.Ports.IsEmpty ? ("no port to listen on", "Set ASPNETCORE_HTTP_PORTS by ContainerEnvironmentVariable")
            : ($"the ports {string.Join(" and ", found.Ports)}", "Set ASPNETCORE_HTTP_PORTS by ContainerEnvironmentVariable");
        (string What, string Cure)[] differences = [.. new[] { user, ports }.OfType<(string, string)>()];
        if (differences.Length == 0)
        {
            return null;
        }

        var (what, cure) = (
            string.Join(" and ", differences.Select(one => one.What)),
            string.Join(". ", differences.Select(one => one.Cure))
        );
        return Codes.BaseImageIsOther.With(expected.BaseImage, what, cure) with { About = "ContainerBaseImage" };
    }
}
