namespace MultiStage.Build.Registries;

/// <summary>The parameters of a <c>WWW-Authenticate</c> header. Source: RFC 9110, section 11.2.</summary>
internal static class RegistryChallenge
{
    /// <summary>Takes the parameters apart.</summary>
    /// <param name="text">What follows the scheme, such as <c>realm="https://…",service="…"</c>.</param>
    /// <returns>The parameters by their names, in lower case.</returns>
    public static Dictionary<string, string> Parse(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; text.IndexOf('=', at) is var equals and >= 0;)
        {
            var name = text[at..equals].Trim(' ', ',').ToLowerInvariant();
            var isQuoted = equals + 1 < text.Length && text[equals + 1] == '"';
            var start = isQuoted ? equals + 2 : equals + 1;
            var end = text.IndexOf(isQuoted ? '"' : ',', start);
            end = end < 0 ? text.Length : end;
            found[name] = text[start..end];
            at = Math.Min(end + 1, text.Length);
        }

        return found;
    }
}
