using System.Security.Claims;
using FieldMedic.Hosting;
using Microsoft.AspNetCore.Authentication;

namespace FieldMedic.Dashboard.Access;

/// <summary>Gives a person the role that the settings say, at every request: it is not kept in the session.</summary>
internal sealed class RoleBook(DashboardSettings settings) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (principal.Identity is ClaimsIdentity { IsAuthenticated: true, Name: { } name } identity && Of(name) is { } role)
        {
            // Asked more than once in a request.
            foreach (var may in Enum.GetValues<Role>().Where(r => r <= role && !principal.IsInRole(r.ToString())))
            {
                identity.AddClaim(new Claim(identity.RoleClaimType, may.ToString()));
            }
        }

        return Task.FromResult(principal);
    }

    /// <summary>Null for who is not listed.</summary>
    public Role? Of(string login) => settings.SignIn == DashboardSignIn.Local || Has(settings.Admins, login)
        ? Role.Admin
        : Has(settings.Operators, login) ? Role.Operator : Has(settings.Viewers, login) ? Role.Viewer : null;

    private static bool Has(IReadOnlyList<string> logins, string login) => logins.Contains(login, StringComparer.OrdinalIgnoreCase);
}
