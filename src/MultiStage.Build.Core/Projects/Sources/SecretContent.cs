using System.Text.RegularExpressions;

namespace MultiStage.Build.Projects.Sources;

/// <summary>Looks into files whose names do not decide whether they hold a secret.</summary>
/// <param name="context">The build context's absolute path.</param>
internal sealed partial class SecretContent(string context)
{
    // A key or a list of variables is some kilobytes.
    private const long MostBytes = 256 * 1024;

    private const int MostLines = 2000;

    /// <summary>Whether a file holds a secret and its name does not say so.</summary>
    /// <returns>Whether it does: an npm configuration with a token, or a private key that is called <c>id_…</c>.</returns>
    public bool HoldsSecret(ContextFile file) =>
        file.Name == ".npmrc"
            ? Lines(file).Any(NpmToken().IsMatch)
            : file.Name.StartsWith("id_", StringComparison.Ordinal)
                && !file.Name.Contains('.', StringComparison.Ordinal)
                && Lines(file).Take(1).Any(line => line.StartsWith("-----BEGIN", StringComparison.Ordinal));

    /// <summary>Whether a file of variables is a sample, or is committed and holds those alone that a client's build puts into the
    /// browser.</summary>
    public bool IsPublic(ContextFile file)
    {
        if (Sample().IsMatch(file.Name))
        {
            return true;
        }

        if ((file.Name != ".env" && !file.Name.StartsWith(".env.", StringComparison.Ordinal)) || file.IsGitIgnored)
        {
            return false;
        }

        var lines = Lines(file).Select(line => line.Trim()).Where(line => line is not ("" or ['#', ..])).ToList();
        return lines.Count > 0 && lines.All(PublicVariable().IsMatch);
    }

    private IEnumerable<string> Lines(ContextFile file)
    {
        if (file.Link is not null || file.Length > MostBytes)
        {
            return [];
        }

        try
        {
            return [.. File.ReadLines(Path.Combine(context, file.Path)).Take(MostLines)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whoever sends it says why it cannot be read.
            return [];
        }
    }

    [GeneratedRegex(@"^\.env(\..+)?\.(example|sample|template|dist|defaults|schema)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Sample();

    // Without a token the file says where packages come from, which a build needs.
    [GeneratedRegex(@"(_authToken|_password|_auth)\s*=\s*(?!\$\{)\S", RegexOptions.CultureInvariant)]
    private static partial Regex NpmToken();

    [GeneratedRegex(
        @"^(export\s+)?(((VITE|NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|REACT_APP|VUE_APP|GATSBY|EXPO_PUBLIC|NG_APP|STORYBOOK)_\w+"
            + @"|NODE_ENV|GENERATE_SOURCEMAP|BROWSER|PORT|HTTPS|FAST_REFRESH|BROWSERSLIST_ENV|PUBLIC_URL|BUILD_PATH))\s*=",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex PublicVariable();
}
