namespace MultiStage.Build.Images;

/// <summary>A distribution's package manager, as its commands name it.</summary>
internal enum PackageManager
{
    /// <summary>Debian, Ubuntu and what is made of them.</summary>
    Apt,

    /// <summary>Alpine and Wolfi.</summary>
    Apk,

    /// <summary>Azure Linux and Mariner.</summary>
    Tdnf,
}
