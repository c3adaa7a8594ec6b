using System.Net;
using System.Text.RegularExpressions;
using FieldMedic.Dashboard.Access;
using FieldMedic.Dashboard.Export;
using FieldMedic.Dashboard.Tests.Harness;
using FieldMedic.Kpis;

namespace FieldMedic.Dashboard.Tests.Pages;

public sealed partial class PageTests
{
    private const string Attack = "<script>alert(1)</script><img src=x onerror=alert(2)>";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Overview_Figures_AreThoseOfTheJournal()
    {
        await using var house = await (await new House().LiveThroughAsync()).StartAsync();
        var now = TimeProvider.System.GetUtcNow();
        var expected = KpiReport.Of(await IncidentHistory.ReadAsync(house.Store, "small", now.AddDays(-30), Token), now.AddDays(-30));
        using var client = house.Client();

        var page = await client.GetStringAsync(new Uri("/", UriKind.Relative), Token);

        page.ShouldContain($"{expected.AutoResolved.Numerator} of {expected.AutoResolved.Denominator}");
        page.ShouldContain($"{expected.Incidents} incidents, 1 of them unfinished");
        page.ShouldContain("Open incidents (1)");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?days=90")]
    [InlineData("/systems")]
    [InlineData("/incidents")]
    [InlineData("/actions")]
    [InlineData("/review")]
    [InlineData("/incidents/INC-0")]
    [InlineData("/nowhere")]
    public async Task Page_Any_HasTheStrictPolicyAndNothingInline(string path)
    {
        await using var house = await (await new House().LiveThroughAsync()).StartAsync();
        using var client = house.Client();

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Token);
        var page = await answer.Content.ReadAsStringAsync(Token);

        answer.StatusCode.ShouldBe(path is "/nowhere" or "/incidents/INC-0" ? HttpStatusCode.NotFound : HttpStatusCode.OK, page);
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldBe(SecurityHeaders.Policy);
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        Inline().Matches(page).Select(m => m.Value).ShouldBeEmpty();
        page.ShouldContain("<h1>");
    }

    [Theory]
    [InlineData("/incidents", 100, true)]
    [InlineData("/incidents?page=2", 100, true)]
    [InlineData("/incidents?page=999", 0, false)]
    [InlineData("/incidents?page=-1", 100, true)]
    [InlineData("/incidents?q=acme/maps%231000", 1, false)]
    [InlineData("/incidents?q=nothing", 0, false)]
    public async Task Incidents_ByPageAndText_AreThoseAsked(string path, int rows, bool hasOlder)
    {
        await using var house = await (await new House().LiveThroughAsync()).StartAsync();
        using var client = house.Client();

        var page = await client.GetStringAsync(new Uri(path, UriKind.Relative), Token);

        IncidentLink().Count(page).ShouldBe(rows);
        page.Contains("id=\"older\"", StringComparison.Ordinal).ShouldBe(hasOlder);
    }

    [Fact]
    public async Task Incident_WithMarkupInWhatWasMeasured_ShowsItAsText()
    {
        var house = new House();
        var id = await house.ResolveAsync(7, evidence: Attack, detail: Attack, target: Attack);
        await using var started = await house.StartAsync();
        using var client = house.Client();

        foreach (var path in new[] { $"/incidents/{id}", "/actions?days=90", "/" })
        {
            var page = await client.GetStringAsync(new Uri(path, UriKind.Relative), Token);
            page.ShouldNotContain("<script>alert");
            page.ShouldNotContain("<img src=x");
        }

        (await client.GetStringAsync(new Uri($"/incidents/{id}", UriKind.Relative), Token)).ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        (await client.GetStringAsync(new Uri($"/actions?q={Uri.EscapeDataString("\"><script>alert(1)</script>")}", UriKind.Relative), Token)).ShouldNotContain("<script>alert");
    }

    [Fact]
    public async Task Incident_WithSecretsInWhatWasMeasured_HidesThem()
    {
        var house = new House();
        var id = await house.ResolveAsync(7, evidence: "password=hunter2222 at db.example.org");
        await using var started = await house.StartAsync();
        using var client = house.Client();

        var page = await client.GetStringAsync(new Uri($"/incidents/{id}", UriKind.Relative), Token);

        page.ShouldNotContain("hunter2222");
        page.ShouldNotContain("db.example.org");
    }

    [Fact]
    public async Task Csv_Formulas_AreDefused()
    {
        var house = new House();
        _ = await house.ResolveAsync(7, detail: "=HYPERLINK(\"x\")", target: " @SUM(1)");
        await using var started = await house.StartAsync();
        using var client = house.Client();

        var csv = await client.GetStringAsync(new Uri("/actions.csv?days=90", UriKind.Relative), Token);

        csv.ShouldContain("\"'=HYPERLINK(\"\"x\"\")\"");
        csv.Split("\r\n")[0].ShouldBe("\"time\",\"incident\",\"remedy\",\"kind\",\"service\",\"target\",\"result\",\"details\"");
        foreach (var start in new[] { "=", "+", "-", "@", "\t", "\r", "  =", "\uff1d" })
        {
            ActionCsv.Cell(start + "1").ShouldStartWith("\"'");
        }

        ActionCsv.Cell("plain").ShouldBe("\"plain\"");
    }

    [Fact]
    public async Task Actions_Filtered_ShowOnlyWhatFits()
    {
        var house = new House();
        var first = await house.ResolveAsync(7, target: "worker-1");
        var second = await house.ResolveAsync(8, target: "worker-2");
        await using var started = await house.StartAsync();
        using var client = house.Client();

        var page = await client.GetStringAsync(new Uri("/actions?q=worker-2&result=success&days=90", UriKind.Relative), Token);

        page.ShouldContain(second.Value);
        page.ShouldNotContain(first.Value);
        (await client.GetStringAsync(new Uri("/actions?q=&result=failure&days=90", UriKind.Relative), Token)).ShouldContain("0 actions");
    }

    [GeneratedRegex("href=\"/incidents/INC-")]
    private static partial Regex IncidentLink();

    [GeneratedRegex("\\sstyle=|<style|<script(?![^>]*src=)|\\son[a-z]+=\"|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();
}
