using System.Net;
using FieldMedic.Dashboard.Tests.Harness;
using FieldMedic.Hosting;

namespace FieldMedic.Dashboard.Tests.Access;

/// <summary>Without a sign-in: this machine only, and nothing changes without a form of ours.</summary>
public sealed class AccessTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("evil.example", null, HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", null, HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost", "X-Forwarded-For", HttpStatusCode.Forbidden)]
    [InlineData("localhost", "Forwarded", HttpStatusCode.Forbidden)]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    public async Task Request_ByNameOrProxy_IsRefusedUnlessLocal(string host, string? header, HttpStatusCode expected)
    {
        await using var house = await new House().StartAsync();
        using var client = house.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        request.Headers.Host = host;
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, "for=203.0.113.9");
        }

        using var answer = await client.SendAsync(request, Token);

        answer.StatusCode.ShouldBe(expected);
        if (expected != HttpStatusCode.OK)
        {
            (await answer.Content.ReadAsStringAsync(Token)).ShouldNotContain("FieldMedic</strong>");
        }
    }

    [Theory]
    [InlineData("/systems/pause")]
    [InlineData("/systems/resume")]
    [InlineData("/systems/pause-all")]
    [InlineData("/sign-out")]
    public async Task Post_WithoutTheTokenOfAForm_ChangesNothing(string path)
    {
        await using var house = await new House().StartAsync();
        using var client = house.Client();

        using var bare = await client.PostAsync(new Uri(path, UriKind.Relative), null, Token);
        using var forged = await client.PostTokenAsync(path, "CfDJ8forged");

        bare.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await house.Store.PausedAsync("small", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Get_OfASwitch_ChangesNothing()
    {
        await using var house = await new House().StartAsync();
        using var client = house.Client();

        using var answer = await client.GetAsync(new Uri("/systems/pause", UriKind.Relative), Token);

        answer.IsSuccessStatusCode.ShouldBeFalse();
        (await house.Store.PausedAsync("small", Token)).ShouldBeNull();
    }

    [Fact]
    public async Task Pause_ThenResume_NamesThePerson()
    {
        await using var house = await new House().StartAsync();
        using var client = house.Client();

        (await client.PressAsync("/systems", "/systems/pause")).Dispose();
        (await house.Store.PausedAsync("small", Token)).ShouldNotBeNull().ShouldStartWith($"by {Environment.UserName} ");
        (await client.GetStringAsync(new Uri("/", UriKind.Relative), Token)).ShouldContain("Repairs are paused");
        (await client.PressAsync("/systems", "/systems/resume")).Dispose();

        (await house.Store.PausedAsync("small", Token)).ShouldBeNull();
        (await house.Store.HistoryAsync("small", 9, Token)).Select(c => (c.By, c.IsPause)).ShouldBe([(Environment.UserName, false), (Environment.UserName, true)]);
        (await client.GetStringAsync(new Uri("/systems", UriKind.Relative), Token)).ShouldContain("allowed small");
    }

    [Theory]
    [InlineData("http://0.0.0.0:0", "local", null, "for this machine only")]
    [InlineData("http://192.0.2.1:80", "local", null, "for this machine only")]
    [InlineData("https://127.0.0.1:0", "local", null, "no address to listen on")]
    [InlineData("nonsense", "local", null, "no address to listen on")]
    [InlineData("http://127.0.0.1:0", "github", null, "half configured")]
    [InlineData("http://127.0.0.1:0", "github", "id", "Nobody may see")]
    [InlineData("http://127.0.0.1:0", "oidc", "id", "the issuer's address")]
    [InlineData("http://0.0.0.0:0", "github", "id", "dashboard_url")]
    public void Start_Unsafe_IsRefused(string address, string signIn, string? client, string said)
    {
        var settings = new DashboardSettings
        {
            Address = address,
            SignIn = signIn switch { "github" => DashboardSignIn.GitHub, "oidc" => DashboardSignIn.OpenIdConnect, _ => DashboardSignIn.Local },
            ClientId = client,
            ClientSecret = () => client,
        };

        Should.Throw<ConfigurationException>(() => DashboardRules.Check(settings)).Message.ShouldContain(said);
    }
}
