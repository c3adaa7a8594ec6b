using FieldMedic.Dashboard.Tests.Harness;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace FieldMedic.Dashboard.Tests.Harness;

/// <summary>One real browser for all tests, the machine's own. It is started with the first page.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";
    private static readonly string[] Flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A new page that notes what a page must not do; skips the test where there is no browser.</summary>
    internal async Task<Tab> OpenAsync(bool isDark = false, bool isPhone = false, bool hasScript = true)
    {
        if (Environment.GetEnvironmentVariable("FIELDMEDIC_REQUIRE_CHROMIUM") == "1" || Environment.GetEnvironmentVariable("CI") == "true")
        {
            File.Exists(Program).ShouldBeTrue("chromium is required here and missing");
        }

        Assert.SkipUnless(File.Exists(Program), "chromium is missing (apt-get install chromium)");
        await StartAsync();
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = isPhone ? new ViewportSize { Width = 375, Height = 740 } : new ViewportSize { Width = 1200, Height = 850 },
            JavaScriptEnabled = hasScript,
            ReducedMotion = ReducedMotion.Reduce,
        });
        return new Tab(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    private async Task StartAsync()
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = Flags });
        }
        finally
        {
            _gate.Release();
        }
    }
}
