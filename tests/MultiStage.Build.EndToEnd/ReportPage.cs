using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Hints;
using MultiStage.Build.EndToEnd.Harness;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Reporting;
using MultiStage.Build.Reporting.Page;
using MultiStage.Build.Stages.Picture;

namespace MultiStage.Build.EndToEnd;

/// <summary>The report's page in a real browser.</summary>
[TestClass]
public sealed class ReportPage
{
    private const string Hostile = "</script><img src=x onerror=document.title='owned'>.js";

    private static readonly string s_folder = Directory.CreateTempSubdirectory("msb-page-").FullName;

    public required TestContext TestContext { get; init; }

    [ClassCleanup]
    public static async Task End()
    {
        await Browser.CloseAsync();
        Directory.Delete(s_folder, recursive: true);
    }

    [TestMethod]
    [DataRow(1280, false)]
    [DataRow(1280, true)]
    [DataRow(768, false)]
    [DataRow(768, true)]
    [DataRow(390, false)]
    [DataRow(390, true)]
    public async Task It_shows_everything_without_network_on_wide_and_narrow_screens_by_day_and_night(int width, bool dark)
    {
        await using var page = await Browser.OpenAsync(Small(), width, dark);
        await TakePictureAsync(page, $"page-{width}-{(dark ? "dark" : "light")}.png");
        Assert.IsEmpty(page.Said);
        Assert.HasCount(1, page.Requests);
        Assert.AreEqual("web:latest: image size", await page.GetAsync<string>("document.title"));
        Assert.AreEqual("web:latest", await page.GetAsync<string>("document.querySelector('h1').textContent"));
        Assert.AreEqual("broken", await page.GetAsync<string>("document.querySelector('#budget-list .state').textContent"));
        Assert.StartsWith("Over its budget: ", await page.GetAsync<string>("document.getElementById('verdict').textContent"));
        Assert.StartsWith("Native ", await page.GetAsync<string>("document.querySelector('#change-list .what').textContent"));
        Assert.IsTrue(
            await page.GetAsync<bool>(
                "[...document.querySelectorAll('.broken .bar')].every(bar => bar.querySelector('b').offsetLeft < bar.querySelector('i').offsetWidth)"
            ),
            "What is over its limit does not reach beyond the mark."
        );
        Assert.AreEqual(0, await page.GetAsync<int>("document.querySelectorAll('img').length"));
        Assert.AreEqual(2, await page.GetAsync<int>("document.querySelectorAll('#hint-list li').length"));
        Assert.IsTrue(
            await page.GetAsync<bool>("!document.getElementById('stages').hidden && document.querySelector('#stages svg') !== null")
        );
        Assert.AreEqual(
            "builder",
            await page.GetAsync<string>(
                "[...document.querySelectorAll('#stages text')].map(text => text.textContent).find(text => text === 'builder')"
            )
        );
        Assert.IsGreaterThan(
            12.0,
            await page.GetAsync<double>("document.querySelector('#stages text').getBoundingClientRect().height"),
            "The stages cannot be read."
        );
        Assert.IsTrue(await page.GetAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
        var light = await page.GetAsync<int>(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).reduce((a, b) => a + +b, 0)"
        );
        Assert.AreEqual(dark, light < 384, "The page is not as light as the reader wants it.");
        // Of the whole image, with its base.
        await page.Page.FocusAsync("#map");
        await page.Page.Keyboard.PressAsync("Home");
        Assert.IsGreaterThanOrEqualTo(
            5,
            await page.GetAsync<int>(
                """
                (() => { const c = document.getElementById('map'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data, s = new Map();
                  for (let i = 0; i < d.length; i += 4) { const k = d[i] << 16 | d[i + 1] << 8 | d[i + 2]; s.set(k, (s.get(k) || 0) + 1); }
                  return [...s.values()].filter(n => n > 500).length; })()
                """
            ),
            "The map is not drawn in the colours of its legend."
        );
    }

    [TestMethod]
    public async Task The_map_is_walked_with_keys_and_says_where_one_is()
    {
        await using var page = await Browser.OpenAsync(Small());
        await page.Page.FocusAsync("#map");
        Assert.StartsWith("app: 110 MB", await DetailAsync());
        await PressAsync("Home", "web:latest: 310 MB, 100 % of the image, +26 MB, 2 parts");
        await PressAsync("ArrowDown", "base mcr.microsoft.com/dotnet/aspnet:10.0: 200 MB");
        await PressAsync("ArrowRight", "app: 110 MB");
        await PressAsync("ArrowDown", "COPY /publish /app: 110 MB");
        await PressAsync("ArrowDown", "Native 2.0.0: 60 MB");
        Assert.AreEqual("polite", await page.GetAsync<string>("document.getElementById('detail').getAttribute('aria-live')"));
        await PressAsync("Enter", "Native 2.0.0: 60 MB");
        Assert.AreEqual("Native 2.0.0", await page.GetAsync<string>("document.querySelector('#trail [aria-current]').textContent"));
        await PressAsync("Escape", "Native 2.0.0: 60 MB");
        Assert.AreEqual("COPY /publish /app", await page.GetAsync<string>("document.querySelector('#trail [aria-current]').textContent"));
        await PressAsync("Home", "web:latest: 310 MB");
        await page.Page.ClickAsync("#trail .aside");
        Assert.StartsWith("base mcr.microsoft.com/dotnet/aspnet:10.0", await DetailAsync());
        await page.Page.FocusAsync("#map");
        // Every control can be reached, and Tab leaves the map.
        await page.Page.Keyboard.PressAsync("Tab");
        Assert.AreNotEqual("map", await page.GetAsync<string>("document.activeElement.id"));

        async Task PressAsync(string key, string expected)
        {
            await page.Page.Keyboard.PressAsync(key);
            Assert.StartsWith(expected, await DetailAsync(), key);
        }

        Task<string> DetailAsync() => page.GetAsync<string>("document.getElementById('detail').textContent");
    }

    [TestMethod]
    public async Task Satellites_and_symbols_stand_together_and_names_break_between_words()
    {
        var humanizer = new FileOrigin(OriginKind.Package, "Humanizer.Core.With.A.Long.Name", "2.14.1");
        AppFile File(string path, FileKind kind) => new(path, 1_000_000, kind, humanizer) { Layer = 1 };
        var measured = new MeasuredImage(Sizes(5_000_000))
        {
            Breakdown = new SizeBreakdown(
                "sha256:0",
                "/",
                [
                    File("/app/Humanizer.dll", FileKind.Managed),
                    File("/app/de/Humanizer.resources.dll", FileKind.Resource),
                    File("/app/fr/Humanizer.resources.dll", FileKind.Resource),
                    File("/app/Humanizer.pdb", FileKind.Symbols),
                    File("/app/Humanizer.More.pdb", FileKind.Symbols),
                ]
            ),
        };
        await using var page = await Browser.OpenAsync(Write("together.html", Report(measured, null)), 390);

        await page.Page.ClickAsync("#tabs [data-view=together]");
        CollectionAssert.AreEquivalent(
            new[]
            {
                "satellite assemblies of Humanizer.Core.With.A.Long.Name 2.14.1",
                "debug symbols of Humanizer.Core.With.A.Long.Name 2.14.1",
            },
            await page.GetAsync<string[]>("[...document.querySelectorAll('#rows td.name')].map(cell => cell.textContent)")
        );
        Assert.IsGreaterThan(4, await page.GetAsync<int>("document.querySelectorAll('#rows td.name:first-child wbr').length"));
        await page.Page.TypeAsync("#filter", "satellite");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#rows tr').length === 1");
        await page.Page.ClickAsync("#rows button");
        Assert.StartsWith(
            "satellite assemblies of Humanizer.Core.With.A.Long.Name 2.14.1: 2 MB",
            await page.GetAsync<string>("document.getElementById('detail').textContent")
        );
        Assert.IsTrue(await page.GetAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "The page scrolls sideways.");
        Assert.IsEmpty(page.Said);
    }

    [TestMethod]
    public async Task The_table_is_sorted_filtered_and_leads_to_the_map()
    {
        await using var page = await Browser.OpenAsync(Small());
        CollectionAssert.AreEqual(new[] { "Native 2.0.0", "App", "Serilog 4.2.0", "Gone 1.0.0" }, await NamesAsync());
        await page.Page.ClickAsync("th[data-key=name] button");
        CollectionAssert.AreEqual(new[] { "App", "Gone 1.0.0", "Native 2.0.0", "Serilog 4.2.0" }, await NamesAsync());
        Assert.AreEqual("ascending", await page.GetAsync<string>("document.querySelector('th[data-key=name]').getAttribute('aria-sort')"));
        await page.Page.ClickAsync("th[data-key=change] button");
        Assert.AreEqual("Native 2.0.0", (await NamesAsync())[0]);
        await page.Page.ClickAsync("#tabs [data-view=files]");
        await page.Page.TypeAsync("#filter", "ONERROR");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#rows tr').length === 1");
        CollectionAssert.AreEqual(new[] { "/app/wwwroot/" + Hostile }, await NamesAsync());
        await page.Page.ClickAsync("#rows button");
        Assert.StartsWith(
            "/app/wwwroot/" + Hostile + ": 10 MB",
            await page.GetAsync<string>("document.getElementById('detail').textContent")
        );
        Assert.AreEqual("web:latest: image size", await page.GetAsync<string>("document.title"));
        Assert.IsEmpty(page.Said);

        Task<string[]> NamesAsync() =>
            page.GetAsync<string[]>("[...document.querySelectorAll('#rows td.name')].map(cell => cell.textContent)");
    }

    [TestMethod]
    public async Task A_hundred_thousand_files_stay_usable()
    {
        var path = Write("large.html", Large(100_000));
        var clock = Stopwatch.StartNew();
        await using var page = await Browser.OpenAsync(path);
        var loaded = clock.Elapsed;
        await page.Page.ClickAsync("#tabs [data-view=files]");
        Assert.AreEqual("100 of 100,000 shown.", await page.GetAsync<string>("document.getElementById('shown').textContent"));
        await page.Page.ClickAsync("th[data-key=name] button");
        await page.Page.TypeAsync("#filter", "module099999");
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#rows tr').length === 1");
        await page.Page.FocusAsync("#map");
        foreach (var key in new[] { "ArrowDown", "ArrowRight", "ArrowDown", "Enter", "ArrowDown", "Enter", "Home" })
        {
            await page.Page.Keyboard.PressAsync(key);
        }

        Assert.StartsWith("web:latest: ", await page.GetAsync<string>("document.getElementById('detail').textContent"));
        // What the page does in one go, without the rest of the machine's work: the longest is what a reader waits for.
        var longest = await page.GetAsync<double>(
            """
            (() => { const once = act => { const start = performance.now(); act(); return performance.now() - start; };
              const press = key => document.getElementById('map').dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
              return Math.max(once(() => press('ArrowDown')), once(() => press('Enter')), once(() => press('Home')), once(() => document.querySelector('th[data-key=bytes] button').click())); })()
            """
        );
        TestContext.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{new FileInfo(path).Length / 1e6:0.0} MB, loaded in {loaded.TotalSeconds:0.0} s, longest step {longest:0} ms"
            )
        );
        // A quarter of a second on a quiet machine; ten times that is a busy one, and a hundred times a page that draws every file.
        Assert.IsLessThan(5_000, longest);
        Assert.IsLessThan(12_000_000, new FileInfo(path).Length);
        Assert.IsEmpty(page.Said);
    }

    private static string Small()
    {
        var native = new FileOrigin(OriginKind.Package, "Native", "2.0.0");
        var app = new FileOrigin(OriginKind.App, "App");
        var sizes = Sizes(110_000_000);
        var breakdown = new SizeBreakdown(
            "sha256:0",
            "/",
            [
                new("/app/App.dll", 38_000_000, FileKind.Managed, app) { Layer = 1 },
                new("/app/Serilog.dll", 2_000_000, FileKind.Managed, new(OriginKind.Package, "Serilog", "4.2.0")) { Layer = 1 },
                new("/app/runtimes/win-x64/native/a.dll", 60_000_000, FileKind.Native, native) { Layer = 1, Rid = "win-x64" },
                new("/app/wwwroot/" + Hostile, 10_000_000, FileKind.Static, app) { Layer = 1 },
            ]
        );
        var baseline = new BaselineFound(
            new(
                ImageSizes.Definition,
                Platform.Parse("linux/amd64"),
                new("mcr.microsoft.com/dotnet/aspnet:10.0", SizeBaseline.ChainId(["sha256:b"]), 200_000_000),
                284_000_000,
                [new("COPY /publish /app", 84_000_000)]
            )
            {
                Origins = Map(
                    ("package Native/1.0.0", 30_000_000),
                    ("app App", 50_000_000),
                    ("package Serilog/4.2.0", 2_000_000),
                    ("package Gone/1.0.0", 2_000_000)
                ),
                Files = Map(("/app/App.dll", 40_000_000), ("/app/runtimes/win-x64/native/a.dll", 30_000_000)),
                FilesFrom = 65_536,
            },
            "App.size.json"
        );
        return Write("small.html", Report(new MeasuredImage(sizes) { Breakdown = breakdown }, baseline));
    }

    // Wider than a narrow screen, so that the page's own scrolling is seen.
    private static readonly StagePicture s_stages = new(
        [
            new("mcr.microsoft.com/dotnet/sdk:10.0", PictureKind.Image, 0, 0) { IsBuilt = true },
            new("mcr.microsoft.com/dotnet/aspnet:10.0", PictureKind.Image, 0, 1) { IsBuilt = true },
            new("builder", PictureKind.Stage, 1, 0) { IsBuilt = true },
            new("test", PictureKind.Stage, 2, 0),
            new("runtime", PictureKind.Stage, 2, 1)
            {
                IsBuilt = true,
                IsTarget = true,
                IsFinal = true,
            },
        ],
        [
            new("mcr.microsoft.com/dotnet/sdk:10.0", "builder", PictureArrowKind.Base, []),
            new("builder", "test", PictureArrowKind.Base, []),
            new("mcr.microsoft.com/dotnet/aspnet:10.0", "runtime", PictureArrowKind.Base, []),
            new("builder", "runtime", PictureArrowKind.Copy, ["/publish/"]),
        ]
    );

    private static SizeReport Large(int files)
    {
        var origin = new FileOrigin(OriginKind.App, "App");
        ImmutableArray<AppFile> all =
        [
            .. Enumerable
                .Range(0, files)
                .Select(i => new AppFile(
                    string.Create(CultureInfo.InvariantCulture, $"/app/wwwroot/lib/d{i / 50:0000}/module{i:000000}.js"),
                    1000 + i % 977 * 37,
                    FileKind.Static,
                    origin
                )
                {
                    Layer = 1,
                }),
        ];
        return Report(new MeasuredImage(Sizes(all.Sum(file => file.Bytes))) { Breakdown = new SizeBreakdown("sha256:0", "/", all) }, null);
    }

    private static SizeReport Report(MeasuredImage measured, BaselineFound? baseline)
    {
        var settings = BudgetReader.Read(new BudgetProperties { Limits = [new("ContainerSizeBudget", "300MB")] });
        return new SizeReport(
            "web:latest",
            "runtime",
            measured,
            ImageVerdicts.Of(measured, settings, baseline?.Compare(measured), TimeProvider.System)
        )
        {
            Comparison = baseline?.Compare(measured),
            Hints = SizeHints.Of(measured, isFinalStage: true),
        };
    }

    private static ImageSizes Sizes(long app) =>
        new(
            "sha256:0",
            Platform.Parse("linux/amd64"),
            new ImageBase("mcr.microsoft.com/dotnet/aspnet:10.0", 200_000_000, 1),
            [new("sha256:b", "COPY /dotnet /usr/share/dotnet", 200_000_000, true), new("sha256:0", "COPY /publish /app", app, false)],
            true
        );

    private static ImmutableSortedDictionary<string, long> Map(params (string Key, long Bytes)[] sizes) =>
        sizes.ToImmutableSortedDictionary(size => size.Key, size => size.Bytes, StringComparer.Ordinal);

    private static string Write(string name, SizeReport report)
    {
        var path = Path.Combine(s_folder, Guid.NewGuid().ToString("N") + name);
        File.WriteAllText(path, PageReport.Write(report, StageDrawing.Svg(s_stages), _ => ""));
        return path;
    }

    // Kept with the test's results, for people to look at.
    private async Task TakePictureAsync(OpenedPage page, string name)
    {
        var path = Path.Combine(s_folder, name);
        await page.Page.ScreenshotAsync(path, new PuppeteerSharp.ScreenshotOptions { FullPage = true });
        var kept = Path.Combine(TestContext.ResultsDirectory ?? s_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
        File.Copy(path, kept, overwrite: true);
        TestContext.AddResultFile(kept);
    }
}
