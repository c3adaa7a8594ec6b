using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.Report;

/// <summary>
/// The one status comment of each issue: found again by our own authorship and the hidden marker, created once, edited in
/// place. Progress is sent in the background, newest state wins, and a tracker in trouble never holds up the repair.
/// </summary>
public sealed class ProgressComment(IIssueTracker tracker, ReportRenderer renderer)
{
    private readonly Dictionary<IssueRef, long> _known = [];
    private readonly Lock _gate = new();
    private readonly HashSet<IssueRef> _linked = [];
    private Incident? _newest;
    private bool _isSettling;
    private Task _sending = Task.CompletedTask;

    /// <summary>
    /// Remembers our comment on a freshly fetched issue: the one this incident wrote, else the newest one with a marker that is
    /// not older than the last reopening.
    /// </summary>
    public void Note(Issue issue, long? written = null)
    {
        ArgumentNullException.ThrowIfNull(issue);
        var ours = issue.Comments.LastOrDefault(c => c.IsOurs && c.Id == written) ?? issue.Comments.LastOrDefault(c => c.IsOurs
            && c.Body.StartsWith(CommentMarker.Start, StringComparison.Ordinal)
            && (issue.LastReopenedAt is not { } reopened || c.CreatedAt >= reopened));
        if (ours is not null)
        {
            _known[issue.Ref] = ours.Id;
        }
    }

    /// <summary>Shows a new state of the incident on its first issue, soon; those that joined get a link to that, once.</summary>
    public void Show(Incident incident, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(incident);
        if (incident.Issues.IsEmpty || !tracker.CanEditComments)
        {
            return;
        }

        lock (_gate)
        {
            (_newest, _isSettling) = (incident, false);
            if (_sending.IsCompleted)
            {
                _sending = Task.Run(() => SendAllAsync(cancellationToken), CancellationToken.None);
            }
        }
    }

    /// <summary>Waits until the newest state stands on the issue, or could not be written.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
        {
            return _sending;
        }
    }

    /// <summary>Waits until nothing is on its way any more and drops what has not been sent.</summary>
    public async Task SettleAsync()
    {
        Task sending;
        lock (_gate)
        {
            (_newest, _isSettling) = (null, true);
            sending = _sending;
        }

        await sending.ConfigureAwait(false);
    }

    /// <summary>Writes the comment now and gives its id.</summary>
    public async Task<long> PutAsync(IssueRef issue, string body, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(issue, out var id))
        {
            Note(await tracker.GetIssueAsync(issue, cancellationToken).ConfigureAwait(false));
        }

        if (_known.TryGetValue(issue, out id))
        {
            try
            {
                await tracker.EditCommentAsync(issue, id, body, cancellationToken).ConfigureAwait(false);
                return id;
            }
            catch (TrackerException e) when (e.Failure == TrackerFailure.NotFound)
            {
                // Somebody deleted it, and the answer is still owed; unless it is there after all, and another one would be a second.
                _known.Remove(issue);
                Note(await tracker.GetIssueAsync(issue, cancellationToken).ConfigureAwait(false));
                if (_known.ContainsKey(issue))
                {
                    throw;
                }
            }
        }

        return _known[issue] = await tracker.CreateCommentAsync(issue, body, cancellationToken).ConfigureAwait(false);
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Incident? next;
            lock (_gate)
            {
                (next, _newest) = (_newest, null);
                if (next is null)
                {
                    return;
                }
            }

            try
            {
                await PutAsync(next.Issues[0].Issue, renderer.Progress(next), cancellationToken).ConfigureAwait(false);
                await LinkAsync(next, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is TrackerException or OperationCanceledException)
            {
                // Progress is a courtesy; the final report is the promise and is kept in the journal.
            }
        }
    }

    private async Task LinkAsync(Incident incident, CancellationToken cancellationToken)
    {
        foreach (var joined in incident.Issues.Skip(1).Where(i => !i.Settled && !_linked.Contains(i.Issue)))
        {
            lock (_gate)
            {
                // The answer is about to be written there anyway, and does not wait for the links of a crowd.
                if (_isSettling)
                {
                    return;
                }
            }

            await PutAsync(joined.Issue, renderer.Joined(incident), cancellationToken).ConfigureAwait(false);
            _linked.Add(joined.Issue);
        }
    }
}
