using FieldMedic.Packs;

namespace FieldMedic.Platform.Postgres;

/// <summary><c>postgres.restart_leaker</c>: restarts the one client that holds most of the database's connections, never the database.</summary>
public sealed record RestartLeakerSettings : IRemedySettings
{
    /// <summary>The service that runs PostgreSQL.</summary>
    public required string Database { get; init; }

    /// <summary>Services that may be restarted when they are the leak.</summary>
    public required IReadOnlyList<string> Only { get; init; }

    /// <summary>Percent of all connections that one container has to hold to be the leak.</summary>
    public double Share { get; init; } = 50;

    /// <summary>Time to stop by itself before it is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(10);

    public string? Service => null;
}
