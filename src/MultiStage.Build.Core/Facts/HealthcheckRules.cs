using System.Globalization;

namespace MultiStage.Build.Facts;

/// <summary>Reads the health check's properties.</summary>
public static class HealthcheckRules
{
    /// <summary>Reads <c>ContainerHealthcheckRetries</c>.</summary>
    /// <param name="value">Its value; empty for none.</param>
    /// <exception cref="MultiStageException"><see cref="Diagnostics.ValueNotUnderstood"/>.</exception>
    /// <returns>The number; null where none is given.</returns>
    public static int? Retries(string value)
    {
        if (value.Length == 0)
        {
            return null;
        }

        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw Diagnostics.ValueNotUnderstood.ErrorAbout("ContainerHealthcheckRetries", "ContainerHealthcheckRetries", value, "a whole number from 1 on");
    }
}
