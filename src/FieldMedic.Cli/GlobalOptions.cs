using System.CommandLine;
using FieldMedic.Hosting;

namespace FieldMedic.Cli;

/// <summary>Options that every command understands, and the settings they lead to.</summary>
internal static class GlobalOptions
{
    private static readonly Option<string?> Config = new("--config") { Description = "Configuration file (default: fieldmedic.yaml, searched upward).", Recursive = true };
    private static readonly Option<string?> Pack = new("--pack") { Description = "The pack: folder or file (FIELDMEDIC_PACK).", Recursive = true };
    private static readonly Option<string?> System = new("--system") { Description = "Which of the systems in the configuration file (FIELDMEDIC_SYSTEM).", Recursive = true };
    private static readonly Option<string?> Store = new("--store") { Description = "The journal: a SQLite file or a PostgreSQL address (FIELDMEDIC_STORE).", Recursive = true };
    private static readonly Option<string?> Repository = new("--repo") { Description = "owner/name (GITHUB_REPOSITORY).", Recursive = true };
    private static readonly Option<string?> ApiUrl = new("--api-url") { Description = "Base of the GitHub REST API (GITHUB_API_URL).", Recursive = true };
    private static readonly Option<string?> Docker = new("--docker-host") { Description = "Docker daemon: unix://, tcp:// or ssh:// (DOCKER_HOST).", Recursive = true };

    private static readonly Option<string?>[] All = [Config, Pack, System, Store, Repository, ApiUrl, Docker];

    public static void AddTo(RootCommand root)
    {
        foreach (var option in All)
        {
            root.Add(option);
        }
    }

    public static FieldMedicSettings Settings(ParseResult parsed)
        => SettingsReader.Read(Environment.CurrentDirectory, parsed.GetValue(Config), All.Except([Config]).ToDictionary(o => o.Name, o => parsed.GetValue(o), StringComparer.Ordinal));
}
