using System.Net;
using FieldMedic.Dashboard.Tests.Harness;
using FieldMedic.Hosting;

namespace FieldMedic.Dashboard.Tests.Access;

/// <summary>Who may do what, by either way to sign in.</summary>
public sealed class SignInTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("github", "vera", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("github", "OLE", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("github", "ada", HttpStatusCode.OK, HttpStatusCode.OK)]
    [InlineData("oidc", "vera", HttpStatusCode.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData("oidc", "ole", HttpStatusCode.OK, HttpStatusCode.Forbidden)]
    [InlineData("oidc", "ada", HttpStatusCode.OK, HttpStatusCode.OK)]
    public async Task Person_Listed_MayDoWhatTheRoleSays(string way, string login, HttpStatusCode pause, HttpStatusCode pauseAll)
    {
        await using var identity = await IdentityStandIn.StartAsync();
        await using var house = await new House().StartAsync(Settings(identity, way), identity.Url);
        using var client = house.Client();
        identity.Person = login;

        (await client.GetStringAsync(new Uri("/", UriKind.Relative), Token)).ShouldContain("Open incidents");
        using var all = await client.PressAsync("/", "/systems/pause-all");
        using var one = await client.PressAsync("/", "/systems/pause");

        all.StatusCode.ShouldBe(pauseAll);
        one.StatusCode.ShouldBe(pause);
        var changes = await house.Store.HistoryAsync("small", 9, Token);
        changes.Select(c => c.System).Order().ShouldBe(new[] { ("*", pauseAll), ("small", pause) }.Where(c => c.Item2 == HttpStatusCode.OK).Select(c => c.Item1));
        changes.ShouldAllBe(c => c.By == login && c.IsPause);
    }

    [Theory]
    [InlineData("github")]
    [InlineData("oidc")]
    public async Task Stranger_SignedIn_SeesNothing(string way)
    {
        await using var identity = await IdentityStandIn.StartAsync();
        await using var house = await new House().StartAsync(Settings(identity, way), identity.Url);
        using var client = house.Client();
        identity.Person = "mallory";

        foreach (var path in new[] { "/", "/systems", "/actions", "/actions.csv", "/review", "/live", "/incidents/x" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            (await answer.Content.ReadAsStringAsync(Token)).ShouldContain("mallory has no role");
        }
    }

    [Fact]
    public async Task Nobody_AsksForAnything_IsSentToTheProvider()
    {
        await using var identity = await IdentityStandIn.StartAsync();
        await using var house = await new House().StartAsync(Settings(identity, "github"), identity.Url);
        using var client = house.Client(follows: false);

        foreach (var path in new[] { "/", "/actions.csv", "/live" })
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            answer.Headers.Location!.ToString().ShouldStartWith($"{identity.Url}login/oauth/authorize");
        }

        using var forged = await client.GetAsync(new Uri("/sign-in/github?code=code-1&state=forged", UriKind.Relative), Token);
        forged.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Person_Leaving_IsAskedAgain()
    {
        await using var identity = await IdentityStandIn.StartAsync();
        await using var house = await new House().StartAsync(Settings(identity, "github"), identity.Url);
        using var client = house.Client();
        (await client.GetStringAsync(new Uri("/", UriKind.Relative), Token)).ShouldContain("vera");

        using var left = await client.PressAsync("/", "/sign-out");
        (await left.Content.ReadAsStringAsync(Token)).ShouldContain("Signed out");
        identity.Person = "ole";

        (await client.GetStringAsync(new Uri("/", UriKind.Relative), Token)).ShouldContain("ole");
    }

    private static DashboardSettings Settings(IdentityStandIn identity, string way) => new()
    {
        Address = "http://127.0.0.1:0",
        SignIn = way == "github" ? DashboardSignIn.GitHub : DashboardSignIn.OpenIdConnect,
        ClientId = IdentityStandIn.Client,
        ClientSecret = () => IdentityStandIn.Secret,
        Authority = identity.Url,
        Admins = ["ada"],
        Operators = ["ole"],
        Viewers = ["vera"],
    };
}
