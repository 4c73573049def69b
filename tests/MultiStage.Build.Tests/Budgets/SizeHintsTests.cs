using System.Collections.Immutable;
using System.Globalization;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Measurement.Layers;

namespace MultiStage.Build.Tests.Budgets;

[TestClass]
public sealed class SizeHintsTests
{
    private static readonly FileOrigin s_app = new(OriginKind.App, "App", "1.0.0");
    private static readonly FileOrigin s_package = new(OriginKind.Package, "Native", "1.0.0");

    [TestMethod]
    [DataRow(
        "linux/amd64",
        "mcr.microsoft.com/dotnet/aspnet:10.0",
        "win-x64 win-x86 win10-x64 osx osx-arm64 linux-arm64 linux-musl-x64 linux-x86 browser maccatalyst-arm64 alpine-x64",
        "linux-x64 linux unix any debian-x64 ubuntu.22.04-x64 base"
    )]
    [DataRow("linux/arm64/v8", "mcr.microsoft.com/dotnet/aspnet:10.0", "linux-x64 win-arm64 linux-musl-arm64", "linux-arm64 unix")]
    [DataRow(
        "linux/amd64",
        "mcr.microsoft.com/dotnet/aspnet:10.0-alpine",
        "win-x64 linux-musl-arm64",
        "linux-musl-x64 linux-x64 linux",
        DisplayName = "musl, where packages fall back to glibc's"
    )]
    [DataRow(
        "linux/amd64",
        "registry.example.com/base:1",
        "win-x64 linux-arm64",
        "linux-musl-x64 linux-x64",
        DisplayName = "a base image that does not tell its libc"
    )]
    [DataRow("linux/mips64le", null, "", "win-x64 linux-x64", DisplayName = "a platform that .NET does not have")]
    public void Native_files_for_other_platforms_are_told_and_those_of_use_are_not(
        string platform,
        string? baseImage,
        string other,
        string own
    )
    {
        var files = $"{other} {own}"
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((rid, i) => new AppFile($"/app/runtimes/{rid}/native/lib.so", 1L << i + 17, FileKind.Native, s_package) { Rid = rid })
            .ToImmutableArray();
        var expected = other.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var hint = Of(files, baseImage, platform).SingleOrDefault(hint => hint.Kind == HintKind.OtherPlatforms);
        Assert.AreEqual(files.Where(file => expected.Contains(file.Rid)).Sum(file => file.Bytes), hint?.Bytes ?? 0);
        if (hint is not null)
        {
            Assert.Contains("Native 1.0.0", hint.What);
        }
    }

    [TestMethod]
    public void Languages_and_symbols_are_measured()
    {
        var hints = Of([
            new("/app/de/App.resources.dll", 150_000, FileKind.Resource, s_package) { Culture = "de" },
            new("/app/cs/App.resources.dll", 150_000, FileKind.Resource, s_package) { Culture = "cs" },
            new("/app/App.pdb", 200_000, FileKind.Symbols, s_app),
            new("/app/Native.pdb", 180_000, FileKind.Symbols, s_package),
            new("/app/App.dll", 900_000, FileKind.Managed, s_package),
        ]);
        Assert.AreEqual(
            """
            300 kB are satellite assemblies for 2 languages: cs, de (Native 1.0.0); name the languages that the app speaks in SatelliteResourceLanguages, such as en
            200 kB are debug symbols (/app/App.pdb); set DebugType to none in Directory.Build.props, or to embedded where stack traces need line numbers
            180 kB are debug symbols (/app/Native.pdb); set CopyDebugSymbolFilesFromPackages to false
            """.ReplaceLineEndings("\n"),
            string.Join('\n', hints)
        );
    }

    [TestMethod]
    public void Languages_that_the_projects_speak_are_left_alone() =>
        Assert.IsEmpty(Of([new("/app/de/App.resources.dll", 300_000, FileKind.Resource, s_app) { Culture = "de" }]));

    [TestMethod]
    public void Source_maps_are_told_where_the_project_can_leave_them_out() =>
        Assert.AreEqual(
            "280 kB are source maps of scripts and styles (/app/wwwroot/js/site.js.map, /app/wwwroot/js/site.js.map.gz); "
                + "keep them out with <Content Remove=\"wwwroot/**/*.map\" /> in the project",
            Of([
                    new("/app/wwwroot/js/site.js.map", 200_000, FileKind.Static, s_app),
                    new("/app/wwwroot/js/site.js.map.gz", 80_000, FileKind.Static, s_app),
                    new("/app/wwwroot/_content/Library/site.js.map", 200_000, FileKind.Static, s_app),
                    new("/app/wwwroot/world.maps", 200_000, FileKind.Static, s_app),
                ])
                .Single()
                .ToString()
        );

    [TestMethod]
    public void Symbols_of_native_code_are_stripped() =>
        Assert.Contains("StripSymbols", Of([new("/app/App.dbg", 200_000, FileKind.Symbols, s_package)]).Single().Do);

    [TestMethod]
    [DataRow(149, false)]
    [DataRow(150, true)]
    public void An_untrimmed_runtime_is_told_without_a_number(int assemblies, bool told)
    {
        var hints = Of([
            .. Enumerable
                .Range(0, assemblies)
                .Select(i => new AppFile(
                    string.Create(CultureInfo.InvariantCulture, $"/app/System.{i}.dll"),
                    10_000,
                    FileKind.Managed,
                    new FileOrigin(OriginKind.Runtime, "Microsoft.NETCore.App.Runtime.linux-x64", "10.0.0")
                )),
        ]);
        Assert.AreEqual(told, hints.Any(hint => hint is { Kind: HintKind.Trimming, Bytes: null }));
    }

    [TestMethod]
    [DataRow("/var/lib/apt/lists/deb_main", "rm -rf /var/lib/apt/lists/*")]
    [DataRow("/root/.nuget/packages/a/b.dll", "in a separate stage")]
    [DataRow("/tmp/x", "in the step that writes it")]
    [DataRow("/var/cache/apk/x", "apk add --no-cache")]
    public void What_package_managers_leave_behind_is_told_with_the_step_that_did(string path, string instead)
    {
        var hint = Of([new(path, 500_000, FileKind.Other, s_package) { Layer = 1 }]).Single();
        Assert.AreEqual((HintKind.Caches, 500_000L), (hint.Kind, hint.Bytes ?? 0));
        Assert.Contains("left behind by 'RUN apt-get install fonts'", hint.What);
        Assert.Contains(instead, hint.Do);
    }

    [TestMethod]
    public void What_a_later_layer_deletes_or_changes_is_told_with_both_steps()
    {
        var hints = Of(
            [],
            wasted:
            [
                new("/opt/a", 400_000, 1, 2, WasteKind.Deleted),
                new("/opt/b", 300_000, 1, 2, WasteKind.Deleted),
                new("/app/c", 200_000, 1, 2, WasteKind.Overwritten),
                new("/usr/lib/of-the-base", 9_000_000, 0, 2, WasteKind.Deleted),
            ]
        );
        Assert.AreEqual(
            """
            700 kB in 'RUN apt-get install fonts' (/opt/a and 1 more) are deleted again by 'RUN chown -R app /app'; delete them in the step that makes them, as a layer keeps what it has
            200 kB in 'RUN apt-get install fonts' (/app/c) are there twice because of 'RUN chown -R app /app'; set owner and mode with COPY --chown and --chmod instead
            """.ReplaceLineEndings("\n"),
            string.Join('\n', hints)
        );
    }

    [TestMethod]
    [DataRow("mcr.microsoft.com/dotnet/sdk:10.0", true, HintKind.Sdk)]
    [DataRow("mcr.microsoft.com/dotnet/sdk:10.0", false, null, DisplayName = "a builder is one")]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0", true, HintKind.BaseVariant)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0@sha256:00", true, HintKind.BaseVariant)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", true, null)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0-alpine", true, null)]
    [DataRow("registry.example.com/base:1", true, null, DisplayName = "of which nothing is known")]
    internal void Base_images_are_judged_by_what_they_are(string baseImage, bool isFinal, HintKind? kind)
    {
        var sizes = new ImageSizes(
            "sha256:0",
            Platform.Parse("linux/amd64"),
            new ImageBase(baseImage, 300_000_000, 2),
            [
                new("sha256:a", "# debian.sh", 100_000_000, true),
                new("sha256:b", "COPY /dotnet /usr/share/dotnet", 200_000_000, true),
                new("sha256:c", "COPY . /app", 1_000, false),
            ],
            true
        );
        var hint = SizeHints.Of(new MeasuredImage(sizes), isFinal).SingleOrDefault();
        Assert.AreEqual(kind, hint?.Kind);
        Assert.IsNull(hint?.Bytes, "Another image's size is not known here.");
    }

    [TestMethod]
    public void A_chiseled_base_is_not_offered_to_an_image_that_runs_steps() =>
        Assert.IsEmpty(Of([], "mcr.microsoft.com/dotnet/aspnet:10.0"));

    [TestMethod]
    public void Without_evidence_there_is_no_hint() => Assert.IsEmpty(Of([new("/app/App.dll", 90_000_000, FileKind.Managed, s_package)]));

    [TestMethod]
    [DataRow(99_999, 0)]
    [DataRow(100_000, 1)]
    public void A_small_saving_is_not_worth_a_line(long bytes, int hints) =>
        Assert.HasCount(hints, Of([new("/tmp/x", bytes, FileKind.Other, s_package) { Layer = 1 }]));

    private static ImmutableArray<SizeHint> Of(
        ImmutableArray<AppFile> files,
        string? baseImage = "registry.example.com/base:1",
        string platform = "linux/amd64",
        ImmutableArray<WastedFile>? wasted = null
    )
    {
        var sizes = new ImageSizes(
            "sha256:0",
            Platform.Parse(platform),
            baseImage is null ? null : new ImageBase(baseImage, 100_000_000, 1),
            [
                new("sha256:a", "# debian.sh", 100_000_000, true),
                new("sha256:b", "RUN apt-get install fonts", 1_000_000, false),
                new("sha256:c", "RUN chown -R app /app", 1_000_000, false),
            ],
            true
        );
        return SizeHints.Of(
            new MeasuredImage(sizes) { Breakdown = new SizeBreakdown("sha256:0", "/", files) { Wasted = wasted ?? [] } },
            isFinalStage: true
        );
    }
}
