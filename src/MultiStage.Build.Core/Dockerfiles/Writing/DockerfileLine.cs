using System.Text;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Dockerfiles.Writing;

/// <summary>A line of a Dockerfile. It cannot hold what would end it, whatever values it was made of.</summary>
internal readonly record struct DockerfileLine
{
    // Docker reads a Dockerfile with Go's bufio.Scanner, which stops at a longer line.
    private const int MostBytes = (64 * 1024) - 1;

    private readonly string? _text;

    private DockerfileLine(string text) => _text = text;

    /// <summary>Makes a line.</summary>
    /// <param name="problem">What is wrong with it in its place; null for nothing.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotRepresentable"/>.</exception>
    public static DockerfileLine Of(string text, string? problem = null)
    {
        problem ??= LineText.Problem(text) ?? (Encoding.UTF8.GetByteCount(text) > MostBytes ? "more than 64 KB in one line" : null);
        LineText.Refuse(problem, null, $"'{(text.Length > 80 ? text[..80] + "…" : text)}' of the generated Dockerfile");
        return new(text);
    }

    /// <inheritdoc/>
    public override string ToString() => _text ?? "";
}
