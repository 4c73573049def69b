using System.Globalization;

namespace MultiStage.Build.Tests.Reporting;

/// <summary>A clock that stands still.</summary>
internal sealed class Clock(DateTimeOffset now) : TimeProvider
{
    public static Clock At(string now) => new(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture));

    public override DateTimeOffset GetUtcNow() => now;
}
