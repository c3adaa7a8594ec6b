namespace FieldMedic.Packs.Yaml.Reading;

/// <summary>"Did you mean …" by edit distance.</summary>
public static class Suggestion
{
    /// <summary><c>; did you mean 'x'?</c>, or nothing when no candidate is near.</summary>
    public static string For(string written, IEnumerable<string> candidates)
    {
        var limit = Math.Max(1, Math.Min(3, written.Length / 3));
        var near = candidates
            .Where(c => Math.Abs(c.Length - written.Length) <= limit)
            .Select(c => (Candidate: c, Distance: Distance(written, c)))
            .Where(x => x.Distance <= limit)
            .OrderBy(x => x.Distance).ThenBy(x => x.Candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return near.Candidate is null ? "" : $"; did you mean '{near.Candidate}'?";
    }

    /// <summary>Like <see cref="For"/>, and where nothing is near it lists what there is.</summary>
    public static string OrList(string written, IReadOnlyCollection<string> candidates, string what)
    {
        if (For(written, candidates) is { Length: > 0 } near)
        {
            return near;
        }

        return candidates.Count switch
        {
            0 => $"; there are no {what}.",
            <= 16 => $"; {what}: {string.Join(", ", candidates.Order(StringComparer.Ordinal))}.",
            _ => ".",
        };
    }

    /// <summary>Optimal string alignment: a swap of neighbours counts as one.</summary>
    internal static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }

        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }

        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
