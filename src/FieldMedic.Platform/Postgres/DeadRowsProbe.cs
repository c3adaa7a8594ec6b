using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Postgres;

/// <summary>How many rows nothing will move any more, which, and since when.</summary>
internal sealed class DeadRowsProbe(ProbeSpec spec, DeadRows rows, TimeProvider time) : IProbe
{
    // As many ids as fit into one value of a report.
    private const int Shown = 7;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var look = await rows.LookAsync(cancellationToken).ConfigureAwait(false);
        var ids = look.Dead.Count == 0 ? "none" : string.Join(", ", look.Dead.Take(Shown).Select(r => r.Id)) + (look.Dead.Count > Shown ? $", {look.Dead.Count - Shown} more" : "");
        return
        [
            Of("dead", ObservedValue.Of(look.Dead.Count)),
            Of("dead_ids", ObservedValue.Of(ids)),
            Of("oldest_dead_age", ObservedValue.Of(look.Dead.Count == 0 ? 0 : look.Dead[0].Seconds)),
            Of("worked_on", ObservedValue.Of(look.WorkedOn)),
            Of("clock_skew_seconds", ObservedValue.Of(Math.Round(look.ClockSkew.TotalSeconds))),
        ];

        Observation Of(string field, ObservedValue value) => new($"{spec.Name}.{field}", value, time.GetUtcNow(), ids);
    }
}
