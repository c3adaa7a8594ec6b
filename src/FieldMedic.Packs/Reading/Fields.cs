using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>The keys of one map. What was never asked for is an unknown key.</summary>
internal sealed class Fields
{
    private readonly Dictionary<string, KeyValuePair<ScalarNode, Node>> _left;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly PackReading _reading;
    private readonly string _what;

    public Fields(MapNode map, PackReading reading, string what)
    {
        Map = map;
        _reading = reading;
        _what = what;
        _left = map.Entries.ToDictionary(e => e.Key.Value, StringComparer.Ordinal);
    }

    public MapNode Map { get; }

    /// <summary>Keys nobody has asked for so far, with their values.</summary>
    public IEnumerable<KeyValuePair<ScalarNode, Node>> Left => _left.Values.OrderBy(e => e.Key.Line).ThenBy(e => e.Key.Column);

    /// <summary>The value of a key; null when it is missing or empty.</summary>
    public Node? Take(string key)
    {
        _known.Add(key);
        return _left.Remove(key, out var entry) && !entry.Value.IsEmpty ? entry.Value : null;
    }

    public Node? Require(string key)
    {
        var node = Take(key);
        if (node is null)
        {
            _reading.Error(PackCodes.MissingKey, Map, $"{_what} needs the key '{key}'.");
        }

        return node;
    }

    public string? Text(string key) => Take(key) is { } node ? _reading.Text(node, $"'{key}'") : null;

    /// <summary>Takes and converts; <paramref name="fallback"/> when missing or wrong.</summary>
    public T Value<T>(string key, T fallback)
        => Take(key) is { } node && Values.Convert(typeof(T), node, _reading, $"'{key}'") is T value ? value : fallback;

    public IReadOnlyList<(string Text, ScalarNode Node)> Texts(string key)
        => Take(key) is { } node ? Values.Texts(node, _reading, $"'{key}'") : [];

    /// <summary>The entries of a map of named things; none when missing.</summary>
    public IEnumerable<KeyValuePair<ScalarNode, Node>> Entries(string key)
    {
        switch (Take(key))
        {
            case null:
                return [];
            case MapNode map:
                return map.Entries;
            case var other:
                _reading.Error(PackCodes.WrongShape, other, $"'{key}' must be a map of names, this is {other.Shape}.");
                return [];
        }
    }

    public void MarkKnown(ScalarNode key)
    {
        _known.Add(key.Value);
        _left.Remove(key.Value);
    }

    public void Close()
    {
        foreach (var (key, _) in Left)
        {
            _reading.Error(PackCodes.UnknownKey, key, $"{_what} has no key '{key.Value}'{Suggestion.OrList(key.Value, _known, "keys")}");
        }
    }

    /// <summary>The map of a section entry; an empty value counts as an empty map.</summary>
    public static Fields? Of(Node node, PackReading reading, string what)
    {
        switch (node)
        {
            case MapNode map:
                return new Fields(map, reading, what);
            case { IsEmpty: true }:
                return new Fields(new MapNode([], node.Line, node.Column), reading, what);
            default:
                reading.Error(PackCodes.WrongShape, node, $"{what} must be a map of keys, this is {node.Shape}.");
                return null;
        }
    }
}
