using FieldMedic.Incidents;

namespace FieldMedic.Packs;

/// <summary>Judges a snapshot against the pack's problems and puts the root cause first. Pure.</summary>
public sealed class ProblemCatalogue
{
    private readonly Dictionary<string, ProblemSpec> _byKey;
    private readonly Dictionary<string, HashSet<string>> _needs;
    private readonly Pack _pack;

    public ProblemCatalogue(Pack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        _pack = pack;
        _byKey = pack.Problems.ToDictionary(p => p.Key, StringComparer.Ordinal);
        _needs = pack.Services.Keys.ToDictionary(s => s, AllNeeds, StringComparer.Ordinal);
    }

    public ProblemSpec? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <summary>Findings (root first) and undecided problems of a snapshot.</summary>
    public Judgement Judge(Snapshot snapshot)
    {
        var holding = new List<ProblemSpec>();
        var undecided = new List<string>();
        foreach (var problem in _pack.Problems)
        {
            switch (ConditionEvaluator.All(problem.When, snapshot))
            {
                case Truth.True: holding.Add(problem); break;
                case Truth.Unknown: undecided.Add(problem.Key); break;
            }
        }

        var ranked = holding
            .Select((problem, index) => (problem, index, causes: holding.Count(other => Causes(other, problem))))
            .OrderBy(x => x.causes)
            .ThenBy(x => x.index)
            .Select(x => new Finding(x.problem.Id, x.problem.Service, x.problem.Title, [.. ConditionEvaluator.Evidence(x.problem.When, snapshot)], x.problem.Kind));
        return new Judgement([.. ranked], undecided);
    }

    /// <summary>
    /// The same for an incident: an advisory problem counts only where somebody complained of what it explains, or where it was named. A
    /// machine that is merely busy must not keep a proven repair from being one.
    /// </summary>
    public Judgement Judge(Incident incident, Snapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var judgement = Judge(snapshot);
        return new Judgement([.. judgement.Findings.Where(f => Counts(f.Key))], [.. judgement.Undecided.Where(Counts)]);

        bool Counts(string key)
            => Find(key) is not { IsAdvisory: true } problem
                || (incident.OnlyProblem is { } only && (only == problem.Id || only == problem.Kind))
                || incident.Issues.Any(i => problem.Explains.Intersect(i.Complaint.Kinds, StringComparer.Ordinal).Any());
    }

    /// <summary>The findings that no other finding explains.</summary>
    public IReadOnlyList<Finding> Roots(IReadOnlyList<Finding> findings)
        => [.. findings.Where(f => !findings.Any(other => IsCausedBy(f, other)))];

    /// <summary>Whether <paramref name="cause"/> explains <paramref name="finding"/>: by service dependency or by <c>caused_by</c>.</summary>
    public bool IsCausedBy(Finding finding, Finding cause)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(cause);
        return Find(finding.Key) is { } effect && Find(cause.Key) is { } origin && Causes(origin, effect);
    }

    /// <summary>
    /// Whether what could not be decided may be what there is to treat: nothing was found, or only what has no remedy and may come from it.
    /// </summary>
    public bool MayHideTheCause(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        var undecided = judgement.Undecided.Select(Find).OfType<ProblemSpec>().ToList();
        var roots = Roots(judgement.Findings).Select(f => Find(f.Key)).OfType<ProblemSpec>().ToList();
        return roots.All(root => root.Remedies.Count == 0 && undecided.Any(cause => Causes(cause, root)));
    }

    /// <summary>Whether a problem explains one of the complaint kinds.</summary>
    public bool Explains(Finding finding, Complaint complaint)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(complaint);
        return Find(finding.Key) is { } problem && problem.Explains.Intersect(complaint.Kinds, StringComparer.Ordinal).Any();
    }

    /// <summary>
    /// What could not be seen from the start and was never found: the only problems a proof may leave open (the report names
    /// them). One that was seen before and cannot be seen now is never among them, or blindness would pass for health.
    /// </summary>
    public IReadOnlyList<string> BlindSpots(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return [.. Judge(incident.Before ?? Snapshot.Empty).Undecided.Except(incident.Found.Select(f => f.Key), StringComparer.Ordinal)];
    }

    /// <summary>Whether the incident may treat the problem with this key, were it found.</summary>
    public bool IsInScope(Incident incident, string key)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return Find(key) is { } problem && incident.Covers(new Finding(problem.Id, problem.Service, problem.Title, [], problem.Kind));
    }

    /// <summary>Whether the ladder of a finding has a rung that this incident has not used.</summary>
    public bool HasUntriedRemedy(Incident incident, Finding finding)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(finding);
        return Find(finding.Key)?.Remedies.Any(r => !incident.Tried.Contains($"{finding.Key}:{r}")) == true;
    }

    /// <summary>Whether a service is, or transitively needs, another.</summary>
    public bool DependsOn(string service, string other)
        => service == other || (_needs.TryGetValue(service, out var needs) && needs.Contains(other));

    private bool Causes(ProblemSpec cause, ProblemSpec effect)
    {
        if (cause.Key == effect.Key)
        {
            return false;
        }

        if (effect.CausedBy.Contains(cause.Id, StringComparer.Ordinal))
        {
            return true;
        }

        return cause.Service is not null && effect.Service is not null && cause.Service != effect.Service && DependsOn(effect.Service, cause.Service);
    }

    private HashSet<string> AllNeeds(string service)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([service]);
        while (open.TryPop(out var next))
        {
            if (!_pack.Services.TryGetValue(next, out var spec))
            {
                continue;
            }

            foreach (var needed in spec.Needs.Where(all.Add))
            {
                open.Push(needed);
            }
        }

        return all;
    }
}
