using System.Collections;
using FieldMedic.GitHub.Mcp;

namespace FieldMedic.Hosting;

/// <summary>Merges the configuration file, <c>.env</c>, the environment and flags; later ones win.</summary>
public static class SettingsReader
{
    private const string DefaultApi = "https://api.github.com";

    /// <param name="folder">Where the search for <c>fieldmedic.yaml</c> and <c>.env</c> starts.</param>
    /// <param name="configuration">An explicit configuration file, or null to search upward.</param>
    /// <param name="flags">Settings given on the command line, by their flags (<c>--pack</c>).</param>
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
        var fileFolder = path is null ? folder : Path.GetDirectoryName(Path.GetFullPath(path))!;
        var dotenv = DotEnv(folder, fileFolder);
        var variables = new Dictionary<string, string>(file?.Variables ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (name, value) in dotenv.Concat(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => KeyValuePair.Create((string)e.Key, (string?)e.Value ?? ""))))
        {
            variables[name] = value;
        }

        if (Setting("docker") is { } docker)
        {
            variables["DOCKER_HOST"] = docker;
        }

        var login = Setting("login") ?? (Env("GITHUB_ACTIONS") is null ? null : "github-actions[bot]");
        string? Secret(string name) => Blank(Environment.GetEnvironmentVariable(name)) ?? Blank(DotEnv(folder, fileFolder).GetValueOrDefault(name));
        // Read per use: a token that is rotated in the environment of a long-running host is seen, and none is kept here.
        string? Token() => Blank(Environment.GetEnvironmentVariable("GITHUB_TOKEN")) ?? Blank(Environment.GetEnvironmentVariable("GH_TOKEN")) ?? Secret("GITHUB_TOKEN") ?? Secret("GH_TOKEN");
        var api = Api(Setting("api_url") ?? DefaultApi);
        var settings = new FieldMedicSettings
        {
            ConfigurationFile = path,
            PackPath = Setting("pack") ?? DefaultPack(folder),
            Store = StoreSettings.Read(Blank(flags.GetValueOrDefault("--store")), Env("FIELDMEDIC_STORE"), Blank(file?.Values.GetValueOrDefault("store")), fileFolder, DefaultStore(), Secret),
            Repository = Setting("repository"),
            ApiUrl = api,
            App = AppSettings.Read(
                Setting("app_id"),
                Setting("app_private_key_file"),
                Setting("app_installation"),
                () => Secret("FIELDMEDIC_APP_PRIVATE_KEY")),
            WriteSpacing = AppSettings.Spacing(Setting("write_spacing"), api),
            Login = login,
            Token = Token,
            McpTracker = Setting("tracker") switch
            {
                null or "rest" => null,
                "mcp" => Mcp(),
                var other => throw new ConfigurationException($"'{other}' is not a way to the tracker (setting tracker, FIELDMEDIC_TRACKER): rest or mcp."),
            },
            WebhookSecrets = new WebhookSecrets([Path.Combine(folder, ".env"), Path.Combine(fileFolder, ".env")]).Read,
            McpHttpToken = () => Secret("FIELDMEDIC_MCP_HTTP_TOKEN"),
            Listen = Setting("listen"),
            Metrics = Setting("metrics"),
            Poll = Setting("poll"),
            Retention = Setting("retention") is { } kept ? Retention.Parse(kept, "setting retention, FIELDMEDIC_RETENTION") : null,
            Dashboard = DashboardSettings.Read(Setting, Secret),
            Cluster = Setting("cluster"),
            ClusterListen = Setting("cluster_listen"),
            ClusterPassword = () => Secret("FIELDMEDIC_CLUSTER_PASSWORD"),
            Variables = variables,
            Systems = [.. (file?.Systems ?? []).Select(System)],
        };
        return Setting("FIELDMEDIC_SYSTEM") is not { } chosen ? (settings.Systems is [var only] ? settings.Of(only) : settings)
            : settings.Systems.FirstOrDefault(s => s.Name == chosen) is { } system ? settings.Of(system)
            : throw new ConfigurationException($"'{chosen}' is none of the systems in {path ?? ConfigurationFile.Name} (--system, FIELDMEDIC_SYSTEM). It knows: {(settings.Systems.Count == 0 ? "none, so leave it out" : string.Join(", ", settings.Systems.Select(s => s.Name)))}.");

        SystemSettings System(ConfigurationFile.OneSystem system)
        {
            var own = new Dictionary<string, string>(variables, StringComparer.Ordinal);
            foreach (var (name, value) in system.Variables)
            {
                own[name] = value;
            }

            if (Own("docker") is { } at)
            {
                own["DOCKER_HOST"] = at;
            }

            return new SystemSettings(system.Name, Path.Combine(fileFolder, Own("pack")!), Own("repository"), own);

            // More to the point than what is said for all, except on the command line.
            string? Own(string key) => Blank(flags.GetValueOrDefault(SettingDefinition.Of(key).Flag!)) is { } flag ? (key == "pack" ? Path.GetFullPath(flag, folder) : flag) : Blank(system.Values.GetValueOrDefault(key));
        }

        McpTrackerSettings Mcp()
        {
            var usual = new McpTrackerSettings { Token = Token, Login = login };
            return usual with
            {
                Command = Setting("mcp_command") ?? usual.Command,
                GetIssue = Setting("mcp_get_issue") ?? usual.GetIssue,
                AddComment = Setting("mcp_add_comment") ?? usual.AddComment,
                UpdateIssue = Setting("mcp_update_issue") ?? usual.UpdateIssue,
                TokenVariable = Setting("mcp_token_variable") ?? usual.TokenVariable,
            };
        }

        string? Env(string name) => Blank(variables.GetValueOrDefault(name));

        string? Setting(string name)
        {
            var (key, variable, flag, _, isPath) = SettingDefinition.Of(name);
            if (flag is not null && Blank(flags.GetValueOrDefault(flag)) is { } onTheCommandLine)
            {
                return onTheCommandLine;
            }

            if (variable is not null && Env(variable) is { } fromEnvironment)
            {
                return fromEnvironment;
            }

            return key is not null && Blank(file?.Values.GetValueOrDefault(key)) is { } value ? (isPath ? Path.Combine(fileFolder, value) : value) : null;
        }
    }

    private static Dictionary<string, string> DotEnv(string folder, string fileFolder)
    {
        var merged = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var at in new[] { fileFolder, folder }.Distinct(StringComparer.Ordinal))
        {
            foreach (var (name, value) in EnvironmentFile.Read(Path.Combine(at, ".env")))
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
            var candidate = Path.Combine(at.FullName, "packs", "qfieldcloud");
            if (File.Exists(Path.Combine(candidate, "pack.yaml")))
            {
                return candidate;
            }
        }

        return Path.Combine(AppContext.BaseDirectory, "packs", "qfieldcloud");
    }

    private static string DefaultStore()
    {
        var state = Blank(Environment.GetEnvironmentVariable("XDG_STATE_HOME"))
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return Path.Combine(state, "fieldmedic", "journal.db");
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
