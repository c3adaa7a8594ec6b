namespace FieldMedic.Hosting;

/// <summary>Where the dashboard is and who may see it.</summary>
public sealed record DashboardSettings
{
    /// <summary>Where it listens (setting <c>dashboard</c>); null for nowhere.</summary>
    public string? Address { get; init; }

    /// <summary>How people sign in.</summary>
    public DashboardSignIn SignIn { get; init; }

    /// <summary>The address people type, where a proxy stands before it; null for the address it listens on.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>What the identity provider calls this application.</summary>
    public string? ClientId { get; init; }

    /// <summary>Its secret there; from the environment or a file.</summary>
    public Func<string?> ClientSecret { get; init; } = () => null;

    /// <summary>The identity provider: with GitHub its web address, with OpenID Connect the issuer.</summary>
    public Uri? Authority { get; init; }

    /// <summary>Logins that may do everything, pausing all systems of the store included.</summary>
    public IReadOnlyList<string> Admins { get; init; } = [];

    /// <summary>Logins that may pause the system.</summary>
    public IReadOnlyList<string> Operators { get; init; } = [];

    /// <summary>Logins that may look.</summary>
    public IReadOnlyList<string> Viewers { get; init; } = [];

    /// <param name="setting">Gives a setting by its key.</param>
    /// <param name="secret">Gives a secret by the name of its variable.</param>
    internal static DashboardSettings Read(Func<string, string?> setting, Func<string, string?> secret) => new()
    {
        Address = setting("dashboard"),
        SignIn = setting("dashboard_sign_in") switch
        {
            null or "local" => DashboardSignIn.Local,
            "github" => DashboardSignIn.GitHub,
            "oidc" => DashboardSignIn.OpenIdConnect,
            var other => throw new ConfigurationException($"'{other}' is not a way to sign in (setting dashboard_sign_in, FIELDMEDIC_DASHBOARD_SIGN_IN): local, github or oidc."),
        },
        PublicUrl = WebAddress("dashboard_url", setting),
        ClientId = setting("dashboard_client_id"),
        ClientSecret = () => secret("FIELDMEDIC_DASHBOARD_CLIENT_SECRET") ?? OfFile(secret("FIELDMEDIC_DASHBOARD_CLIENT_SECRET_FILE")),
        Authority = WebAddress("dashboard_authority", setting),
        Admins = Logins(setting("dashboard_admins")),
        Operators = Logins(setting("dashboard_operators")),
        Viewers = Logins(setting("dashboard_viewers")),
    };

    private static Uri? WebAddress(string key, Func<string, string?> setting) => setting(key) switch
    {
        null => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) => uri,
        var text => throw new ConfigurationException($"'{text}' is not an http(s) address (setting {key}, {SettingDefinition.Of(key).Variable})."),
    };

    private static string[] Logins(string? text) => text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string? OfFile(string? file)
    {
        try
        {
            return file is null ? null : File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The file with the dashboard's client secret cannot be read: {e.Message} (FIELDMEDIC_DASHBOARD_CLIENT_SECRET_FILE)", e);
        }
    }
}
