using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace FieldMedic.Dashboard.Tests.Harness;

/// <summary>An identity provider on a loopback port, GitHub's OAuth and OpenID Connect, where whoever comes is the person it is told.</summary>
internal sealed class IdentityStandIn : IAsyncDisposable
{
    public const string Client = "fieldmedic";
    public const string Secret = "a secret of the provider";
    private readonly WebApplication _app;
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Login, string? Nonce, string Challenge)> _codes = new(StringComparer.Ordinal);
    private int _count;

    private IdentityStandIn()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddRouting();
        _app = builder.Build();
        _app.UseRouting();
        foreach (var path in new[] { "/login/oauth/authorize", "/authorize" })
        {
            _app.MapGet(path, (RequestDelegate)(context => Authorize(context)));
        }

        _app.MapPost("/login/oauth/access_token", context => context.Response.WriteAsJsonAsync(new { access_token = Redeem(context).Login, token_type = "bearer" }));
        _app.MapGet("/user", context => context.Response.WriteAsJsonAsync(new { login = context.Request.Headers.Authorization.ToString().Split(' ')[1], id = 5 }));
        _app.MapPost("/token", context => context.Response.WriteAsJsonAsync(Tokens(context)));
        _app.MapGet("/userinfo", context => context.Response.WriteAsJsonAsync(new { sub = context.Request.Headers.Authorization.ToString().Split(' ')[1] }));
        _app.MapGet("/keys", context => context.Response.WriteAsJsonAsync(new { keys = new[] { PublicKey() } }));
        _app.MapGet("/.well-known/openid-configuration", context => context.Response.WriteAsJsonAsync(new
        {
            issuer = Issuer,
            authorization_endpoint = $"{Issuer}/authorize",
            token_endpoint = $"{Issuer}/token",
            userinfo_endpoint = $"{Issuer}/userinfo",
            jwks_uri = $"{Issuer}/keys",
        }));
    }

    /// <summary>Who signs in next.</summary>
    public string Person { get; set; } = "vera";

    public Uri Url => new(_app.Urls.First());

    private string Issuer => Url.ToString().TrimEnd('/');

    public static async Task<IdentityStandIn> StartAsync()
    {
        var standIn = new IdentityStandIn();
        await standIn._app.StartAsync(TestContext.Current.CancellationToken);
        return standIn;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    private Task Authorize(HttpContext context)
    {
        var query = context.Request.Query;
        var code = $"code-{Interlocked.Increment(ref _count)}";
        _codes[code] = (Person, query["nonce"], query["code_challenge"].ToString());
        context.Response.Redirect($"{query["redirect_uri"]}?code={code}&state={Uri.EscapeDataString(query["state"].ToString())}");
        return Task.CompletedTask;
    }

    private (string Login, string? Nonce) Redeem(HttpContext context)
    {
        var form = context.Request.Form;
        _codes.TryRemove(form["code"].ToString(), out var asked).ShouldBeTrue();
        form["client_secret"].ToString().ShouldBe(Secret);
        Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))).ShouldBe(asked.Challenge);
        return (asked.Login, asked.Nonce);
    }

    private object Tokens(HttpContext context)
    {
        var (login, nonce) = Redeem(context);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Client,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddMinutes(5),
            Claims = new Dictionary<string, object> { ["sub"] = login, ["preferred_username"] = login, ["nonce"] = nonce ?? "", ["http://schemas.microsoft.com/ws/2008/06/identity/claims/role"] = "Admin" },
            SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "k1" }, SecurityAlgorithms.RsaSha256),
        });
        return new { access_token = login, token_type = "Bearer", id_token = token, expires_in = 300 };
    }

    private object PublicKey()
    {
        var key = _rsa.ExportParameters(false);
        return new { kty = "RSA", kid = "k1", use = "sig", alg = "RS256", n = Base64UrlEncoder.Encode(key.Modulus), e = Base64UrlEncoder.Encode(key.Exponent) };
    }
}
