using PuppeteerSharp;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>A headless browser that <c>./build/setup.sh --browser</c> found or installed, one for all tests.</summary>
public static class Browser
{
    private static readonly string[] Names =
    [
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "chrome",
    ];

    private static readonly Lazy<Task<IBrowser>> One = new(async () =>
        await Puppeteer.LaunchAsync(
            new LaunchOptions
            {
                ExecutablePath = Find(),
                Headless = true,
                Timeout = 120_000,
                // The pages are our own, and a container's root may not start the sandbox.
                Args = ["--no-sandbox", "--disable-gpu", "--hide-scrollbars"],
                DumpIO = false,
            }
        )
    );

    /// <summary>Opens an HTML file, without network.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="width">The window's width in CSS pixels.</param>
    /// <param name="dark">Whether the reader prefers dark colours.</param>
    /// <returns>The page, and what it said and asked for.</returns>
    public static async Task<OpenedPage> OpenAsync(string path, int width = 1280, bool dark = false)
    {
        var page = await (await One.Value).NewPageAsync();
        var opened = new OpenedPage(page);
        page.Console += (_, message) => opened.Said.Add(message.Message.Text);
        page.PageError += (_, error) => opened.Said.Add(error.Message);
        page.Request += (_, request) => opened.Requests.Add(request.Request.Url);
        page.DefaultTimeout = 120_000;
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900 });
        await page.EmulateMediaFeaturesAsync([
            new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = dark ? "dark" : "light" },
        ]);
        await page.GoToAsync(
            new Uri(path).AbsoluteUri,
            new NavigationOptions { Timeout = 120_000, WaitUntil = [WaitUntilNavigation.Load] }
        );
        await page.WaitForSelectorAsync("html[data-ready]");
        return opened;
    }

    /// <summary>Ends the browser.</summary>
    public static async Task CloseAsync()
    {
        if (One.IsValueCreated)
        {
            await (await One.Value).CloseAsync();
        }
    }

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("MULTISTAGE_TEST_BROWSER") is { Length: > 0 } named)
        {
            return named;
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var found = Names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.IsNotNull(found, "There is no browser to test the report's page in; run ./build/setup.sh --browser");
        return found;
    }
}

/// <summary>A page in the browser.</summary>
/// <param name="Page">The page.</param>
public sealed record OpenedPage(IPage Page) : IAsyncDisposable
{
    /// <summary>What it wrote to the console, errors and refusals of its policy among it.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Said { get; } = [];

    /// <summary>What it asked for, itself included.</summary>
    public System.Collections.Concurrent.ConcurrentBag<string> Requests { get; } = [];

    /// <summary>Evaluates an expression.</summary>
    /// <param name="expression">The JavaScript expression.</param>
    /// <typeparam name="T">Its type.</typeparam>
    public Task<T> GetAsync<T>(string expression) => Page.EvaluateExpressionAsync<T>(expression);

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
