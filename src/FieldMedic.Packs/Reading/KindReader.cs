using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>The one kind key of a probe or remedy, and its settings.</summary>
internal static class KindReader
{
    /// <summary>Null (and reported) unless there is exactly one known kind.</summary>
    /// <param name="fields">All other keys must have been taken before.</param>
    public static (string Kind, object Settings, bool Complete)? Read(
        Fields fields, IReadOnlyDictionary<string, Type> kinds, string unknownCode, PackReading reading, string what)
    {
        var left = fields.Left.ToList();
        var known = left.Where(e => kinds.ContainsKey(e.Key.Value)).ToList();
        if (known.Count == 0)
        {
            // A key with a dot, or the only strange one, was meant as the kind; the rest are plain unknown keys.
            if ((left.Find(e => e.Key.Value.Contains('.', StringComparison.Ordinal)).Key ?? (left.Count == 1 ? left[0].Key : null)) is { } meant)
            {
                reading.Error(unknownCode, meant, $"There is no kind '{meant.Value}'{Suggestion.OrList(meant.Value, [.. kinds.Keys], "kinds")}");
                fields.MarkKnown(meant);
            }
            else
            {
                reading.Error(PackCodes.NotExactlyOneKind, fields.Map, $"{what} has no kind; name one of {string.Join(", ", kinds.Keys.Order(StringComparer.Ordinal))}.");
            }

            fields.Close();
            return null;
        }

        foreach (var (key, _) in known)
        {
            fields.MarkKnown(key);
        }

        foreach (var (key, _) in known.Skip(1))
        {
            reading.Error(PackCodes.NotExactlyOneKind, key, $"{what} has a second kind '{key.Value}' besides '{known[0].Key.Value}'; make it an entry of its own.");
        }

        fields.Close();
        var (kind, node) = known[0];
        return Fields.Of(node, reading, $"'{kind.Value}'") is { } settings
            ? (kind.Value, SettingsBinder.Bind(kinds[kind.Value], settings, reading, out var complete), complete)
            : null;
    }
}
