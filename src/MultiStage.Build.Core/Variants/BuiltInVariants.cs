using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Variants;

/// <summary>The variants that every project has, with the properties that they mean for this one (pure).</summary>
internal sealed class BuiltInVariants
{
    private readonly ExploredProject _project;
    private readonly DotNetImage? _image;
    private readonly ImmutableArray<BuiltIn>.Builder _variants = ImmutableArray.CreateBuilder<BuiltIn>();

    private BuiltInVariants(ExploredProject project) => (_project, _image) = (project, DotNetImage.TryParse(project.BaseImage));

    /// <summary>Lists the variants, the largest savings first.</summary>
    /// <param name="project">The project as it is today.</param>
    /// <returns>The variants, and of each whether it makes sense for the project.</returns>
    public static ImmutableArray<BuiltIn> For(ExploredProject project)
    {
        var variants = new BuiltInVariants(project);
        variants.AddOwnRuntimes();
        variants.AddBaseImages();
        variants.AddOthers();
        return variants._variants.ToImmutable();
    }

    // .NET's images were based on Ubuntu 22.04 before .NET 8.
    private string Distribution => _project.Framework is > 0 and < 8 ? "jammy" : "noble";

    private string Bare => $"{Distribution}-chiseled";

    private string WithCultures => $"{Bare}-extra";

    private string Smallest => _project.IsInvariant ? Bare : WithCultures;

    // A step needs a shell, and an image that is not one of .NET's has no families.
    private bool MayChangeBase => _image is not null && !_project.HasSteps;

    private void AddOwnRuntimes()
    {
        var p = _project;
        var native = p.MayCompile && !p.IsNative;
        var trimmed = p.MayTrim && !p.IsTrimmed && !p.IsNative;
        var separate = MayChangeBase && !p.IsInvariant;
        var one = p.MayTrim ? ("PublishTrimmed", "true") : ("SelfContained", "true");
        Add("native-invariant", native && separate, OnBase(true, Bare, ("PublishAot", "true"), Invariant));
        Add("native", native, OnBase(true, Smallest, ("PublishAot", "true")));
        Add("trimmed-invariant", trimmed && separate, OnBase(true, Bare, ("PublishTrimmed", "true"), Invariant));
        Add("trimmed", trimmed, OnBase(true, Smallest, ("PublishTrimmed", "true")));
        Add("single-file", !p.IsSingleFile && !p.IsNative, OnBase(true, Smallest, ("PublishSingleFile", "true"), one));
    }

    private void AddBaseImages()
    {
        var p = _project;
        var isExtra = p.BaseImage.Contains("chiseled-extra", StringComparison.Ordinal);
        Add("chiseled", MayChangeBase && (_image!.HasShell || isExtra), OnBase(p.HasOwnRuntime, Bare, Invariant));
        Add("chiseled-extra", MayChangeBase && _image!.HasShell && !p.IsInvariant, OnBase(p.HasOwnRuntime, WithCultures));
        Add("alpine", MayChangeBase && !_image!.IsMusl, OnBase(p.HasOwnRuntime, "alpine", Invariant));
        Add("self-contained", !p.HasOwnRuntime, OnBase(true, Smallest, ("SelfContained", "true")));
        Add(
            "framework-dependent",
            p.HasOwnRuntime,
            OnBase(
                false,
                Smallest,
                ("PublishAot", "false"),
                ("PublishTrimmed", "false"),
                ("PublishSingleFile", "false"),
                ("SelfContained", "false")
            )
        );
    }

    private void AddOthers()
    {
        var p = _project;
        Add("ready-to-run", !p.IsReadyToRun && !p.IsNative, OnBase(p.HasOwnRuntime, Smallest, ("PublishReadyToRun", "true")));
        // With another base image, invariance comes as a part of the variants above.
        Add("invariant", !p.IsInvariant && (p.HasOwnRuntime || !MayChangeBase), [Invariant]);
        Add("languages", p.HasLanguages, [("SatelliteResourceLanguages", "en")]);
        Add(
            "no-symbols",
            p.HasSymbols,
            p.IsNative ? [("CopyOutputSymbolsToPublishDirectory", "false")] : [("DebugType", "none"), WithoutReferencedSymbols]
        );
    }

    // What lies beside the assemblies of referenced projects and comes with them: by default symbols too.
    private static (string, string) WithoutReferencedSymbols =>
        ("AllowedReferenceRelatedFileExtensions", ".xml;.pri;.dll.config;.exe.config");

    private static (string, string) Invariant => ("InvariantGlobalization", "true");

    private void Add(string name, bool makesSense, IEnumerable<(string, string)> properties) =>
        _variants.Add(new(Variant.Of(name, properties), makesSense && _project.Framework > 0));

    private (string, string)[] OnBase(bool hasOwnRuntime, string family, params (string, string)[] properties) =>
        !MayChangeBase ? properties
        : _project.NamesBaseImage ? [.. properties, ("ContainerBaseImage", Named(hasOwnRuntime, family))]
        : [.. properties, ("ContainerFamily", family)];

    // From the same registry, which may be a mirror, and of the same version.
    private string Named(bool hasOwnRuntime, string family)
    {
        var reference = ImageReference.TryParse(_project.BaseImage)!;
        var folder = reference.FamiliarName[..(reference.FamiliarName.LastIndexOf('/') + 1)];
        var repository =
            hasOwnRuntime ? "runtime-deps"
            : _project.UsesAspNet ? "aspnet"
            : "runtime";
        return $"{folder}{repository}:{_image!.Version}-{family}";
    }
}

/// <summary>A variant that every project has.</summary>
/// <param name="MakesSense">Whether there is a reason to try it on this project.</param>
internal sealed record BuiltIn(Variant Variant, bool MakesSense);
