using System.Text;
using System.Text.RegularExpressions;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Engines.Progress;

/// <summary>Reads what <c>docker buildx build --progress=rawjson</c> writes to its standard error: messages of BuildKit, and among them
/// lines for people.</summary>
/// <param name="dockerfileName">The Dockerfile's name in the context, which steps' names are kept free of.</param>
internal sealed partial class BuildxOutput(IProgress<BuildEvent> progress, string dockerfileName)
{
    private const string ErrorMark = "ERROR: ";

    private readonly BuildKitEvents _buildKit = new(progress, name => DockerfileCopies.Restore(name, dockerfileName));
    private readonly StringBuilder _words = new();

    /// <summary>Takes a line.</summary>
    public void Add(string line)
    {
        if (RawJsonStatus.TryParse(line) is { } status)
        {
            _buildKit.Add(status);
        }
        else
        {
            _words.Append(line).Append('\n');
        }
    }

    /// <summary>Says what a build failed of.</summary>
    /// <param name="exitCode">The command's exit code.</param>
    /// <returns>The error: <see cref="Codes.BuildFailed"/>, or <see cref="Codes.BaseImageUnavailable"/>.</returns>
    public MultiStageException Failure(int exitCode)
    {
        var words = _words.ToString().Trim();
        var mark = words.LastIndexOf(ErrorMark, StringComparison.Ordinal);
        var error = Shortened(mark < 0 ? words : words[(mark + ErrorMark.Length)..]);
        if (
            Unavailable().Match(error) is { Success: true } missing
            && ImageReference.TryParse(missing.Groups["image"].Value) is { } reference
        )
        {
            var (image, why) = (missing.Groups["image"].Value, missing.Groups["why"].Value);
            return Codes.BaseImageUnavailable.Error(image, "", why, NextCommand.AfterPull(reference, null, why));
        }

        // A step that was cancelled because another failed has an error too; the build ended with the other's.
        return _buildKit.Failures.LastOrDefault(step => error.EndsWith(step.Error.Trim(), StringComparison.Ordinal)) is { } failed
            ? Codes.BuildFailed.Error(FailureText.NameOf(failed), FailureText.Of(failed))
            : Codes.BuildFailed.Error("the Dockerfile", error.Length > 0 ? error : $"docker buildx ended with exit code {exitCode}");
    }

    private static string Shortened(string error)
    {
        const string Prefix = "failed to build: ";
        return FailureText.Shorten(error.StartsWith(Prefix, StringComparison.Ordinal) ? error[Prefix.Length..] : error);
    }

    [GeneratedRegex(@"failed to resolve source metadata for (?<image>\S+): (?<why>.*)$", RegexOptions.Singleline)]
    private static partial Regex Unavailable();
}
