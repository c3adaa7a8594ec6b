using System.Security.Claims;
using FieldMedic.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace FieldMedic.Dashboard.Access;

/// <summary>Who somebody is: the user of this machine, or whom the identity provider says. Pages and actions ask for a role.</summary>
internal static class SignIn
{
    public const string Out = "/sign-out";
    public const string HasLeft = "/signed-out";
    private const string Remote = "Remote";

    public static void Add(IServiceCollection services, DashboardSettings settings, Uri api)
    {
        services.AddSingleton<IClaimsTransformation, RoleBook>();
        services.AddAuthorization(options =>
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                options.AddPolicy(role.ToString(), policy => policy.RequireRole(role.ToString()));
            }

            options.FallbackPolicy = options.GetPolicy(nameof(Role.Viewer));
        });
        if (settings.SignIn == DashboardSignIn.Local)
        {
            services.AddAuthentication(LocalSignIn.Name).AddScheme<AuthenticationSchemeOptions, LocalSignIn>(LocalSignIn.Name, null);
            return;
        }

        var builder = services.AddAuthentication(options => (options.DefaultScheme, options.DefaultChallengeScheme) = (CookieAuthenticationDefaults.AuthenticationScheme, Remote))
            .AddCookie(options => Session(options, settings));
        if (settings.SignIn == DashboardSignIn.GitHub)
        {
            AddGitHub(builder, settings, api);
        }
        else
        {
            AddOpenIdConnect(builder, settings);
        }
    }

    private static void Session(CookieAuthenticationOptions options, DashboardSettings settings)
    {
        options.Cookie.Name = settings.PublicUrl?.Scheme == Uri.UriSchemeHttps ? "__Host-fieldmedic" : "fieldmedic";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = TimeSpan.FromHours(8);
        options.SlidingExpiration = true;
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static void AddGitHub(AuthenticationBuilder builder, DashboardSettings settings, Uri api) => builder.AddOAuth(Remote, options =>
    {
        var web = settings.Authority ?? new Uri("https://github.com");
        (options.ClientId, options.ClientSecret) = (settings.ClientId!, settings.ClientSecret()!);
        options.CallbackPath = "/sign-in/github";
        options.AuthorizationEndpoint = new Uri(web, "/login/oauth/authorize").ToString();
        options.TokenEndpoint = new Uri(web, "/login/oauth/access_token").ToString();
        options.UserInformationEndpoint = $"{api.ToString().TrimEnd('/')}/user";
        options.UsePkce = true;
        Relax(options.CorrelationCookie);
        options.ClaimActions.MapJsonKey(ClaimTypes.Name, "login");
        options.Events.OnCreatingTicket = async context =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
            request.Headers.Authorization = new("Bearer", context.AccessToken);
            request.Headers.Accept.ParseAdd("application/vnd.github+json");
            request.Headers.UserAgent.ParseAdd("fieldmedic");
            using var response = await context.Backchannel.SendAsync(request, context.HttpContext.RequestAborted).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            using var user = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(context.HttpContext.RequestAborted).ConfigureAwait(false));
            context.RunClaimActions(user.RootElement);
        };
        options.Events.OnRemoteFailure = RefuseAsync;
    });

    private static void AddOpenIdConnect(AuthenticationBuilder builder, DashboardSettings settings) => builder.AddOpenIdConnect(Remote, options =>
    {
        options.Authority = settings.Authority!.ToString();
        (options.ClientId, options.ClientSecret) = (settings.ClientId, settings.ClientSecret());
        options.RequireHttpsMetadata = !settings.Authority.IsLoopback;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // The answer comes as a link, so that no cookie has to be sent with another site's form.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CallbackPath = "/sign-in/oidc";
        options.MapInboundClaims = false;
        options.TokenValidationParameters.NameClaimType = "preferred_username";
        options.GetClaimsFromUserInfoEndpoint = true;
        Relax(options.CorrelationCookie);
        Relax(options.NonceCookie);
        options.Events.OnRemoteFailure = RefuseAsync;
    });

    /// <summary>The answer comes as a link, for which this is enough; and on a loopback address without TLS it must come back, too.</summary>
    private static void Relax(CookieBuilder cookie) => (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);

    /// <summary>Said no, or an answer that does not belong to a question of ours.</summary>
    private static Task RefuseAsync(RemoteFailureContext context)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.HandleResponse();
        return Task.CompletedTask;
    }
}
