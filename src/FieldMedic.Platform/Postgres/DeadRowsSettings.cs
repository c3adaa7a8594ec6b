using FieldMedic.Packs;

namespace FieldMedic.Platform.Postgres;

/// <summary>
/// <c>postgres.dead_rows</c>: rows of a work table that nothing will move any more. Fixed SQL of the pack says which look dead; one on
/// which a container still works is not.
/// </summary>
public sealed record DeadRowsSettings : IProbeSettings, IDatabaseLogin
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

    /// <summary>The table, with an <c>id</c> of letters, digits and dashes.</summary>
    public required string Table { get; init; }

    /// <summary>The condition under which a row looks dead.</summary>
    public required string Dead { get; init; }

    /// <summary>Seconds that a row has been so; the oldest come first.</summary>
    public required string Age { get; init; }

    /// <summary>Column with the id of the container that works on a row, when there is one.</summary>
    public string? ContainerColumn { get; init; }

    /// <summary>Label by which a container names the row it works on.</summary>
    public required string ContainerLabel { get; init; }

    public IEnumerable<string> Services => EnvFrom is null ? [Service] : [Service, EnvFrom];

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
        => new[] { "dead", "dead_ids", "oldest_dead_age", "worked_on", "clock_skew_seconds" }.Select(f => $"{probe}.{f}");
}
