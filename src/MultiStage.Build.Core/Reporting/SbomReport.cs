using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.Reporting;

/// <summary>
/// Lists what the app's part of an image is made of as a software bill of materials (pure). What the base image brings is named by the
/// image alone. Source: CycloneDX 1.6, https://cyclonedx.org/docs/1.6/json/
/// </summary>
internal static class SbomReport
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "sbom.cdx.json";

    private const string Image = "image";

    /// <summary>Writes the list.</summary>
    /// <param name="files">What the image's files come from.</param>
    /// <returns>The JSON. The same image gives the same text.</returns>
    public static string Write(SizeReport report, SizeBreakdown files)
    {
        var components = new JsonArray();
        if (report.Sizes.Base is { } origin)
        {
            components.Add(Component("container", origin.Reference, null, $"base:{origin.Reference}", null, origin.Bytes));
        }

        foreach (var part in files.ByOrigin().OrderBy(part => part.Origin.Kind).ThenBy(part => part.Origin.Name, StringComparer.Ordinal))
        {
            if (Named(part) is { } component)
            {
                components.Add(component);
            }
        }

        var bom = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["serialNumber"] = $"urn:uuid:{Serial(report.Sizes.ImageId)}",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["component"] = Component("container", report.Image, report.Sizes.ImageId, Image, null, report.Sizes.Total),
            },
            ["components"] = components,
            // The packages of the base image's distribution are not among them.
            ["compositions"] = new JsonArray(new JsonObject { ["aggregate"] = "incomplete", ["assemblies"] = new JsonArray(Image) }),
        };
        return bom.ToJsonString(new() { WriteIndented = true, NewLine = "\n" }) + "\n";
    }

    private static JsonObject? Named(OriginSize part) =>
        part.Origin switch
        {
            { Kind: OriginKind.Package, Version: { } version } package => Component(
                "library",
                package.Name,
                version,
                Purl(package),
                Purl(package),
                part.Bytes
            ),
            { Kind: OriginKind.App } app => Component("application", app.Name, app.Version, $"app:{app.Name}", null, part.Bytes),
            { Kind: OriginKind.Project } project => Component(
                "library",
                project.Name,
                project.Version,
                $"project:{project.Name}",
                null,
                part.Bytes
            ),
            { Kind: OriginKind.Runtime } runtime => Component(
                "framework",
                runtime.Name,
                runtime.Version,
                $"runtime:{runtime.Name}",
                null,
                part.Bytes
            ),
            // Not a part that somebody publishes.
            _ => null,
        };

    private static string Purl(FileOrigin package) =>
        $"pkg:nuget/{Uri.EscapeDataString(package.Name)}@{Uri.EscapeDataString(package.Version!)}";

    private static JsonObject Component(string type, string name, string? version, string reference, string? purl, long? bytes)
    {
        var component = new JsonObject
        {
            ["type"] = type,
            ["bom-ref"] = reference,
            ["name"] = name,
        };
        if (version is not null)
        {
            component["version"] = version;
        }

        if (purl is not null)
        {
            component["purl"] = purl;
        }

        if (bytes is { } known)
        {
            component["properties"] = new JsonArray(
                new JsonObject { ["name"] = "multistage:unpackedBytes", ["value"] = known.ToString(CultureInfo.InvariantCulture) }
            );
        }

        return component;
    }

    // A number of its own for each image, and no other for the same one.
    private static Guid Serial(string imageId)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(imageId))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
