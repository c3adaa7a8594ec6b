namespace FieldMedic.Hosting;

/// <summary>One setting: by which names it is given, and what holds without it. The reader, the file and the reference (docs/configuration.md) know the same ones.</summary>
/// <param name="Key">In <c>fieldmedic.yaml</c>; null where it must not stand in a file.</param>
/// <param name="Variable">In the environment; null where it cannot be given there.</param>
/// <param name="Flag">On the command line; null where it must not stand there.</param>
/// <param name="Meaning">For the reference, as Markdown: what holds without it; what it is.</param>
/// <param name="IsPath">Relative to the configuration file where it stands in it.</param>
public sealed record SettingDefinition(string? Key, string? Variable, string? Flag, string Meaning, bool IsPath = false)
{
    /// <summary>Every setting, in the order of the reference.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        new("pack", "FIELDMEDIC_PACK", "--pack", "`packs/qfieldcloud`, searched upward, else the one beside the binary", IsPath: true),
        new("systems", null, null, "a map: [several systems](#several-systems); none: one"),
        new(null, "FIELDMEDIC_SYSTEM", "--system", "which of several a command is about; `serve` cares for all of them when it is left out"),
        new("store", "FIELDMEDIC_STORE", "--store", "`$XDG_STATE_HOME/fieldmedic/journal.db` (`~/.local/state/…`); a file, or a [PostgreSQL](running.md#postgresql) address"),
        new(null, "FIELDMEDIC_STORE_PASSWORD", null, "none; of the PostgreSQL store, read for each connection"),
        new(null, "FIELDMEDIC_STORE_PASSWORD_FILE", null, "none; a file that holds it"),
        new("repository", "GITHUB_REPOSITORY", "--repo", "none; `owner/name`"),
        new("api_url", "GITHUB_API_URL", "--api-url", "GitHub's public API; an Enterprise server's base ends in `/api/v3`"),
        new("login", "FIELDMEDIC_GITHUB_LOGIN", null, "asked from the API; needed for tokens that may not ask (`github-actions[bot]` is filled in inside Actions)"),
        new("tracker", "FIELDMEDIC_TRACKER", null, "`rest`; `mcp` goes through a [GitHub MCP server](mcp.md#as-a-client)"),
        new("mcp_command", "FIELDMEDIC_MCP_COMMAND", null, "that of GitHub's own server; how that server is started, for `tracker: mcp`"),
        new("mcp_get_issue", "FIELDMEDIC_MCP_GET_ISSUE", null, "that of GitHub's own server; the name of its tool that gives an issue"),
        new("mcp_add_comment", "FIELDMEDIC_MCP_ADD_COMMENT", null, "that of GitHub's own server; … that adds a comment"),
        new("mcp_update_issue", "FIELDMEDIC_MCP_UPDATE_ISSUE", null, "that of GitHub's own server; … that changes an issue"),
        new("mcp_token_variable", "FIELDMEDIC_MCP_TOKEN_VARIABLE", null, "that of GitHub's own server; the variable in which it expects the token"),
        new("app_id", "FIELDMEDIC_APP_ID", null, "none; acts as this [GitHub App](../deploy/github-app/README.md) (id or client id) instead of with a token"),
        new("app_private_key_file", "FIELDMEDIC_APP_PRIVATE_KEY_FILE", null, "none; the App's `.pem`", IsPath: true),
        new(null, "FIELDMEDIC_APP_PRIVATE_KEY", null, "none; the key itself instead of its file (lines may be joined by `\\n`)"),
        new("app_installation", "FIELDMEDIC_APP_INSTALLATION", null, "found by the repository"),
        new("write_spacing", "FIELDMEDIC_WRITE_SPACING", null, "least seconds between two writes to GitHub: 1 on github.com, 0 elsewhere"),
        new("docker", "DOCKER_HOST", "--docker-host", "`unix:///var/run/docker.sock`; `ssh://user@host` reaches [another host](packs.md#over-ssh)"),
        new("listen", "FIELDMEDIC_LISTEN", "--listen", "`http://127.0.0.1:8787`; `serve` only"),
        new("metrics", "FIELDMEDIC_METRICS", "--metrics", "nowhere; an address like `http://127.0.0.1:9464`, `serve` only ([metrics](running.md#metrics))"),
        new("dashboard", "FIELDMEDIC_DASHBOARD", "--dashboard", "nowhere; an address like `http://127.0.0.1:8788`, `serve` only ([dashboard](dashboard.md))"),
        new("dashboard_sign_in", "FIELDMEDIC_DASHBOARD_SIGN_IN", null, "`local`: this machine only; `github` or `oidc` ([sign-in](dashboard.md#who-may-see-it))"),
        new("dashboard_url", "FIELDMEDIC_DASHBOARD_URL", null, "the address it listens on; what people type, where a proxy stands before it"),
        new("dashboard_client_id", "FIELDMEDIC_DASHBOARD_CLIENT_ID", null, "none; of the sign-in"),
        new("dashboard_authority", "FIELDMEDIC_DASHBOARD_AUTHORITY", null, "none; the issuer, or GitHub's web address"),
        new(null, "FIELDMEDIC_DASHBOARD_CLIENT_SECRET", null, "none; of the sign-in"),
        new(null, "FIELDMEDIC_DASHBOARD_CLIENT_SECRET_FILE", null, "none; a file that holds it"),
        new("dashboard_admins", "FIELDMEDIC_DASHBOARD_ADMINS", null, "nobody; logins, comma separated"),
        new("dashboard_operators", "FIELDMEDIC_DASHBOARD_OPERATORS", null, "nobody"),
        new("dashboard_viewers", "FIELDMEDIC_DASHBOARD_VIEWERS", null, "nobody"),
        new("poll", "FIELDMEDIC_POLL", "--poll", "never; an interval like `60s`, `serve` only"),
        new("retention", "FIELDMEDIC_RETENTION", null, "for ever; days like `400d` (60d at the least) after which `serve` removes incidents that are over"),
        new("cluster", "FIELDMEDIC_CLUSTER", "--cluster", "none; the Redis where the nodes of a [cluster](running.md#as-a-cluster) meet, like `redis://127.0.0.1:6379`, `serve` only"),
        new("cluster_listen", "FIELDMEDIC_CLUSTER_LISTEN", "--cluster-listen", "a free port on 127.0.0.1; another address than loopback needs `--cluster-private-network`, too"),
        new(null, "FIELDMEDIC_CLUSTER_PASSWORD", null, "none; of that Redis"),
        new("variables", null, null, "a map: what `${NAME}` in the pack stands for; any variable of the environment does, too"),
        new(null, "GITHUB_TOKEN", null, "none; else `GH_TOKEN`. Read for every request, never stored or printed"),
        new(null, "FIELDMEDIC_MCP_HTTP_TOKEN", null, "none; with it `serve` offers [MCP over HTTP](mcp.md#over-http)"),
        new(null, "FIELDMEDIC_WEBHOOK_SECRET", null, "none; `serve` refuses to start without. Read for every delivery, from the environment or a changed `.env`"),
        new(null, "FIELDMEDIC_WEBHOOK_SECRET_PREVIOUS", null, "none; the one before, while it is being changed"),
        new(null, "OTEL_EXPORTER_OTLP_ENDPOINT", null, "none; with it, and the other `OTEL_…`, `serve` sends traces and metrics there over OTLP"),
    ];

    /// <summary>The one that the configuration file knows by this key, or that has no key and this variable.</summary>
    internal static SettingDefinition Of(string name) => All.First(s => s.Key == name || (s.Key is null && s.Variable == name));
}
