using MultiStage.Build.Budgets;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Reporting;
using MultiStage.Build.Tests.Budgets;

namespace MultiStage.Build.Tests.Reporting;

/// <summary>Reports of images that look like real ones.</summary>
internal static class TestReports
{
    private static readonly (string CreatedBy, long Bytes)[] s_aspnet =
    [
        ("# debian.sh --arch 'amd64' out/ 'bookworm'", 74_801_302),
        ("RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates libc6", 10_412_008),
        ("RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet", 24),
        ("COPY /dotnet /usr/share/dotnet", 22_986_666),
    ];

    /// <summary>An image within its budget.</summary>
    public static SizeReport Passing { get; } =
        Report(
            "web:latest",
            "runtime",
            "120MB",
            "mcr.microsoft.com/dotnet/aspnet:10.0",
            s_aspnet,
            ("WORKDIR /app", 0),
            ("COPY --link /app/packages .", 2_950_112),
            ("COPY --link /app/publish .", 211_934)
        );

    /// <summary>An image over its budget, with instructions that do not fit.</summary>
    public static SizeReport Failing { get; } =
        Report(
            "registry.example.com/shop/web:1.4.0",
            "runtime",
            "150MB",
            "mcr.microsoft.com/dotnet/aspnet@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
            s_aspnet,
            (
                "RUN apt-get update && apt-get install -y --no-install-recommends fonts-dejavu-core fontconfig && rm -rf "
                    + "/var/lib/apt/lists/*",
                12_300_456
            ),
            ("", 950_000),
            ("WORKDIR /app", 0),
            ("COPY /app/publish .", 77_312_045)
        );

    /// <summary>An image one byte over its budget.</summary>
    public static SizeReport ByOneByte { get; } =
        Report("web:latest", "runtime", "120MB", "busybox:latest", [("", 4_000_000)], ("COPY /app .", 116_000_001));

    /// <summary>An image of a single file, with no base image, no budget and no known stage.</summary>
    public static SizeReport FromScratch { get; } = Report("health:latest", null, null, null, [], ("COPY /health /health", 1_400_312));

    /// <summary>An image whose base image was not there, as large as its limit, and measured with an error.</summary>
    public static SizeReport BaseUnknown { get; } =
        Report("web:latest", "runtime", "5MB", "private.example.com/base:3", [], ("COPY a /", 4_000_000), ("COPY b /", 1_000_000)) switch
        {
            var report => report with
            {
                Measured = new(report.Sizes with { Base = new ImageBase("private.example.com/base:3", null, null), Exact = false }),
            },
        };

    private static SizeReport Report(
        string image,
        string? stage,
        string? budget,
        string? origin,
        (string CreatedBy, long Bytes)[] inherited,
        params (string CreatedBy, long Bytes)[] own
    )
    {
        var layers = inherited
            .Concat(own)
            .Select((layer, i) => new LayerSize($"sha256:{i:x64}", layer.CreatedBy, layer.Bytes, i < inherited.Length));
        var sizes = new ImageSizes(
            "sha256:5f2b8c1d9e0a4b7c5f2b8c1d9e0a4b7c5f2b8c1d9e0a4b7c5f2b8c1d9e0a4b7c",
            Platform.Parse("linux/amd64"),
            origin is null ? null : new ImageBase(origin, inherited.Sum(layer => layer.Bytes), inherited.Length),
            [.. layers],
            true
        );
        return new SizeReport(
            image,
            stage,
            new(sizes),
            BudgetEvaluator.Evaluate(
                new(sizes),
                new SetBudgets { Total = budget ?? "" }
                    .Read()
                    .Budgets
            )
        );
    }
}
