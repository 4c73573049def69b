using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>
/// What the project's targets read from Git on this machine. There is no repository in the container, so the build gets it in variables of
/// its environment, which MSBuild reads as properties. They change from commit to commit: only their names are in the Dockerfile.
/// </summary>
internal sealed record GitVersions
{
    /// <summary>The variable with the versions of https://github.com/dotnet/Nerdbank.GitVersioning, as <c>name|value</c>, separated by
    /// semicolons.</summary>
    public const string NerdbankVariable = "NerdbankVersions";

    /// <summary>The values by the name of the variable; empty where no commit is known. A name is there whenever the project asks for what
    /// it holds.</summary>
    public ImmutableSortedDictionary<string, string> Values
    {
        get;
        init => field = value.WithComparers(StringComparer.OrdinalIgnoreCase);
    } = ImmutableSortedDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a package, and not the SDK, looks for the repository: it warns where it finds none.</summary>
    public bool MustNotLook { get; init; }

    /// <summary>Whether Nerdbank.GitVersioning has to be given its versions by a file.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool NeedsNerdbank => Values.ContainsKey(NerdbankVariable);

    /// <summary>Takes what the project's targets found.</summary>
    /// <param name="stamps">The stamps that the command line gives, which win.</param>
    /// <param name="isRead">Whether the repository's own files read a property.</param>
    /// <returns>The variables for the build.</returns>
    public static GitVersions Read(FoundVersions found, ImmutableSortedDictionary<string, string> stamps, Func<string, bool> isRead)
    {
        (string Name, string Value, bool IsAsked)[] read =
        [
            ("SourceRevisionId", found.Revision, found.StampsRevision),
            ("PrivateRepositoryUrl", found.RepositoryUrl, found.PublishesRepositoryUrl),
            ("SourceBranchName", found.Branch, false),
            // The package then takes it as what Git would have said: https://github.com/adamralph/minver#can-i-use-an-override
            ("MinVerVersionOverride", found.MinVer, found.MinVer.Length > 0),
            (
                NerdbankVariable,
                string.Join(';', found.Nerdbank.Select(version => $"{version.Name}|{version.Value}")),
                !found.Nerdbank.IsEmpty
            ),
        ];
        return new()
        {
            Values = read.Where(version => (version.IsAsked || isRead(version.Name)) && !stamps.ContainsKey(version.Name))
                .ToImmutableSortedDictionary(version => version.Name, version => version.Value),
            MustNotLook = found.HasPackageThatLooks,
        };
    }
}

/// <summary>What the targets of a project found in Git.</summary>
/// <param name="Revision"><c>SourceRevisionId</c>; empty without a commit.</param>
/// <param name="RepositoryUrl"><c>PrivateRepositoryUrl</c>; empty where the repository has no remote.</param>
/// <param name="Branch"><c>SourceBranchName</c>; empty without a branch.</param>
/// <param name="MinVer"><c>MinVerVersion</c>; empty where the project does not use MinVer.</param>
/// <param name="Nerdbank">The properties that Nerdbank.GitVersioning sets; none where the project does not use it.</param>
/// <param name="StampsRevision">Whether the SDK adds the revision to the informational version.</param>
/// <param name="PublishesRepositoryUrl"><c>PublishRepositoryUrl</c>.</param>
/// <param name="HasPackageThatLooks">Whether the project references a package that looks for the repository.</param>
public sealed record FoundVersions(
    string Revision,
    string RepositoryUrl,
    string Branch,
    string MinVer,
    ImmutableArray<NameValue> Nerdbank,
    bool StampsRevision = false,
    bool PublishesRepositoryUrl = false,
    bool HasPackageThatLooks = false
);
