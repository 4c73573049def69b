using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;

namespace MultiStage.Build.Tasks;

/// <summary>Builds variants of the image, tries each out and measures it.</summary>
[MSBuildMultiThreadableTask]
public sealed class ExploreImages : VariantTask
{
    /// <summary><c>ContainerVariants</c>.</summary>
    public string Wanted { get; set; } = "";

    /// <summary><c>ContainerVariantCheck</c>.</summary>
    public string Check { get; set; } = "";

    /// <summary><c>ContainerExploreTimeout</c>.</summary>
    public string Limit { get; set; } = "";

    /// <summary><c>ContainerBuildEngine</c>.</summary>
    public string EngineName { get; set; } = "";

    /// <summary><c>ContainerPublishMode</c>.</summary>
    public string PublishMode { get; set; } = "";

    /// <summary><c>ContainerBuilder</c>.</summary>
    public string Builder { get; set; } = "";

    /// <summary><c>ContainerHealthcheckInterval</c>; this and the following count for an image without a health check of its own.</summary>
    public string Interval { get; set; } = "";

    /// <summary><c>ContainerHealthcheckTimeout</c>.</summary>
    public string Timeout { get; set; } = "";

    /// <summary><c>ContainerHealthcheckStartPeriod</c>.</summary>
    public string StartPeriod { get; set; } = "";

    /// <summary><c>ContainerHealthcheckRetries</c>.</summary>
    public string Retries { get; set; } = "";

    /// <summary><c>ContainerSizeReportDirectory</c>.</summary>
    public string ReportDirectory { get; set; } = "";

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken) =>
        new ExploreTarget(run)
        {
            Host = Host,
            RestoreFolder = RestoreFolder,
            Items = Items,
            Wanted = Wanted,
            Check = Check,
            Limit = Limit,
            Engine = EngineName,
            Builder = Builder,
            PublishMode = PublishMode,
            Timing = (Interval, Timeout, StartPeriod, Retries),
            ReportDirectory = ReportDirectory,
        }.RunAsync(cancellationToken);
}
