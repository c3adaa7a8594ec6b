using System.Collections;
using FieldMedic.GitHub.Mcp;

namespace FieldMedic.Hosting;

/// <summary>Merges the configuration file, <c>.env</c>, the environment and flags; later ones win.</summary>
public static class SettingsReader
{
    private const string DefaultApi = "https://api.github.com";

    /// <param name="folder">Where the search for <c>fieldmedic.yaml</c> and <c>.env</c> starts.</param>
    /// <param name="configuration">An explicit configuration file, or null to search upward.</param>
    /// <param name="flags">Settings given on the command line, by the names of the configuration file.</param>
    /// <exception cref="ConfigurationException">With file, line and column of every mistake.</exception>
    public static FieldMedicSettings Read(string folder, string? configuration, IReadOnlyDictionary<string, string?> flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        if (configuration is not null && !File.Exists(configuration))
        {
            throw new ConfigurationException($"{configuration} does not exist (--config).");
        }

        var path = configuration ?? ConfigurationFile.Find(folder);
        var file = path is null ? null : ConfigurationFile.Read(path);
        var fileFolder = path is null ? folder : System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
        var dotenv = DotEnv(folder, fileFolder);
        var variables = new Dictionary<string, string>(file?.Variables ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (name, value) in dotenv.Concat(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => KeyValuePair.Create((string)e.Key, (string?)e.Value ?? ""))))
        {
            variables[name] = value;
        }

        if (Setting("docker", "DOCKER_HOST", isPath: false) is { } docker)
        {
            variables["DOCKER_HOST"] = docker;
        }

        var login = Setting("login", "FIELDMEDIC_GITHUB_LOGIN", isPath: false) ?? (Env("GITHUB_ACTIONS") is null ? null : "github-actions[bot]");
        string? Secret(string name) => Blank(Environment.GetEnvironmentVariable(name)) ?? Blank(DotEnv(folder, fileFolder).GetValueOrDefault(name));
        // Read per use: a token that is rotated in the environment of a long-running host is seen, and none is kept here.
        string? Token() => Blank(Environment.GetEnvironmentVariable("GITHUB_TOKEN")) ?? Blank(Environment.GetEnvironmentVariable("GH_TOKEN")) ?? Secret("GITHUB_TOKEN") ?? Secret("GH_TOKEN");
        var api = Api(Setting("api_url", "GITHUB_API_URL", isPath: false) ?? DefaultApi);
        return new FieldMedicSettings
        {
            ConfigurationFile = path,
            PackPath = Setting("pack", "FIELDMEDIC_PACK", isPath: true) ?? DefaultPack(folder),
            Store = StoreSettings.Read(Blank(flags.GetValueOrDefault("store")), Env("FIELDMEDIC_STORE"), Blank(file?.Values.GetValueOrDefault("store")), fileFolder, DefaultStore(), Secret),
            Repository = Setting("repository", "GITHUB_REPOSITORY", isPath: false),
            ApiUrl = api,
            App = AppSettings.Read(
                Setting("app_id", "FIELDMEDIC_APP_ID", isPath: false),
                Setting("app_private_key_file", "FIELDMEDIC_APP_PRIVATE_KEY_FILE", isPath: true),
                Setting("app_installation", "FIELDMEDIC_APP_INSTALLATION", isPath: false),
                () => Secret("FIELDMEDIC_APP_PRIVATE_KEY")),
            WriteSpacing = AppSettings.Spacing(Setting("write_spacing", "FIELDMEDIC_WRITE_SPACING", isPath: false), api),
            Login = login,
            Token = Token,
            McpTracker = Setting("tracker", "FIELDMEDIC_TRACKER", isPath: false) switch
            {
                null or "rest" => null,
                "mcp" => Mcp(),
                var other => throw new ConfigurationException($"'{other}' is not a way to the tracker (setting tracker, FIELDMEDIC_TRACKER): rest or mcp."),
            },
            WebhookSecrets = new WebhookSecrets([System.IO.Path.Combine(folder, ".env"), System.IO.Path.Combine(fileFolder, ".env")]).Read,
            McpHttpToken = () => Secret("FIELDMEDIC_MCP_HTTP_TOKEN"),
            Listen = Setting("listen", "FIELDMEDIC_LISTEN", isPath: false),
            Metrics = Setting("metrics", "FIELDMEDIC_METRICS", isPath: false),
            Poll = Setting("poll", "FIELDMEDIC_POLL", isPath: false),
            Retention = Setting("retention", "FIELDMEDIC_RETENTION", isPath: false) is { } kept ? Retention.Parse(kept, "setting retention, FIELDMEDIC_RETENTION") : null,
            Dashboard = DashboardSettings.Read((key, variable) => Setting(key, variable, isPath: false), Secret),
            Cluster = Setting("cluster", "FIELDMEDIC_CLUSTER", isPath: false),
            ClusterListen = Setting("cluster_listen", "FIELDMEDIC_CLUSTER_LISTEN", isPath: false),
            ClusterPassword = () => Secret("FIELDMEDIC_CLUSTER_PASSWORD"),
            Variables = variables,
        };

        McpTrackerSettings Mcp()
        {
            var usual = new McpTrackerSettings { Token = Token, Login = login };
            return usual with
            {
                Command = Setting("mcp_command", "FIELDMEDIC_MCP_COMMAND", isPath: false) ?? usual.Command,
                GetIssue = Setting("mcp_get_issue", "FIELDMEDIC_MCP_GET_ISSUE", isPath: false) ?? usual.GetIssue,
                AddComment = Setting("mcp_add_comment", "FIELDMEDIC_MCP_ADD_COMMENT", isPath: false) ?? usual.AddComment,
                UpdateIssue = Setting("mcp_update_issue", "FIELDMEDIC_MCP_UPDATE_ISSUE", isPath: false) ?? usual.UpdateIssue,
                TokenVariable = Setting("mcp_token_variable", "FIELDMEDIC_MCP_TOKEN_VARIABLE", isPath: false) ?? usual.TokenVariable,
            };
        }

        string? Env(string name) => Blank(variables.GetValueOrDefault(name));

        string? Setting(string key, string environment, bool isPath)
        {
            if (Blank(flags.GetValueOrDefault(key)) is { } flag)
            {
                return flag;
            }

            if (Env(environment) is { } fromEnvironment)
            {
                return fromEnvironment;
            }

            return Blank(file?.Values.GetValueOrDefault(key)) is { } value ? (isPath ? System.IO.Path.Combine(fileFolder, value) : value) : null;
        }
    }

    private static Dictionary<string, string> DotEnv(string folder, string fileFolder)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var at in new[] { fileFolder, folder }.Distinct(StringComparer.Ordinal))
        {
            foreach (var (name, value) in EnvironmentFile.Read(System.IO.Path.Combine(at, ".env")))
            {
                merged[name] = value;
            }
        }

        return merged;
    }

    private static Uri Api(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
        ? uri
        : throw new ConfigurationException($"'{text}' is not an http(s) address (setting api_url, GITHUB_API_URL).");

    /// <summary>The QFieldCloud pack: in the repository the user stands in, else beside the binary.</summary>
    private static string DefaultPack(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            var candidate = System.IO.Path.Combine(at.FullName, "packs", "qfieldcloud");
            if (File.Exists(System.IO.Path.Combine(candidate, "pack.yaml")))
            {
                return candidate;
            }
        }

        return System.IO.Path.Combine(AppContext.BaseDirectory, "packs", "qfieldcloud");
    }

    private static string DefaultStore()
    {
        var state = Blank(Environment.GetEnvironmentVariable("XDG_STATE_HOME"))
            ?? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return System.IO.Path.Combine(state, "fieldmedic", "journal.db");
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
