using System.Security.Claims;
using FieldMedic.Hosting;
using Microsoft.AspNetCore.Authentication;

namespace FieldMedic.Dashboard.Access;

/// <summary>Gives a person the role that the settings say, at every request: it is not kept in the session.</summary>
internal sealed class RoleBook(DashboardSettings settings) : IClaimsTransformation
{
    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true, Name: { } name } identity)
        {
            return Task.FromResult(principal);
        }

        // A person anew: whatever the provider says beside the name, a role among it, counts for nothing here.
        var role = Of(name);
        var may = Enum.GetValues<Role>().Where(r => r <= role).Select(r => new Claim(ClaimTypes.Role, r.ToString()));
        return Task.FromResult(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, name), .. may], identity.AuthenticationType)));
    }

    /// <summary>Null for who is not listed.</summary>
    public Role? Of(string login) => settings.SignIn == DashboardSignIn.Local || Has(settings.Admins, login)
        ? Role.Admin
        : Has(settings.Operators, login) ? Role.Operator : Has(settings.Viewers, login) ? Role.Viewer : null;

    private static bool Has(IReadOnlyList<string> logins, string login) => logins.Contains(login, StringComparer.OrdinalIgnoreCase);
}
