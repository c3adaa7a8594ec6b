using System.Text.Json.Serialization;

namespace FieldMedic.Incidents;

/// <summary>All observations of one sweep over a system. A name that is not in it is unknown, never false.</summary>
public sealed record Snapshot(DateTimeOffset At, IReadOnlyList<Observation> Observations, IReadOnlyList<ProbeRun> Probes)
{
    private Dictionary<string, Observation>? _byName;

    public static Snapshot Empty { get; } = new(DateTimeOffset.UnixEpoch, [], []);

    /// <summary>False when a required probe failed: the system cannot be observed, so nothing may be concluded.</summary>
    [JsonIgnore]
    public bool IsObservable => Probes.Count > 0 && !Probes.Any(p => p.Required && p.Failure is not null);

    /// <summary>Whether any probe threw, hung or was late.</summary>
    [JsonIgnore]
    public bool HasFailedProbes => Probes.Any(p => p.Failure is not null);

    /// <summary>The value of an observation for conditions: unknown when it was not taken or its source is stale.</summary>
    public ObservedValue this[string name] => Find(name) switch
    {
        null => ObservedValue.Unknown("not observed"),
        { StaleBy: var stale } when stale > TimeSpan.Zero => ObservedValue.Unknown($"its source may be {stale.TotalSeconds:0} s old"),
        var observation => observation.Value,
    };

    /// <summary>The observation as taken, stale or not; null when there is none.</summary>
    public Observation? Find(string name)
    {
        _byName ??= Observations.GroupBy(o => o.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        return _byName.GetValueOrDefault(name);
    }

    public bool Equals(Snapshot? other)
        => other is not null && At == other.At && Observations.SequenceEqual(other.Observations) && Probes.SequenceEqual(other.Probes);

    public override int GetHashCode() => HashCode.Combine(At, Observations.Count, Probes.Count);
}
