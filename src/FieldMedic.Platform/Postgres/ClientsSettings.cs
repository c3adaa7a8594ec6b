using FieldMedic.Packs;

namespace FieldMedic.Platform.Postgres;

/// <summary>
/// <c>postgres.clients</c>: who holds the database's connections. Read from the titles of its processes, so it answers when the database
/// itself lets nobody in any more.
/// </summary>
public sealed record ClientsSettings : IProbeSettings
{
    /// <summary>The service that runs PostgreSQL.</summary>
    public required string Service { get; init; }

    public IEnumerable<string> Services => [Service];

    public IEnumerable<string> Observes(string probe, IReadOnlyDictionary<string, ServiceSpec> services)
        => new[] { "clients", "clients_idle", "top_client", "top_client_connections", "top_client_percent" }.Select(f => $"{Service}.{f}");
}
