using FieldMedic.Packs;

namespace FieldMedic.Platform.Postgres;

/// <summary><c>postgres</c>: psql inside the database container, as the app's own role.</summary>
public sealed record PostgresProbeSettings : IProbeSettings, IDatabaseLogin
{
    /// <summary>The service that runs PostgreSQL.</summary>
    public required string Service { get; init; }

    /// <summary>The service whose environment names role and database; the database's own when absent.</summary>
    public string? EnvFrom { get; init; }

    /// <summary>Name of the variable that holds the role.</summary>
    public string UserEnv { get; init; } = "POSTGRES_USER";

    /// <summary>Name of the variable that holds the database.</summary>
    public string DatabaseEnv { get; init; } = "POSTGRES_DB";

    /// <summary>The role, when it is not in an environment.</summary>
    public string? User { get; init; }

    /// <summary>The database, when it is not in an environment.</summary>
    public string? Database { get; init; }

    /// <summary>Observation name → SELECT that gives one number. Fixed SQL of the pack.</summary>
    public IReadOnlyDictionary<string, string> Queries { get; init; } = new Dictionary<string, string>();

    public IEnumerable<string> Services => EnvFrom is null ? [Service] : [Service, EnvFrom];

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
        => new[] { "accepting", "write_ok", "read_only", "connections", "max_connections", "connections_percent", "size_bytes", "query_ms", "refused" }
            .Select(f => $"{Service}.{f}")
            .Concat(Queries.Keys);
}
