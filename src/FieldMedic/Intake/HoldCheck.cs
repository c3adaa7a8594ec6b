using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Tracker;

namespace FieldMedic.Intake;

/// <summary>Whether a human has told the bot to stand back, or is at work; asked anew when the last answer is older than a few seconds.</summary>
public sealed class HoldCheck(Pack pack, IIssueTracker? tracker, TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(15);
    private readonly Dictionary<IssueRef, (DateTimeOffset At, Issue Issue)> _seen = [];

    /// <summary>Remembers what a freshly fetched issue says; true when it is on hold.</summary>
    public bool Note(Issue issue)
    {
        ArgumentNullException.ThrowIfNull(issue);
        _seen[issue.Ref] = (time.GetUtcNow(), issue);
        return IsHeld(issue);
    }

    /// <summary>True when any issue of the incident is on hold. A tracker that cannot be asked leaves the last answer standing.</summary>
    public async Task<bool> IsHeldAsync(Incident incident, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(incident);
        foreach (var issue in incident.Issues)
        {
            if (await LookAsync(issue.Issue, cancellationToken).ConfigureAwait(false) is { } seen && IsHeld(seen))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The maintainer who is at work on an issue of the incident; null when nobody is.</summary>
    public async Task<HumanAtWork?> AtWorkAsync(Incident incident, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(incident);
        foreach (var issue in incident.Issues)
        {
            if (await LookAsync(issue.Issue, cancellationToken).ConfigureAwait(false) is { } seen
                && await AtWorkAsync(seen, cancellationToken).ConfigureAwait(false) is { } human)
            {
                return human;
            }
        }

        return null;
    }

    /// <summary>
    /// The maintainer who is at work on this issue: the newest sign of one that is not older than the pack says, unless they told us to go on.
    /// Who is a maintainer is asked from the tracker; when it cannot tell now, that is an error, and nothing is done.
    /// </summary>
    public async Task<HumanAtWork?> AtWorkAsync(Issue issue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(issue);
        if (pack.Policy.BackOff <= TimeSpan.Zero)
        {
            return null;
        }

        var since = time.GetUtcNow() - pack.Policy.BackOff;
        var strangers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var sign in HumanSign.On(issue, pack.Policy).TakeWhile(s => s.At > since))
        {
            if (strangers.Contains(sign.By))
            {
                continue;
            }

            if (await IsMaintainerAsync(issue.Ref, sign.By, cancellationToken).ConfigureAwait(false))
            {
                return sign.IsGoAhead ? null : new HumanAtWork(issue.Ref, sign.By, sign.At);
            }

            strangers.Add(sign.By);
        }

        return null;
    }

    private async Task<Issue?> LookAsync(IssueRef issue, CancellationToken cancellationToken)
    {
        if (tracker is not null && (!_seen.TryGetValue(issue, out var seen) || time.GetUtcNow() - seen.At > GoodFor))
        {
            try
            {
                Note(await tracker.GetIssueAsync(issue, cancellationToken).ConfigureAwait(false));
            }
            catch (TrackerException) when (_seen.ContainsKey(issue))
            {
                // The repair must not wait for the tracker; nobody had said stop when we last saw the issue.
            }
        }

        return _seen.TryGetValue(issue, out seen) ? seen.Issue : null;
    }

    private async Task<bool> IsMaintainerAsync(IssueRef issue, string login, CancellationToken cancellationToken)
    {
        try
        {
            return await tracker!.RoleOfAsync(issue, login, cancellationToken).ConfigureAwait(false) >= RepositoryRole.Write;
        }
        catch (TrackerException e) when (!e.IsTransient)
        {
            // A role that may not be read is none, as everywhere; else a stranger's comment would hold up every repair.
            return false;
        }
    }

    private bool IsHeld(Issue issue) => issue.Labels.Contains(pack.Policy.HoldLabel, StringComparer.OrdinalIgnoreCase);
}
