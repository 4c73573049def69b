using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>Reads a property that is on or off.</summary>
internal static class SwitchSetting
{
    /// <summary>Reads it; a typo must not switch off what guards an image.</summary>
    /// <param name="value">Its value, in any casing; empty for <c>false</c>.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>.</exception>
    public static bool Parse(string property, string value) =>
        value.ToUpperInvariant() switch
        {
            "TRUE" => true,
            "FALSE" or "" => false,
            _ => throw Codes.ValueNotUnderstood.ErrorAbout(property, property, value, "true or false"),
        };
}
