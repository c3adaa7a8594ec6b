using FieldMedic.Incidents;
using FieldMedic.Packs;

namespace FieldMedic.Diagnose;

/// <summary>
/// Which findings have held long enough. A missing answer may be a slow machine: a problem with a <c>for</c> counts once it was seen in every
/// sweep of that time. One that came and went is undecided, so nothing is done about it and nothing is called healthy.
/// </summary>
internal sealed class LastingFindings(ProblemCatalogue catalogue)
{
    // Times the longest `for` that a diagnosis goes on where one problem comes as another goes.
    private const int Patience = 3;

    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);
    private readonly HashSet<string> _passed = new(StringComparer.Ordinal);
    private DateTimeOffset? _started;
    private TimeSpan _longest;

    /// <summary>Takes in the next sweep. True when everything that matters for a decision has held long enough or is gone.</summary>
    public bool Settles(Judgement seen, DateTimeOffset at, out Judgement settled)
    {
        _started ??= at;
        foreach (var key in _since.Keys.Where(key => seen.Findings.All(f => f.Key != key)).ToList())
        {
            _since.Remove(key);
            _passed.Add(key);
        }

        var young = seen.Findings.Where(f => !HasHeld(f, at)).ToList();
        // A consequence of what is certain needs no waiting: its cause is treated first.
        var open = young.Where(f => !seen.Findings.Except(young).Any(cause => catalogue.IsCausedBy(f, cause))).ToList();
        var isOver = at - _started > Patience * _longest;
        settled = isOver || open.Count == 0
            ? new Judgement([.. seen.Findings.Except(open)], [.. seen.Undecided.Concat(_passed).Concat(open.Select(f => f.Key)).Distinct()])
            : seen;
        return isOver || open.Count == 0;
    }

    private bool HasHeld(Finding finding, DateTimeOffset at)
    {
        if (catalogue.Find(finding.Key) is not { For: { Ticks: > 0 } time })
        {
            return true;
        }

        _longest = time > _longest ? time : _longest;
        _passed.Remove(finding.Key);
        _since.TryAdd(finding.Key, at);
        return at - _since[finding.Key] >= time;
    }
}
