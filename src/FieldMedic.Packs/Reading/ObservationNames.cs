using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>The observations the pack's probes say they make.</summary>
internal sealed class ObservationNames
{
    private readonly HashSet<string> _exact = new(StringComparer.Ordinal);
    private readonly List<(string Prefix, bool Stale)> _open = [];
    private readonly HashSet<string> _fresh = new(StringComparer.Ordinal);

    /// <summary>False when a probe could not be read: then any name may be right.</summary>
    public bool IsComplete { get; set; } = true;

    public void Add(string pattern, bool stale)
    {
        if (pattern.EndsWith('*'))
        {
            _open.Add((pattern[..^1], stale));
            return;
        }

        _exact.Add(pattern);
        if (!stale)
        {
            _fresh.Add(pattern);
        }
    }

    public void Check(string name, Node at, PackReading reading)
    {
        if (!IsComplete || _exact.Contains(name) || _open.Exists(o => Matches(name, o.Prefix)))
        {
            return;
        }

        var near = Suggestion.For(name, _exact);
        if (near.Length == 0)
        {
            var prefix = name[..(name.IndexOf('.', StringComparison.Ordinal) + 1)];
            var siblings = _exact.Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            near = siblings.Count is > 0 and <= 20 ? $"; there are {string.Join(", ", siblings)}." : ".";
        }

        reading.Error(PackCodes.UnknownObservation, at, $"No probe of this pack makes the observation '{name}'{near}");
    }

    /// <summary>Whether every probe that makes it may be stale.</summary>
    public bool IsStale(string name)
    {
        if (!IsComplete || _fresh.Contains(name) || _open.Exists(o => !o.Stale && Matches(name, o.Prefix)))
        {
            return false;
        }

        return _exact.Contains(name) || _open.Exists(o => Matches(name, o.Prefix));
    }

    private static bool Matches(string name, string prefix) => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal);
}
