namespace MultiStage.Build.Images;

/// <summary>How an app is compiled ahead of time, as far as its images depend on it.</summary>
/// <param name="IsAot"><c>PublishAot</c>.</param>
/// <param name="IsMusl">Whether it runs on musl rather than glibc.</param>
/// <param name="IsStatic"><c>StaticExecutable</c>: it needs no library, not even the C library, of the image it runs on.</param>
public sealed record NativeSettings(bool IsAot = false, bool IsMusl = false, bool IsStatic = false)
{
    /// <summary><c>StaticOpenSslLinking</c>: it speaks TLS without the image's OpenSSL.</summary>
    public bool HasOpenSsl { get; init; }

    /// <summary><c>StaticICULinking</c>: it knows cultures without the image's ICU.</summary>
    public bool HasIcu { get; init; }

    /// <summary><c>InvariantTimezone</c>: it knows UTC alone.</summary>
    public bool HasNoTimeZones { get; init; }
}
