namespace FieldMedic.Hosting;

/// <summary>How people sign in to the dashboard.</summary>
public enum DashboardSignIn
{
    /// <summary>Not at all: only who sits at this machine is let in.</summary>
    Local,

    /// <summary>With GitHub, or an Enterprise server, as an OAuth application.</summary>
    GitHub,

    /// <summary>With any provider of OpenID Connect.</summary>
    OpenIdConnect,
}
