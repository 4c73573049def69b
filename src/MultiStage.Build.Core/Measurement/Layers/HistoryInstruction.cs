using System.Text.RegularExpressions;

namespace MultiStage.Build.Measurement.Layers;

/// <summary>
/// Reads the <c>created_by</c> texts of an image's history. Both builders wrap the Dockerfile's instruction: the classic one as
/// <c>/bin/sh -c #(nop) CMD ["sh"]</c> and <c>|1 A=b /bin/sh -c make</c>, BuildKit as <c>RUN |1 A=b /bin/sh -c make # buildkit</c>.
/// </summary>
internal static partial class HistoryInstruction
{
    private const string NoOperation = "/bin/sh -c #(nop) ";
    private const string Shell = "/bin/sh -c ";
    private const string BuildKitMark = " # buildkit";

    /// <summary>Takes off what the builders add.</summary>
    /// <param name="createdBy">The text from the history.</param>
    /// <returns>The instruction on one line, such as <c>RUN make</c>; a text that is not a builder's is returned with its blanks
    /// collapsed.</returns>
    public static string Clean(string createdBy)
    {
        var text = Blanks().Replace(createdBy, " ").Trim();
        if (text.StartsWith(NoOperation, StringComparison.Ordinal))
        {
            return ContentHash().Replace(text[NoOperation.Length..].TrimStart(), "$1:$2");
        }

        if (text.EndsWith(BuildKitMark, StringComparison.Ordinal))
        {
            text = text[..^BuildKitMark.Length].TrimEnd();
        }

        if (text.StartsWith("RUN ", StringComparison.Ordinal))
        {
            return "RUN " + WithoutShell(text["RUN ".Length..]);
        }

        return text.StartsWith(Shell, StringComparison.Ordinal) || BuildArguments().IsMatch(text) ? "RUN " + WithoutShell(text) : text;
    }

    /// <summary>
    /// Whether an instruction makes a layer even where it changes no file. BuildKit makes one for every <c>WORKDIR</c> but that of the
    /// root, and for a <c>COPY</c>
    /// of nothing.
    /// </summary>
    /// <param name="createdBy">The text from the history.</param>
    /// <returns>Whether it does; null where the text is not an instruction of a Dockerfile.</returns>
    public static bool? MakesLayer(string createdBy)
    {
        var text = Clean(createdBy);
        return text.Split(' ', 2)[0] switch
        {
            "WORKDIR" => text != "WORKDIR /",
            "RUN" or "COPY" or "ADD" => true,
            "ARG"
            or "CMD"
            or "ENTRYPOINT"
            or "ENV"
            or "EXPOSE"
            or "HEALTHCHECK"
            or "LABEL"
            or "MAINTAINER"
            or "ONBUILD"
            or "SHELL"
            or "STOPSIGNAL"
            or "USER"
            or "VOLUME" => false,
            _ => null,
        };
    }

    /// <summary>Shortens an instruction to a width, with an ellipsis where something was left out.</summary>
    /// <param name="width">The most characters it may have, at least 2.</param>
    /// <returns>The instruction, or its beginning.</returns>
    public static string Shorten(string text, int width)
    {
        if (text.Length <= width)
        {
            return text;
        }
        // Half a surrogate pair is not a character.
        var end = char.IsHighSurrogate(text[width - 2]) ? width - 2 : width - 1;
        return text[..end].TrimEnd() + "…";
    }

    // The values of build arguments may hold blanks, so the shell that follows them is what is looked for.
    private static string WithoutShell(string command)
    {
        if (BuildArguments().IsMatch(command))
        {
            var shell = command.IndexOf(" " + Shell, StringComparison.Ordinal);
            command = shell >= 0 ? command[(shell + 1)..] : BuildArguments().Replace(command, "");
        }
        return command.StartsWith(Shell, StringComparison.Ordinal) ? command[Shell.Length..] : command;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^\|[0-9]+ (?:[A-Za-z_][A-Za-z0-9_]*=\S* )*")]
    private static partial Regex BuildArguments();

    // The classic builder names what it copied by a hash: twelve digits tell two of them apart.
    [GeneratedRegex(@"\b(file|dir|multi):([0-9a-f]{12})[0-9a-f]{52}\b")]
    private static partial Regex ContentHash();
}
