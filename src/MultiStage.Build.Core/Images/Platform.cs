using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MultiStage.Build.Images;

/// <summary>
/// A platform that images are for, in the one form that is compared: <c>linux/arm64/v8</c> and <c>linux/aarch64</c> are <c>linux/arm64</c>.
/// In JSON it is that text. Source of the rules: https://github.com/containerd/platforms
/// </summary>
/// <param name="Os">The operating system, such as <c>linux</c>.</param>
/// <param name="Architecture">The architecture as Go names it, such as <c>amd64</c>.</param>
/// <param name="Variant">The variant, such as <c>v7</c>; empty where the architecture's usual one is meant.</param>
[JsonConverter(typeof(PlatformConverter))]
internal sealed record Platform(string Os, string Architecture, string Variant)
{
    // What is enough to name a platform of Linux, as for the docker command.
    private static readonly string[] s_architectures =
    [
        "386",
        "aarch64",
        "amd64",
        "arm",
        "arm64",
        "armel",
        "armhf",
        "i386",
        "loong64",
        "mips64le",
        "ppc64le",
        "riscv64",
        "s390x",
        "x86-64",
        "x86_64",
    ];

    /// <summary>What containers on this machine run on, such as <c>linux/amd64</c>.</summary>
    public static Platform OfThisMachine { get; } =
        Of(
            "linux",
            RuntimeInformation.OSArchitecture switch
            {
                System.Runtime.InteropServices.Architecture.X64 => "amd64",
                System.Runtime.InteropServices.Architecture.X86 => "386",
                var other => other.ToString(),
            }
        );

    /// <summary>What a platform looks like, for a message.</summary>
    public const string Takes = "a platform, such as linux/arm64";

    /// <summary>The platform of an image whose configuration names its parts. A part that is missing is called <c>unknown</c>, as Docker
    /// calls it.</summary>
    public static Platform Of(string? os, string? architecture, string? variant = null) =>
        Normal(Known(os), Known(architecture), variant?.ToLowerInvariant() ?? "");

    /// <summary>Reads what was written by <see cref="ToString"/>.</summary>
    /// <exception cref="FormatException">It is not a platform.</exception>
    public static Platform Parse(string text) => TryParse(text) ?? throw new FormatException($"'{text}' is not {Takes}");

    /// <summary>Reads what people write: a system, an architecture, or both.</summary>
    /// <returns>The platform; null where the text does not name one.</returns>
    public static Platform? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.ToLowerInvariant().Split('/') switch
        {
            [{ Length: > 0 } os, { Length: > 0 } architecture] => Normal(os, architecture, ""),
            [{ Length: > 0 } os, { Length: > 0 } architecture, var variant] => Normal(os, architecture, variant),
            ["linux"] => OfThisMachine,
            [var architecture] when s_architectures.Contains(architecture) => Normal("linux", architecture, ""),
            _ => null,
        };
    }

    /// <summary>How files, folders and tags name it, such as <c>linux-arm64</c>.</summary>
    public string FileName => ToString().Replace('/', '-');

    /// <inheritdoc/>
    public override string ToString() => Variant.Length == 0 ? $"{Os}/{Architecture}" : $"{Os}/{Architecture}/{Variant}";

    private static string Known(string? part) => string.IsNullOrEmpty(part) ? "unknown" : part.ToLowerInvariant();

    private static Platform Normal(string os, string architecture, string variant) =>
        (architecture, variant) switch
        {
            ("x86_64" or "x86-64" or "amd64", "" or "v1") => new(os, "amd64", ""),
            ("x86_64" or "x86-64", _) => new(os, "amd64", variant),
            ("i386", _) => new(os, "386", ""),
            ("aarch64" or "arm64", "" or "8" or "v8") => new(os, "arm64", ""),
            ("aarch64", _) => new(os, "arm64", variant),
            ("armhf", _) or ("arm" or "armv7l", "" or "7") => new(os, "arm", "v7"),
            ("armel", _) or ("arm" or "armv6l", "6") => new(os, "arm", "v6"),
            ("arm", "5" or "8") => new(os, "arm", "v" + variant),
            _ => new(os, architecture, variant),
        };
}

/// <summary>Writes a platform as text.</summary>
internal sealed class PlatformConverter : JsonConverter<Platform>
{
    /// <inheritdoc/>
    public override Platform Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Platform.TryParse(reader.GetString()!) ?? throw new JsonException($"'{reader.GetString()}' is not {Platform.Takes}");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, Platform value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
