using FieldMedic.Incidents;

namespace FieldMedic.Packs;

/// <summary>Something users do that many parts have to work together for, link by link in the order in which to look.</summary>
/// <param name="Id">E.g. <c>sync</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Kind">The complaint kind that is about it; an answer to such a complaint names the broken link.</param>
/// <param name="Ready">What to tell a user when every link holds.</param>
public sealed record ChainSpec(string Id, string Title, string? Kind, string Ready, IReadOnlyList<ChainLink> Links)
{
    /// <summary>Each link with whether it holds.</summary>
    public IReadOnlyList<(ChainLink Link, Truth Holds)> Look(Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return [.. Links.Select(l => (l, snapshot.IsObservable ? ConditionEvaluator.All(l.Ok, snapshot) : Truth.Unknown))];
    }

    /// <summary>The first link that does not hold, else the first that cannot be told; null when all hold.</summary>
    public ChainLink? Broken(Snapshot snapshot)
    {
        var links = Look(snapshot);
        return links.FirstOrDefault(l => l.Holds == Truth.False).Link ?? links.FirstOrDefault(l => l.Holds == Truth.Unknown).Link;
    }
}
