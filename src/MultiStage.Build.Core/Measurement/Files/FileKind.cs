namespace MultiStage.Build.Measurement.Files;

/// <summary>What a file of an app is.</summary>
internal enum FileKind
{
    /// <summary>A .NET assembly.</summary>
    Managed,

    /// <summary>Machine code: a shared library or an executable.</summary>
    Native,

    /// <summary>A satellite assembly, which holds one language's texts.</summary>
    Resource,

    /// <summary>What only a debugger reads.</summary>
    Symbols,

    /// <summary>What a web app serves as it is: all below <c>wwwroot</c>.</summary>
    Static,

    /// <summary>Anything else: settings, documentation, data.</summary>
    Other,
}
