using System.Security.Cryptography;
using FieldMedic.Incidents;

namespace FieldMedic.Mcp.Plans;

/// <summary>
/// The plans that were shown and may still be carried out, each once and for a short time. They are kept in memory only: after a
/// restart a plan has to be shown anew. The id is random, so it cannot be guessed by one who was not shown the plan.
/// </summary>
internal sealed class ShownPlans(TimeProvider time)
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(5);
    private const int Most = 100;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ShownPlan> _plans = new(StringComparer.Ordinal);

    public (string Id, ShownPlan Shown) Add(string? problem, string? service, Plan plan)
    {
        var now = time.GetUtcNow();
        var shown = new ShownPlan(problem, service, plan, now + GoodFor);
        var id = $"plan-{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
        lock (_gate)
        {
            foreach (var gone in _plans.Where(p => p.Value.ExpiresAt <= now).Select(p => p.Key).ToList())
            {
                _plans.Remove(gone);
            }

            if (_plans.Count >= Most)
            {
                _plans.Remove(_plans.MinBy(p => p.Value.ExpiresAt).Key);
            }

            _plans.Add(id, shown);
        }

        return (id, shown);
    }

    /// <summary>Gives the plan and forgets it; null when there is none of that id, or its time is over.</summary>
    public ShownPlan? Take(string id)
    {
        lock (_gate)
        {
            return _plans.Remove(id, out var shown) && shown.ExpiresAt > time.GetUtcNow() ? shown : null;
        }
    }
}
