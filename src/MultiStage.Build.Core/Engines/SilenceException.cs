using System.Globalization;

namespace MultiStage.Build.Engines;

/// <summary>A daemon or a registry said nothing for longer than it may.</summary>
/// <param name="limit">How long it may.</param>
/// <param name="setting">The property that says so.</param>
internal sealed class SilenceException(TimeSpan limit, string setting)
    : IOException(string.Create(CultureInfo.InvariantCulture, $"it said nothing for {limit.TotalSeconds:0.#} s ({setting})"))
{
    /// <summary>Finds what an exception comes from.</summary>
    /// <param name="exception">The exception, as a client library may have wrapped it.</param>
    /// <returns>The silence; null where it was none.</returns>
    public static SilenceException? In(Exception? exception)
    {
        while (exception is not (null or SilenceException))
        {
            exception = exception.InnerException;
        }

        return (SilenceException?)exception;
    }
}
