namespace MultiStage.Build.Budgets.Hints;

/// <summary>What a hint is about.</summary>
internal enum HintKind
{
    /// <summary>Native files for other platforms than the image's.</summary>
    OtherPlatforms,

    /// <summary>Satellite assemblies.</summary>
    Languages,

    /// <summary>Files that only a debugger reads.</summary>
    Symbols,

    /// <summary>Source maps of scripts and styles, which only a browser's developer tools read.</summary>
    SourceMaps,

    /// <summary>Files that one layer brings and a later one deletes.</summary>
    LaterDeleted,

    /// <summary>Files that one layer brings and a later one brings again, often with another owner or mode alone.</summary>
    LaterOverwritten,

    /// <summary>What package managers leave behind.</summary>
    Caches,

    /// <summary>The SDK in an image that only has to run the app.</summary>
    Sdk,

    /// <summary>A smaller variant of the base image.</summary>
    BaseVariant,

    /// <summary>A self-contained app that is not trimmed.</summary>
    Trimming,
}
