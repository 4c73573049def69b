using System.Globalization;
using System.Text.RegularExpressions;

namespace MultiStage.Build.Engines.Progress;

/// <summary>A builder's name for a step, taken apart for showing: <c>[builder 4/7] RUN --mount=… dotnet restore</c>.</summary>
/// <param name="Stage">The stage; empty where the builder does not say.</param>
/// <param name="Number">The step's number in its stage; 0 for what the builder does on its own account.</param>
/// <param name="Count">How many steps the stage has.</param>
/// <param name="Instruction">The instruction on one line, without the flags that tell only the builder something.</param>
internal sealed partial record StepName(string Stage, int Number, int Count, string Instruction)
{
    /// <summary>Whether the step runs a command, which is what takes time.</summary>
    public bool IsRun => Instruction.StartsWith("RUN ", StringComparison.Ordinal);

    /// <summary>Whether the step looks up or fetches a base image.</summary>
    public bool IsBase => Instruction.StartsWith("FROM ", StringComparison.Ordinal);

    /// <summary>Whether the step is none of the Dockerfile's, such as reading the context or writing the image.</summary>
    public bool IsInternal => Number == 0;

    /// <summary>The stage and the number, such as <c>[builder 4/7]</c>; empty for an internal step.</summary>
    public string Tag => TagOf(Number);

    /// <summary>The whole name.</summary>
    public string Text => IsInternal ? Instruction : $"{Tag} {Instruction}";

    /// <summary>Takes a name apart.</summary>
    public static StepName Parse(string name)
    {
        if (Numbered().Match(name) is not { Success: true } match)
        {
            return new("", 0, 0, Plain(name));
        }

        var instruction = Flags().Replace(White().Replace(match.Groups["instruction"].Value, " "), "");
        return new(match.Groups["stage"].Value, Number("number"), Number("count"), instruction);

        int Number(string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <summary>The tag of several steps in a row that end with this one.</summary>
    /// <param name="first">The first one's number.</param>
    /// <returns>The tag, such as <c>[builder 1-4/7]</c>.</returns>
    public string TagFrom(int first) => first == Number ? Tag : TagOf($"{first}-{Number}");

    private string TagOf(object numbers) =>
        IsInternal ? ""
        : Stage.Length == 0 ? $"[{numbers}/{Count}]"
        : $"[{Stage} {numbers}/{Count}]";

    private static string Plain(string name) =>
        name switch
        {
            "copy /context /" => "unpacking the context",
            "[internal] load remote build context" => "receiving the context",
            "exporting to image" => "writing the image",
            _ when name.StartsWith("[internal] load metadata for ", StringComparison.Ordinal) => "looking up "
                + name["[internal] load metadata for ".Length..],
            _ => White().Replace(name.StartsWith("[internal] ", StringComparison.Ordinal) ? name["[internal] ".Length..] : name, " "),
        };

    [GeneratedRegex(@"^\[(?<stage>.*?) *(?<number>\d+)/(?<count>\d+)\] (?<instruction>.*)$", RegexOptions.Singleline)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"(?<=^(RUN|COPY|ADD)( --\S+)*) --(?!from=)\S+")]
    private static partial Regex Flags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex White();
}
