using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Tracker;

namespace FieldMedic.Intake;

/// <summary>Whether a human has told the bot to stand back, asked anew when the last answer is older than a few seconds.</summary>
public sealed class HoldCheck(Pack pack, IIssueTracker? tracker, TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(15);
    private readonly Dictionary<IssueRef, (DateTimeOffset At, bool Held)> _seen = [];

    /// <summary>Remembers what a freshly fetched issue says.</summary>
    public bool Note(Issue issue)
    {
        ArgumentNullException.ThrowIfNull(issue);
        var held = issue.Labels.Contains(pack.Policy.HoldLabel, StringComparer.OrdinalIgnoreCase);
        _seen[issue.Ref] = (time.GetUtcNow(), held);
        return held;
    }

    /// <summary>True when any issue of the incident is on hold. A tracker that cannot be asked leaves the last answer standing.</summary>
    public async Task<bool> IsHeldAsync(Incident incident, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(incident);
        foreach (var issue in incident.Issues.Where(_ => tracker is not null))
        {
            if (!_seen.TryGetValue(issue.Issue, out var seen) || time.GetUtcNow() - seen.At > GoodFor)
            {
                try
                {
                    Note(await tracker!.GetIssueAsync(issue.Issue, cancellationToken).ConfigureAwait(false));
                }
                catch (TrackerException) when (_seen.ContainsKey(issue.Issue))
                {
                    // The repair must not wait for the tracker; the label was not there when we last saw the issue.
                }
            }

            if (_seen.TryGetValue(issue.Issue, out seen) && seen.Held)
            {
                return true;
            }
        }

        return false;
    }
}
