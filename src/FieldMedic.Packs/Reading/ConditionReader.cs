using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>Reads lists of conditions and checks the observations they name.</summary>
internal sealed class ConditionReader(PackReading reading, ObservationNames names)
{
    private const string Before = "before.";

    /// <param name="key">The key the list stands under, for messages.</param>
    /// <param name="beforeAllowed">Whether there is an earlier snapshot to compare with.</param>
    /// <param name="service">What <c>{service}</c> stands for; null outside templates.</param>
    public IReadOnlyList<Condition> Read(Node? node, string key, bool beforeAllowed, string? service = null)
    {
        if (node is null)
        {
            return [];
        }

        var place = new Place(key, beforeAllowed, service);
        IReadOnlyList<Node> items = node is ListNode list ? list.Items : [node];
        var conditions = new List<Condition>();
        foreach (var item in items)
        {
            if (ReadOne(item, place) is { } condition)
            {
                conditions.Add(condition);
                CheckStale(condition, item, key);
            }
        }

        return conditions;
    }

    private Condition? ReadOne(Node node, Place place)
    {
        switch (node)
        {
            case ScalarNode scalar:
                return ReadComparison(scalar, place);
            case MapNode { Entries: [var (name, alternatives)] } when name.Value == "any":
                return ReadAny(alternatives, place);
            default:
                reading.Error(PackCodes.WrongShape, node, $"An element of '{place.Key}' is a comparison ('worker.running < 2') or 'any:' with a list of alternatives; this is {node.Shape}.");
                return null;
        }
    }

    private Condition.Any? ReadAny(Node node, Place place)
    {
        if (node is not ListNode { Items.Count: > 0 } list)
        {
            reading.Error(PackCodes.WrongShape, node, "'any' must be a list of alternatives, e.g. any: [ \"a.b < 1\", \"c.d > 2\" ].");
            return null;
        }

        var alternatives = new List<IReadOnlyList<Condition>>();
        foreach (var item in list.Items)
        {
            if (item is ListNode { Items.Count: 0 })
            {
                // All of nothing is true: an empty alternative would make the whole condition always hold.
                reading.Error(PackCodes.BadCondition, item, "This alternative of 'any' is empty.");
                continue;
            }

            IReadOnlyList<Node> parts = item is ListNode all ? all.Items : [item];
            alternatives.Add([.. parts.Select(p => ReadOne(p, place)).OfType<Condition>()]);
        }

        return new Condition.Any(alternatives);
    }

    private Condition.Comparison? ReadComparison(ScalarNode scalar, Place place)
    {
        if (reading.Expand(scalar) is not { } text)
        {
            return null;
        }

        text = place.Service is null ? text : text.Replace("{service}", place.Service, StringComparison.Ordinal);
        var comparison = ConditionParser.Parse(text, out var error);
        if (comparison is null)
        {
            reading.Error(PackCodes.BadCondition, scalar, error!);
            return null;
        }

        CheckName(comparison.Left, scalar, place);
        if (comparison.Right.Observation is { } other)
        {
            CheckName(other, scalar, place);
        }

        return comparison;
    }

    private void CheckName(string name, ScalarNode at, Place place)
    {
        if (name.StartsWith(Before, StringComparison.Ordinal))
        {
            if (!place.BeforeAllowed)
            {
                reading.Error(PackCodes.BeforeNotHere, at, $"'{name}': 'before.' looks at the sweep before the repair and works in 'proof' only; in '{place.Key}' it would stay unknown.");
            }

            name = name[Before.Length..];
        }

        names.Check(name, at, reading);
    }

    private void CheckStale(Condition condition, Node at, string key)
    {
        if (StaleIn(condition) is { } stale)
        {
            reading.Error(PackCodes.StaleCondition, at, $"'{condition}' can never hold in '{key}': {stale} comes only from a probe with 'stale_after', and what may be stale decides nothing. Measure it with a probe that asks directly.");
        }
    }

    private string? StaleIn(Condition condition)
    {
        switch (condition)
        {
            case Condition.Comparison comparison:
                return new[] { comparison.Left, comparison.Right.Observation }
                    .OfType<string>()
                    .Select(n => n.StartsWith(Before, StringComparison.Ordinal) ? n[Before.Length..] : n)
                    .FirstOrDefault(names.IsStale);
            case Condition.Any any:
                var stale = any.Alternatives.Select(a => a.Select(StaleIn).FirstOrDefault(s => s is not null)).ToList();
                return stale.Count > 0 && stale.TrueForAll(s => s is not null) ? stale[0] : null;
            default:
                return null;
        }
    }

    private sealed record Place(string Key, bool BeforeAllowed, string? Service);
}
