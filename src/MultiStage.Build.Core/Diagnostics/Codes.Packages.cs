using static MultiStage.Build.Diagnostics.DiagnosticSeverity;

namespace MultiStage.Build.Diagnostics;

// 1xxx: what NuGet reads on this machine.
public static partial class Codes
{
    /// <summary>A NuGet configuration that this machine reads has a name that NuGet does not look for on Linux.</summary>
    public static readonly DiagnosticDescriptor ConfigurationNameNotLinux = new(
        "MULTISTAGE1055",
        Error,
        "NuGet reads '{0}' on this machine but not in the container: on Linux it looks only for nuget.config, NuGet.config and "
            + "NuGet.Config. Rename the file to nuget.config.",
        "File names are not case-sensitive on this machine, so NuGet reads its configuration file in any casing; on Linux it looks only "
            + "for three.",
        "Rename the file to `nuget.config`."
    );

    /// <summary>The restore in the container misses a package, and this user has sources that it does not.</summary>
    public static readonly DiagnosticDescriptor SourcesOfTheUser = new(
        "MULTISTAGE1022",
        Error,
        "The restore in the container misses a package, and '{0}', this user's own NuGet.Config, names sources that the container does "
            + "not have: {1}. Name them in a nuget.config of the repository.",
        "A package was not found in the container. On this machine NuGet also reads the user's own `NuGet.Config`, which is in no build "
            + "context.",
        "Add the source to a `nuget.config` in the repository, so that every machine restores from it."
    );

    /// <summary>A file of the repository holds a password of a package source.</summary>
    public static readonly DiagnosticDescriptor PasswordInRepository = new(
        "MULTISTAGE1053",
        Warning,
        "'{0}' holds a password for the package source '{1}'. It is sent to the build without it, and the restore gets the password as a "
            + "secret. Keep it out of the repository: write %FEED_PASSWORD% in its place and set that variable, or move it to your own "
            + "configuration with 'dotnet nuget update source'.",
        "A `nuget.config` in the build context has a `ClearTextPassword` or `Password` that is not the name of an environment variable.",
        "Write `%NAME%` in its place and set the variable `NAME`, or set `NuGetPackageSourceCredentials_<source>`, or keep the credentials "
            + "in your own `NuGet.Config`. A password that was committed should be replaced."
    );
}
