using FieldMedic.Platform.Docker;

namespace FieldMedic.Platform.Postgres;

/// <summary>One address from which connections come.</summary>
/// <param name="Container">The project's container that has the address; null for a stranger.</param>
/// <param name="Connections">How many, <paramref name="Idle"/> of them without a statement.</param>
internal sealed record DatabaseClient(string Address, ContainerFacts? Container, int Connections, int Idle)
{
    public string Name => Container?.Name ?? (Address == DatabaseClients.Local ? "the database's own container" : "a client outside the project");
}
