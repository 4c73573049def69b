using System.Xml;
using System.Xml.Linq;

namespace MultiStage.Build.Context;

/// <summary>Keeps credentials of package sources out of what is sent: a layer would hold them.</summary>
internal static class FeedCredentials
{
    // What no restore in a container reads from a file of the repository: logins come as a secret, and keys are for pushing packages.
    private static readonly string[] s_sections = ["packageSourceCredentials", "apikeys", "clientCertificates"];

    /// <summary>Whether a file is one that NuGet may read as its configuration.</summary>
    /// <returns>Whether it is, by its name.</returns>
    public static bool MayBeIn(string path) => Path.GetExtension(path).Equals(".config", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the credentials out of a configuration.</summary>
    /// <returns>The text without them; null where it has none.</returns>
    public static string? Without(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!s_sections.Any(section => text.Contains(section, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        try
        {
            var document = XDocument.Parse(text, LoadOptions.PreserveWhitespace);
            var sections = document
                .Root!.Elements()
                .Where(section => s_sections.Contains(section.Name.LocalName, StringComparer.OrdinalIgnoreCase))
                .ToList();
            if (sections.Count == 0)
            {
                return null;
            }

            sections.ForEach(section => section.Remove());
            return document.Declaration is { } declaration ? $"{declaration}\n{document}" : document.ToString();
        }
        catch (XmlException)
        {
            // NuGet cannot read it either, and says so with a better message.
            return null;
        }
    }
}
