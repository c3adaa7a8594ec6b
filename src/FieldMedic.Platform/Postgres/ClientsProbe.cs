using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Postgres;

/// <summary>How many connections there are, and who holds the most of them.</summary>
internal sealed class ClientsProbe(ProbeSpec spec, DatabaseClients clients, TimeProvider time) : IProbe
{
    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var all = await clients.LookAsync(cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        var total = all?.Sum(c => c.Connections);
        var top = all is [var first, ..] ? first : null;
        return
        [
            Of("clients", total),
            Of("clients_idle", all?.Sum(c => c.Idle)),
            new Observation($"{clients.Service}.top_client", all is null ? NotRunning : ObservedValue.Of(top?.Name ?? ""), now, "titles of the database's processes"),
            Of("top_client_connections", all is null ? null : top?.Connections ?? 0),
            Of("top_client_percent", all is null ? null : top is null ? 0 : Math.Round(100d * top.Connections / total!.Value)),
        ];

        Observation Of(string field, double? value)
            => new($"{clients.Service}.{field}", value is { } number ? ObservedValue.Of(number) : NotRunning, now, "titles of the database's processes");
    }

    private static ObservedValue NotRunning { get; } = ObservedValue.Unknown("the database does not run");
}
