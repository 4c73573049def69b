using System.Collections.Immutable;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;
using MultiStage.Build.Reporting;
using MultiStage.Build.Tests.Budgets;

namespace MultiStage.Build.Tests.Reporting;

/// <summary>A report that has everything: a baseline, a breakdown, waste, hints, and a verdict of each kind.</summary>
internal static class GrownReport
{
    private const string Base = "mcr.microsoft.com/dotnet/aspnet:10.0";

    private static readonly FileOrigin s_skia = new(OriginKind.Package, "SkiaSharp.NativeAssets.Win32", "2.88.9");
    private static readonly FileOrigin s_serilog = new(OriginKind.Package, "Serilog", "4.3.0");
    private static readonly FileOrigin s_app = new(OriginKind.App, "Shop.Web");
    private static readonly FileOrigin s_run = new(OriginKind.Other, "RUN apt-get update && apt-get install -y fonts");

    public static ImageSizes Sizes { get; } =
        new(
            "sha256:5f2b8c1d9e0a4b7c5f2b8c1d9e0a4b7c5f2b8c1d9e0a4b7c5f2b8c1d9e0a4b7c",
            Platform.Parse("linux/amd64"),
            new ImageBase(Base, 210_300_000, 2),
            [
                new("sha256:00", "# debian.sh --arch 'amd64' out/ 'bookworm'", 87_300_000, true),
                new("sha256:01", "COPY /dotnet /usr/share/dotnet", 123_000_000, true),
                new("sha256:02", "RUN dd if=/dev/urandom of=/opt/blob bs=1000 count=26200", 26_200_000, false),
                new("sha256:03", "RUN rm /opt/blob && apt-get update && apt-get install -y fonts", 10_000_000, false),
                new("sha256:04", "COPY --link --from=builder /publish/ /app/", 77_800_000, false),
            ],
            Exact: true
        );

    public static SizeBreakdown Breakdown { get; } =
        new(
            Sizes.ImageId,
            "/",
            [
                new("/app/Serilog.dll", 500_000, FileKind.Managed, s_serilog) { Layer = 4 },
                new("/app/Shop.Web.dll", 1_500_000, FileKind.Managed, s_app) { Layer = 4 },
                new("/app/Shop.Web.pdb", 500_000, FileKind.Symbols, s_app) { Layer = 4 },
                new("/app/de/Shop.Web.resources.dll", 300_000, FileKind.Resource, s_app) { Layer = 4, Culture = "de" },
                new("/app/runtimes/osx/native/libSkiaSharp.dylib", 39_700_000, FileKind.Native, s_skia) { Layer = 4, Rid = "osx" },
                new("/app/runtimes/win-x64/native/libSkiaSharp.dll", 25_300_000, FileKind.Native, s_skia) { Layer = 4, Rid = "win-x64" },
                new("/app/wwwroot/<img src=x onerror=alert(1)>.js", 10_000_000, FileKind.Static, s_app) { Layer = 4 },
                new("/usr/share/fonts/dejavu.ttf", 3_000_000, FileKind.Other, s_run) { Layer = 3 },
                new("/var/lib/apt/lists/deb_main_Packages", 7_000_000, FileKind.Other, s_run) { Layer = 3 },
            ]
        )
        {
            Wasted = [new("/opt/blob", 26_200_000, 2, 3, WasteKind.Deleted)],
        };

    public static BudgetSettings Settings { get; } =
        new SetBudgets
        {
            Total = "320MB",
            App = "120MB",
            LayerCount = "5",
            Wasted = "20MB",
            Paths = [new("assets", "/app/wwwroot/**", "9MB")],
            Growth = "5%;3MB",
            WarnAt = "95%",
            Waivers =
            [
                new("ContainerWastedSizeBudget", "2027-03-31", "the blob moves to a volume", "30MB"),
                new("assets", "2026-01-31", "the bundle is split", "12MB"),
            ],
        }.Read();

    public static BaselineFound Baseline { get; } =
        new(
            new(
                "unpacked-bytes/1",
                Platform.Parse("linux/amd64"),
                new(Base, SizeBaseline.ChainId(["sha256:00", "sha256:01"]), 210_300_000),
                297_700_000,
                [
                    new("RUN dd if=/dev/urandom of=/opt/blob bs=1000 count=26200", 26_200_000),
                    new("RUN rm /opt/blob && apt-get update && apt-get install -y fonts", 10_000_000),
                    new("COPY --link --from=builder /publish/ /app/", 51_200_000),
                ]
            )
            {
                Origins = new Dictionary<string, long>
                {
                    ["app Shop.Web"] = 11_000_000,
                    ["other RUN apt-get update && apt-get install -y fonts"] = 10_000_000,
                    ["package Serilog/4.2.0"] = 500_000,
                    ["package SkiaSharp.NativeAssets.Win32/2.88.8"] = 39_700_000,
                }.ToImmutableSortedDictionary(StringComparer.Ordinal),
                Files = new Dictionary<string, long>
                {
                    ["/app/Serilog.dll"] = 500_000,
                    ["/app/Shop.Web.dll"] = 1_000_000,
                    ["/app/runtimes/osx/native/libSkiaSharp.dylib"] = 39_700_000,
                    ["/app/wwwroot/old.js"] = 10_000_000,
                }.ToImmutableSortedDictionary(StringComparer.Ordinal),
                FilesFrom = SizeBaseline.SmallestFile,
            },
            "src/Web/Web.size.json"
        );

    public static BaselinePlace Place { get; } =
        new("src/Web/Web.size.json", "dotnet msbuild src/Web/Web.csproj -t:UpdateMultiStageSizeBaseline");

    public static SizeReport Report { get; } = Of(new MeasuredImage(Sizes) { Breakdown = Breakdown }, Baseline);

    public static IReadOnlyList<FoundProblem> Problems { get; } =
    [
        .. SizeProblems
            .Of(Report, Settings, Place)
            .Select(problem => new FoundProblem(problem.Diagnostic, "src/Web/Web.csproj", 31, 5, problem.Subject)),
    ];

    public static SizeReport Of(MeasuredImage measured, BaselineFound? baseline) =>
        new(
            "registry.example.com/shop/web:1.4.0",
            "runtime",
            measured,
            ImageVerdicts.Of(measured, Settings, baseline?.Compare(measured), Clock.At("2026-11-25T12:00:00Z"))
        )
        {
            Comparison = baseline?.Compare(measured),
            Hints = SizeHints.Of(measured, isFinalStage: true),
        };
}
