using FieldMedic.Hosting;

namespace FieldMedic.Dashboard;

/// <summary>What must hold before it may start.</summary>
internal static class DashboardRules
{
    /// <summary>Gives the address to listen on.</summary>
    /// <exception cref="ConfigurationException">With what to do.</exception>
    public static Uri Check(DashboardSettings settings)
    {
        if (!Uri.TryCreate(settings.Address, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttp || address.AbsolutePath != "/")
        {
            throw new ConfigurationException("The dashboard has no address to listen on: write http://127.0.0.1:8788 (--dashboard). TLS is the proxy's work.");
        }

        if (settings.SignIn == DashboardSignIn.Local)
        {
            return address.IsLoopback
                ? address
                : throw new ConfigurationException($"Without a sign-in the dashboard is for this machine only, and {address} is open to others. Listen on http://127.0.0.1:{address.Port}, or set up a sign-in (setting dashboard_sign_in: github or oidc).");
        }

        if (string.IsNullOrWhiteSpace(settings.ClientId) || string.IsNullOrWhiteSpace(settings.ClientSecret()))
        {
            throw new ConfigurationException("The dashboard's sign-in is half configured: it needs FIELDMEDIC_DASHBOARD_CLIENT_ID and FIELDMEDIC_DASHBOARD_CLIENT_SECRET (or FIELDMEDIC_DASHBOARD_CLIENT_SECRET_FILE).");
        }

        if (settings.SignIn == DashboardSignIn.OpenIdConnect && settings.Authority is null)
        {
            throw new ConfigurationException("The dashboard's sign-in is half configured: OpenID Connect needs the issuer's address (setting dashboard_authority).");
        }

        if (settings is { PublicUrl: null } && !address.IsLoopback)
        {
            throw new ConfigurationException("The dashboard needs the address that people type (setting dashboard_url, e.g. https://medic.example.org): another name in a request is refused.");
        }

        return settings.Admins.Concat(settings.Operators).Concat(settings.Viewers).Any()
            ? address
            : throw new ConfigurationException("Nobody may see the dashboard: list logins in dashboard_admins, dashboard_operators or dashboard_viewers.");
    }
}
