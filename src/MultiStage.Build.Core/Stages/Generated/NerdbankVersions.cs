using System.Collections.Immutable;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Stages.Generated;

/// <summary>
/// Gives Nerdbank.GitVersioning its versions where it finds no repository. Its own project that computes them imports a file that a
/// property names; the targets there stand instead of its own:
/// https://github.com/dotnet/Nerdbank.GitVersioning/blob/main/src/Nerdbank.GitVersioning.Tasks/build.
/// </summary>
internal static class NerdbankVersions
{
    /// <summary>Where the file lies in the builder.</summary>
    public const string Path = "/versions/git.targets";

    /// <summary>The property that makes it be read.</summary>
    public const string Property = $"-p:NBGV_PrivateP2PAuxTargets={Path}";

    /// <summary>The file.</summary>
    public static readonly ImmutableArray<string> Lines =
    [
        "<Project>",
        "  <Target Name=\"GetBuildVersionCore\">",
        "    <ItemGroup>",
        $"      <_Version Include=\"$({GitVersions.NerdbankVariable})\" />",
        "      <NBGV_PropertyItems Include=\"$([System.String]::Copy('%(_Version.Identity)').Split('|')[0])\">",
        "        <Value>$([System.String]::Copy('%(_Version.Identity)').Split('|')[1])</Value>",
        "        <HonorPresetValue>$([System.String]::Copy('%(_Version.Identity)').StartsWith('CloudBuildNumber|'))</HonorPresetValue>",
        "      </NBGV_PropertyItems>",
        "    </ItemGroup>",
        "  </Target>",
        "</Project>",
    ];
}
