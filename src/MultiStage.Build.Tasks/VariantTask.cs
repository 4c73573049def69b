using System.Collections.Immutable;
using Microsoft.Build.Framework;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Pipeline.Exploring;

namespace MultiStage.Build.Tasks;

/// <summary>What every task needs that has the project published with the properties of a variant.</summary>
public abstract class VariantTask : MultiStageTask
{
    /// <summary>The <c>dotnet</c> command.</summary>
    [Required]
    public string Dotnet { get; set; } = "";

    /// <summary>The configuration that a publish has.</summary>
    [Required]
    public string Configuration { get; set; } = "";

    /// <summary>Where the project's restores write, absolute.</summary>
    [Required]
    public string RestoreFolder { get; set; } = "";

    /// <summary><c>ContainerVariant</c> items.</summary>
    public ITaskItem[] Variants { get; set; } = [];

    /// <summary><c>BeforeMicrosoftNETSdkTargets</c>.</summary>
    public string Hooked { get; set; } = "";

    /// <summary>Whether the project is one of stages alone, which the .NET SDK does not build.</summary>
    public bool IsStandalone { get; set; }

    private protected VariantHost Host =>
        new(Dotnet, ProjectFile, Configuration, GivenProperties) { UsesSdk = !IsStandalone, Hooked = Hooked };

    private protected ImmutableArray<ProjectItem> Items => ProjectItems.Read(Variants, "ContainerVariant");
}
