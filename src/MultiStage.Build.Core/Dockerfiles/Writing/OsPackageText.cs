using MultiStage.Build.Images;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Dockerfiles.Writing;

/// <summary>
/// Renders the installation of packages by each distribution's best practice: indexes fetched, used and removed in one layer, nothing that
/// is merely recommended, one package on a line. Source: https://docs.docker.com/build/building/best-practices/#run
/// </summary>
internal static class OsPackageText
{
    /// <summary>Renders the step.</summary>
    public static List<string> Of(PackagesStep step) =>
        step.Manager switch
        {
            PackageManager.Apt =>
            [
                "RUN apt-get update \\",
                "    && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \\",
                .. step.Packages.Select(package => $"        {Pinned(package, "=")} \\"),
                // Debian's and Ubuntu's own images clean up by themselves; one made of them need not.
                "    && apt-get clean \\",
                "    && rm -rf /var/lib/apt/lists/*",
            ],
            PackageManager.Apk =>
            [
                "RUN apk add --no-cache \\",
                .. step.Packages.Select(
                    (package, index) => $"        {Pinned(package, "=")}{(index < step.Packages.Length - 1 ? " \\" : "")}"
                ),
            ],
            _ =>
            [
                "RUN tdnf install -y \\",
                .. step.Packages.Select(package => $"        {Pinned(package, "-")} \\"),
                "    && tdnf clean all",
            ],
        };

    private static string Pinned(OsPackage package, string sign) =>
        package.Version is null ? package.Name : package.Name + sign + package.Version;
}
