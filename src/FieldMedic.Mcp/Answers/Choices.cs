using FieldMedic.Packs;

namespace FieldMedic.Mcp.Answers;

/// <summary>Arguments select from what the pack knows and from nothing else: what goes on is the pack's own text.</summary>
internal static class Choices
{
    public static IReadOnlyDictionary<string, TimeSpan> Spans { get; } = new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
    {
        ["15m"] = TimeSpan.FromMinutes(15),
        ["1h"] = TimeSpan.FromHours(1),
        ["6h"] = TimeSpan.FromHours(6),
        ["24h"] = TimeSpan.FromHours(24),
    };

    public static IReadOnlyList<string> Problems(Pack pack) => [.. pack.Problems.SelectMany(p => new[] { p.Id, p.Kind ?? p.Id }).Distinct(StringComparer.Ordinal)];

    public static string? Problem(Pack pack, string? given) => Of("problem", Problems(pack), given);

    public static string? Service(Pack pack, string? given) => Of("service", pack.Services.Keys, given);

    public static string? Chain(Pack pack, string? given) => Of("chain", pack.Chains.Select(c => c.Id), given);

    public static TimeSpan Span(string given) => Spans[Of("since", Spans.Keys, given)!];

    public static int Within(string name, int given, int least, int most)
        => given >= least && given <= most ? given : throw new ArgumentMistake($"{name} is a number from {least} to {most}.");

    private static string? Of(string name, IEnumerable<string> known, string? given)
    {
        if (given is null)
        {
            return null;
        }

        var all = known.ToList();
        return all.Find(k => k == given) ?? throw new ArgumentMistake(all.Count == 0
            ? $"The pack knows no {name}: leave it out."
            : $"There is no such {name}. Possible are: {string.Join(", ", all)}.");
    }
}
