using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Tracker;

namespace FieldMedic.Chat;

/// <summary>
/// "Still broken" from the reporter, or from somebody with triage, after we had closed an issue with a proof: the closure counts as false, the issue is
/// open again and gets a fresh incident, and from then on only a human closes it. Against a maintainer's close it does nothing.
/// </summary>
internal sealed class DisputeDesk(MedicPorts ports)
{
    // A wrong match reopens an issue for a person to look at; a missed one leaves the reopen button. So few phrases, and plain ones.
    private static readonly string[] Phrases =
    [
        "still broken", "still not working", "still does not work", "still doesn't work", "still stuck", "still failing", "not fixed", "not resolved",
        "immer noch kaputt", "geht immer noch nicht", "funktioniert immer noch nicht", "nicht behoben",
        "toujours en panne", "ne marche toujours pas", "ne fonctionne toujours pas", "pas résolu",
        "ancora rotto", "non funziona ancora", "ancora non funziona", "non risolto",
    ];

    private readonly CaseBook _book = new(ports);

    /// <summary>Null when the comment disputes nothing.</summary>
    public async Task<ChatResult?> HandleAsync(Issue issue, IssueComment comment, CancellationToken cancellationToken)
    {
        if (comment.IsEdited || !IsDispute(comment.Body))
        {
            return null;
        }

        var incidents = await _book.OfAsync(issue.Ref, cancellationToken).ConfigureAwait(false);
        if (incidents.FirstOrDefault(i => i.Issues.Any(s => s.Issue == issue.Ref && (s.Closed || s.Disputed))) is not { } closing
            || incidents[0] != closing
            || (!issue.ClosedByUs && !closing.Issues.Any(s => s.Issue == issue.Ref && s.DisputedBy == comment.Id)))
        {
            return null;
        }

        if (comment.Author != issue.Author && await ports.Tracker!.RoleOfAsync(issue.Ref, comment.Author, cancellationToken).ConfigureAwait(false) < RepositoryRole.Triage)
        {
            return new ChatResult(ChatOutcome.Ignored, "Only the reporter, or somebody with triage, can say that it is still broken.");
        }

        // Durable before the issue is touched: a process that dies in between finds it and goes on.
        if (!closing.Issues.Any(s => s.Issue == issue.Ref && s.Disputed))
        {
            await _book.AppendAsync(closing.Id, new IncidentEvent.ClosureDisputed(issue.Ref, comment.Id), cancellationToken).ConfigureAwait(false);
        }

        await ports.Tracker!.ReactAsync(issue.Ref, comment.Id, Reaction.Eyes, cancellationToken).ConfigureAwait(false);
        if (!issue.IsOpen)
        {
            await ports.Tracker.ReopenAsync(issue.Ref, cancellationToken).ConfigureAwait(false);
        }

        return new ChatResult(ChatOutcome.Done, "It is said to be still broken: reopened, looking again.") { Then = new RunOptions() };
    }

    internal static bool IsDispute(string body)
        => body.Split('\n').Where(line => !line.TrimStart().StartsWith('>') && !line.Contains('?', StringComparison.Ordinal)).Select(Folded)
            .Any(line => Phrases.Any(phrase => line.Contains(Folded(phrase), StringComparison.Ordinal)));

    private static string Folded(string text) => $" {string.Join(' ', TextFolding.Words(text))} ";
}
