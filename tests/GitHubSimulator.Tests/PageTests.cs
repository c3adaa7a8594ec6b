using GitHubSimulator.Tests.Harness;

namespace GitHubSimulator.Tests;

public sealed class PageTests
{
    private static async Task<(string Html, HttpResponseMessage Response)> BrowseAsync(RunningSimulator simulator, string path)
    {
        using var browser = new HttpClient { BaseAddress = simulator.Url };
        browser.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml");
        var response = await browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
    }

    private static Task<RunningSimulator> StartAsync() =>
        SimulatorHost.StartAsync(new SimulatorOptions(), TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x]: javascript:alert(1)\n\n[x]")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("--><script>alert(1)</script><!--")]
    [InlineData("`</code><script>alert(1)</script>`")]
    [InlineData("| a |\n|---|\n| <script>alert(1)</script> |")]
    public async Task IssuePage_HostileText_StaysText(string hostile)
    {
        await using var simulator = await StartAsync();
        simulator.Store.OpenIssue("acme/maps", "ada", hostile, hostile, "<b>label</b>");
        simulator.Store.AddComment("acme/maps", 1, "ada", hostile);

        foreach (var path in (string[])["/acme/maps/issues/1", "/acme/maps/issues"])
        {
            var (html, _) = await BrowseAsync(simulator, path);

            html.ShouldNotContain("<script", Case.Insensitive);
            html.ShouldNotContain("<img src=x", Case.Insensitive);
            html.ShouldNotContain("<svg", Case.Insensitive);
            html.ShouldNotContain("<b>label", Case.Insensitive);
            html.ShouldNotContain("=\"javascript:", Case.Insensitive);
            html.ShouldNotContain("=\"data:", Case.Insensitive);
        }
    }

    [Theory]
    [InlineData("seen <!-- hidden marker --> too", "seen")]
    [InlineData("seen <!-- hidden never closed", "seen")]
    [InlineData("<!-- hidden\nover lines -->\nseen", "seen")]
    public async Task IssuePage_HtmlComment_IsNotShown(string body, string shown)
    {
        await using var simulator = await StartAsync();
        simulator.Store.OpenIssue("acme/maps", "ada", "title", body);

        var (html, _) = await BrowseAsync(simulator, "/acme/maps/issues/1");

        html.ShouldContain(shown);
        html.ShouldNotContain("hidden");
        html.ShouldNotContain("&lt;!--");
    }

    [Fact]
    public async Task IssuePage_ClosedIssue_ShowsStateLabelsCommentsEvents()
    {
        await using var simulator = await StartAsync();
        simulator.Store.OpenIssue("acme/maps", "ada", "Sync stuck at 50%", "It **does not** move.");
        simulator.Store.AddComment("acme/maps", 1, "fieldmedic-bot", "| before | after |\n|---|---|\n| 0 | 2 |");
        simulator.Store.AddLabel("acme/maps", 1, "fieldmedic-bot", "resolved");
        simulator.Store.CloseIssue("acme/maps", 1, "fieldmedic-bot");

        var (html, response) = await BrowseAsync(simulator, "/acme/maps/issues/1");

        html.ShouldContain("<span class=\"state closed\">closed</span>");
        html.ShouldContain("<span class=\"label\">resolved</span>");
        html.ShouldContain("<strong>does not</strong>");
        html.ShouldContain("<td>2</td>");
        html.ShouldContain("closed this as completed");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
    }

    [Fact]
    public async Task Pages_ForBrowser_LeadFromRootToIssue()
    {
        await using var simulator = await StartAsync();
        simulator.Store.OpenIssue("acme/maps", "ada", "Sync stuck");

        (await BrowseAsync(simulator, "/")).Html.ShouldContain("href=\"/acme/maps/issues\"");
        (await BrowseAsync(simulator, "/acme/maps")).Html.ShouldContain("href=\"/acme/maps/issues/1\"");
        (await BrowseAsync(simulator, "/acme/maps/issues?state=closed")).Html.ShouldNotContain("Sync stuck");
        ((int)(await BrowseAsync(simulator, "/acme/maps/issues/9")).Response.StatusCode).ShouldBe(404);
        (await BrowseAsync(simulator, "/_simulator/style.css")).Html.ShouldContain("light-dark(");
        simulator.Requests.All.ShouldBeEmpty("pages are not the API");
    }
}
