using MultiStage.Build.Images;

namespace MultiStage.Build.Engines;

/// <summary>What to type after a registry did not give or take an image.</summary>
internal static class NextCommand
{
    // What registries and the daemon say where a login is missing. Some answer that there is no such image.
    private static readonly string[] s_loginWords = ["unauthorized", "denied", "authentication", "no basic auth", "forbidden"];

    /// <param name="platform">The platform; null for the daemon's own.</param>
    /// <param name="answer">The registry's or the daemon's answer.</param>
    /// <returns>One sentence that ends in a command.</returns>
    public static string AfterPull(ImageReference image, Platform? platform, string answer) =>
        NeedsLogin(answer)
            ? $"Log in: docker login {image.Registry}"
            : $"See the registry's own answer: docker pull {(platform is null ? "" : $"--platform {platform} ")}{image}";

    /// <param name="answer">The registry's or the daemon's answer.</param>
    /// <returns>One sentence that ends in a command.</returns>
    public static string AfterPush(ImageReference image, string answer) =>
        NeedsLogin(answer) ? $"Log in: docker login {image.Registry}" : $"See the registry's own answer: docker push {image}";

    /// <param name="answer">The registry's answer to an image that no daemon has.</param>
    public static string AfterUpload(ImageReference image, string answer) =>
        NeedsLogin(answer)
            ? $"Log in: docker login {image.Registry}"
            : $"Publish again when {image.Registry} answers: what it has already is not sent again";

    private static bool NeedsLogin(string answer) => s_loginWords.Any(word => answer.Contains(word, StringComparison.OrdinalIgnoreCase));
}
