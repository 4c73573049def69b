using System.Globalization;

namespace MultiStage.Build.Variants;

/// <summary>What a project's image is today, as far as it decides which variants of it make sense.</summary>
/// <param name="Properties">The properties of <see cref="PropertyNames"/>, as the project is evaluated; empty where one is not set.</param>
/// <param name="BaseImage">The base image of the runtime stage, as <c>FROM</c> names it.</param>
public sealed record ExploredProject(IReadOnlyDictionary<string, string> Properties, string BaseImage)
{
    /// <summary>The properties that are read.</summary>
    public static readonly string[] PropertyNames =
    [
        "PublishAot",
        "PublishTrimmed",
        "PublishSingleFile",
        "PublishReadyToRun",
        "SelfContained",
        "InvariantGlobalization",
        "IsAotCompatible",
        "IsTrimmable",
        "ContainerBaseImage",
        "_TargetFrameworkVersionWithoutV",
    ];

    /// <summary>Whether the app is one of ASP.NET Core.</summary>
    public bool UsesAspNet { get; init; }

    /// <summary>Whether steps run on the base image, or packages are added to it: both need its shell.</summary>
    public bool HasSteps { get; init; }

    /// <summary>Whether today's image has satellite assemblies.</summary>
    public bool HasLanguages { get; init; }

    /// <summary>Whether today's image has debug symbols.</summary>
    public bool HasSymbols { get; init; }

    /// <summary>Whether the app is compiled to native code.</summary>
    public bool IsNative => Is("PublishAot");

    /// <summary>Whether the app is trimmed.</summary>
    public bool IsTrimmed => Is("PublishTrimmed");

    /// <summary>Whether the app is one file.</summary>
    public bool IsSingleFile => Is("PublishSingleFile");

    /// <summary>Whether the app's assemblies hold native code beside their own.</summary>
    public bool IsReadyToRun => Is("PublishReadyToRun");

    /// <summary>Whether the app does without the cultures' data.</summary>
    public bool IsInvariant => Is("InvariantGlobalization");

    /// <summary>Whether the app carries its runtime, or needs none.</summary>
    public bool HasOwnRuntime => IsNative || IsTrimmed || Is("SelfContained");

    /// <summary>Whether the project names its base image, so that a family would change nothing.</summary>
    public bool NamesBaseImage => Value("ContainerBaseImage").Length > 0;

    /// <summary>The major version of the target framework.</summary>
    public int Framework =>
        int.TryParse(Value("_TargetFrameworkVersionWithoutV").Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            ? major
            : 0;

    /// <summary>Whether the SDK and the project let the app be trimmed. Before .NET 8 ASP.NET Core could not be.</summary>
    public bool MayTrim => Framework >= (UsesAspNet ? 8 : 6) && !Denies("IsTrimmable");

    /// <summary>Whether the SDK and the project let the app be compiled to native code.</summary>
    public bool MayCompile => Framework >= (UsesAspNet ? 8 : 7) && MayTrim && !Denies("IsAotCompatible");

    private string Value(string name) => Properties.GetValueOrDefault(name) ?? "";

    private bool Is(string name) => Value(name).Equals("true", StringComparison.OrdinalIgnoreCase);

    private bool Denies(string name) => Value(name).Equals("false", StringComparison.OrdinalIgnoreCase);
}
