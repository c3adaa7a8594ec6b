using FieldMedic.GitHub.Identity;
using FieldMedic.GitHub.Mcp;
using FieldMedic.Storage;

namespace FieldMedic.Hosting;

/// <summary>Everything a host is told from outside: configuration file, environment and flags, already merged.</summary>
public sealed record FieldMedicSettings
{
    /// <summary>The pack's folder or file.</summary>
    public required string PackPath { get; init; }

    /// <summary>The system these settings are of, where there are several; null for the only one, which has the name that its pack gives it.</summary>
    public string? System { get; init; }

    /// <summary>Every system under care, where there are several.</summary>
    public IReadOnlyList<SystemSettings> Systems { get; init; } = [];

    /// <summary>Where the journal is kept.</summary>
    public required StoreAddress Store { get; init; }

    /// <summary><c>owner/name</c>; null where no tracker is needed.</summary>
    public string? Repository { get; init; }

    /// <summary>Base of the tracker's REST API.</summary>
    public required Uri ApiUrl { get; init; }

    /// <summary>Gives the tracker's token; asked per use, never kept.</summary>
    public required Func<string?> Token { get; init; }

    /// <summary>The webhook's secrets: the current one, and while it is being changed the previous; asked per use, never kept.</summary>
    public Func<IReadOnlyList<string>> WebhookSecrets { get; init; } = () => [];

    /// <summary>The token for MCP over HTTP; asked per use, never kept. Null: MCP is not served over HTTP.</summary>
    public Func<string?> McpHttpToken { get; init; } = () => null;

    /// <summary>Where the server listens (setting <c>listen</c>); null for its default.</summary>
    public string? Listen { get; init; }

    /// <summary>How long the server keeps incidents that are over (setting <c>retention</c>); null for ever.</summary>
    public TimeSpan? Retention { get; init; }

    /// <summary>Where the server shows its metrics (setting <c>metrics</c>); null for nowhere.</summary>
    public string? Metrics { get; init; }

    /// <summary>How often the server asks GitHub for news (setting <c>poll</c>); null for never.</summary>
    public string? Poll { get; init; }

    /// <summary>Where the server's dashboard is, and for whom.</summary>
    public DashboardSettings Dashboard { get; init; } = new();

    /// <summary>Where the nodes of a cluster meet (setting <c>cluster</c>), <c>redis://host:port</c>; null for a server on its own.</summary>
    public string? Cluster { get; init; }

    /// <summary>Where the other nodes of the cluster reach this one (setting <c>cluster_listen</c>), <c>address:port</c>; null for a free port on loopback.</summary>
    public string? ClusterListen { get; init; }

    /// <summary>The password of the cluster's Redis; asked per use, never kept.</summary>
    public Func<string?> ClusterPassword { get; init; } = () => null;

    /// <summary>Acts as this GitHub App; null with a token.</summary>
    public GitHubAppSettings? App { get; init; }

    /// <summary>The least time between two writes to the tracker.</summary>
    public TimeSpan WriteSpacing { get; init; }

    /// <summary>Our login, for tokens that may not ask who they are.</summary>
    public string? Login { get; init; }

    /// <summary>Set where the tracker is reached through a GitHub MCP server instead of the REST API.</summary>
    public McpTrackerSettings? McpTracker { get; init; }

    /// <summary>What <c>${NAME}</c> stands for in packs.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>The configuration file that was used; null when none was found.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>The settings of one of the systems.</summary>
    public FieldMedicSettings Of(SystemSettings system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return this with { System = system.Name, PackPath = system.PackPath, Repository = system.Repository ?? Repository, Variables = system.Variables };
    }
}
