using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace FieldMedic.Dashboard.Access;

/// <summary>Who sits at this machine is the user FieldMedic runs as. <see cref="Doorkeeper"/> has turned everybody else away.</summary>
internal sealed class LocalSignIn(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Local";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var person = new ClaimsIdentity([new Claim(ClaimTypes.Name, Environment.UserName)], Name);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(person), Name)));
    }
}
