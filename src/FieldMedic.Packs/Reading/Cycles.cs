using FieldMedic.Packs.Yaml.Nodes;

namespace FieldMedic.Packs.Yaml.Reading;

internal static class Cycles
{
    /// <summary>Each circle once, written <c>a → b → a</c>, at the edge that closes it.</summary>
    public static IEnumerable<(string Path, ScalarNode At)> Find(
        IReadOnlyDictionary<string, List<string>> edges, IEnumerable<(string From, string To, ScalarNode At)> places)
    {
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (from, to, at) in places)
        {
            if (PathBetween(to, from, edges) is { } path && reported.Add(string.Join(' ', path.Order(StringComparer.Ordinal))))
            {
                yield return ($"{from} → {string.Join(" → ", path)}", at);
            }
        }
    }

    // Breadth first, so the shortest circle is shown.
    private static List<string>? PathBetween(string from, string to, IReadOnlyDictionary<string, List<string>> edges)
    {
        var cameFrom = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var at))
        {
            if (at == to)
            {
                var path = new List<string>();
                for (var step = at; step is not null; step = cameFrom[step])
                {
                    path.Insert(0, step);
                }

                return path;
            }

            foreach (var next in edges.GetValueOrDefault(at) ?? [])
            {
                if (cameFrom.TryAdd(next, at))
                {
                    open.Enqueue(next);
                }
            }
        }

        return null;
    }
}
