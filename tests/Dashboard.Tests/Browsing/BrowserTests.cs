using System.Runtime.CompilerServices;
using Deque.AxeCore.Playwright;
using FieldMedic.Dashboard.Tests.Harness;
using Microsoft.Playwright;

namespace FieldMedic.Dashboard.Tests.Browsing;

/// <summary>Every page in a real browser: light, dark, on a phone, by keyboard, without a script.</summary>
public sealed class BrowserTests(Chromium chromium)
{
    private static readonly (string Path, string Name)[] Places = [("/", "overview"), ("/systems", "systems"), ("/incidents", "incidents"), ("/actions", "actions"), ("/review", "review")];

    /// <summary>What sticks out on the right, where something does.</summary>
    private const string TooWide =
        "document.documentElement.scrollWidth <= window.innerWidth ? '' : [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > window.innerWidth && !e.closest('.scroll')).map(e => e.outerHTML.slice(0, 80)).join('; ')";

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Pages_All_PassAxeAndAskNobodyElse(bool isDark, bool isPhone)
    {
        await using var house = await (await new House().LiveThroughAsync()).StartAsync();
        house.System.Stop("worker");
        await using var tab = await chromium.OpenAsync(isDark, isPhone);
        var incident = house.Journal.Current.Incidents.First(i => i.HasActed);

        foreach (var (path, name) in Places.Append(($"/incidents/{incident.Id}", "incident")))
        {
            await tab.GoAsync(house.Url, path);
            await tab.Page.GetByText("Live", new() { Exact = true }).WaitForAsync();
            if (path == "/systems")
            {
                await tab.Page.Locator("main").GetByText("worker_down/worker").First.WaitForAsync();
            }

            var violations = (await tab.Page.RunAxe()).Violations;
            violations.Select(v => $"{name}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Select(n => n.Html).Take(3))}").ShouldBeEmpty();
            (await tab.Page.EvaluateAsync<string>(TooWide)).ShouldBe("", $"{name} is wider than the window");
            await PictureAsync(tab.Page, $"dashboard-{name}{(isDark ? "-dark" : "")}{(isPhone ? "-phone" : "")}");
        }

        tab.Complaints.ShouldBeEmpty();
        tab.Asked.Keys.Where(host => host.Length > 0).ShouldBe([house.Url.Authority]);
    }

    [Fact]
    public async Task Keyboard_Alone_ReachesThePagesAndTheSwitch()
    {
        await using var house = await new House().StartAsync();
        await using var tab = await chromium.OpenAsync();
        await tab.GoAsync(house.Url, "/");

        await tab.Page.Keyboard.PressAsync("Tab");
        (await FocusedAsync(tab)).ShouldBe("Skip to content");
        await tab.Page.Keyboard.PressAsync("Tab");
        await tab.Page.Keyboard.PressAsync("Tab");
        (await FocusedAsync(tab)).ShouldBe("Systems");
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.WaitForURLAsync("**/systems");
        await tab.Page.Locator("#systems-pause").FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.Locator("#systems-resume").WaitForAsync();

        (await house.Store.PausedAsync("small", House.Token)).ShouldNotBeNull();
        tab.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Script_SwitchedOff_LeavesPlainPagesThatWork()
    {
        await using var house = await (await new House().LiveThroughAsync()).StartAsync();
        await using var tab = await chromium.OpenAsync(hasScript: false);

        await tab.GoAsync(house.Url, "/actions");
        await tab.Page.Locator("#q").FillAsync("no such target");
        await tab.Page.Locator("#filter").ClickAsync();
        await tab.Page.GetByText("0 actions.").WaitForAsync();
        await tab.GoAsync(house.Url, "/systems");
        await tab.Page.Locator("#systems-pause").ClickAsync();
        await tab.Page.Locator("#systems-resume").WaitForAsync();

        (await house.Store.PausedAsync("small", House.Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Markup_InWhatWasMeasured_RunsNowhere()
    {
        var house = new House();
        var id = await house.ResolveAsync(7, "<img src=x onerror=alert(1)>", "<script>alert(2)</script>", "<svg onload=alert(3)>");
        await using var started = await house.StartAsync();
        await using var tab = await chromium.OpenAsync();

        foreach (var path in new[] { "/", "/actions?days=90", $"/incidents/{id}" })
        {
            await tab.GoAsync(house.Url, path);
            await tab.Page.GetByText("Live", new() { Exact = true }).WaitForAsync();
        }

        (await tab.Page.Locator("main img, main script").CountAsync()).ShouldBe(0);
        tab.Complaints.ShouldBeEmpty();
    }

    private static Task<string> FocusedAsync(Tab tab) => tab.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()");

    /// <summary>FIELDMEDIC_PICTURES=1 makes the pictures of the documentation anew.</summary>
    private static async Task PictureAsync(IPage page, string name, [CallerFilePath] string here = "")
    {
        string[] wanted = ["dashboard-overview", "dashboard-overview-dark", "dashboard-overview-phone", "dashboard-incident", "dashboard-systems", "dashboard-actions", "dashboard-review"];
        if (Environment.GetEnvironmentVariable("FIELDMEDIC_PICTURES") == "1" && wanted.Contains(name))
        {
            var folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/images"));
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{name}.png") });
        }
    }
}
