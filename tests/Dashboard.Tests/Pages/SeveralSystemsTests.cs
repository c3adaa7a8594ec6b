using System.Net;
using FieldMedic.Dashboard.Tests.Harness;

namespace FieldMedic.Dashboard.Tests.Pages;

/// <summary>A dashboard of two systems: each page is about one, and says which.</summary>
public sealed class SeveralSystemsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "<h1>Small system</h1>")]
    [InlineData("/?system=small", "<h1>Small system</h1>")]
    [InlineData("/?system=other", "<h1>The other system</h1>")]
    [InlineData("/systems?system=other", "<h1>The other system</h1>")]
    [InlineData("/?system=nonsense", "<h1>Small system</h1>")]
    public async Task Page_IsAboutTheSystemThatWasAskedFor(string path, string heading)
    {
        await using var house = await new House().StartAsync(beside: "other");
        using var client = house.Client();

        var page = await client.GetStringAsync(new Uri(path, UriKind.Relative), Token);

        page.ShouldContain(heading);
        page.ShouldContain($"/actions?system={(heading.Contains("other", StringComparison.Ordinal) ? "other" : "small")}");
    }

    [Fact]
    public async Task Overview_ListsEverySystem()
    {
        await using var house = await new House().StartAsync(beside: "other");
        using var client = house.Client();

        var page = await client.GetStringAsync(new Uri("/", UriKind.Relative), Token);

        page.ShouldContain("/systems?system=small");
        page.ShouldContain("/systems?system=other");
    }

    [Fact]
    public async Task Incident_OfAnotherSystemThanTheAddressSays_TurnsThePageToItsOwn()
    {
        var house = new House();
        var id = await house.OpenAsync(7, "other");
        await using var started = await house.StartAsync(beside: "other");
        using var client = house.Client();

        var page = await client.GetStringAsync(new Uri($"/incidents/{id}", UriKind.Relative), Token);

        page.ShouldContain($"/actions?q={id}&amp;days=90&amp;system=other");
    }

    [Fact]
    public async Task Pause_OfOne_LeavesTheOther()
    {
        await using var house = await new House().StartAsync(beside: "other");
        using var client = house.Client();

        (await client.PressAsync("/systems?system=other", "/systems/pause", "other")).Dispose();

        (await house.Store.PausedAsync("other", Token)).ShouldNotBeNull();
        (await house.Store.PausedAsync("small", Token)).ShouldBeNull();
        (await client.GetStringAsync(new Uri("/?system=other", UriKind.Relative), Token)).ShouldContain("Repairs are paused");
        (await client.GetStringAsync(new Uri("/?system=small", UriKind.Relative), Token)).ShouldNotContain("Repairs are paused");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("*")]
    public async Task Pause_WithoutSayingWhich_IsRefused(string system)
    {
        await using var house = await new House().StartAsync(beside: "other");
        using var client = house.Client();

        using var answer = await client.PressAsync("/systems", "/systems/pause", system);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await house.Store.PausedAsync("small", Token)).ShouldBeNull();
        (await house.Store.PausedAsync("other", Token)).ShouldBeNull();
    }
}
