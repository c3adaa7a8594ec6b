using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Packs;
using FieldMedic.Report;
using FieldMedic.Tracker;

namespace FieldMedic.Chat;

/// <summary>
/// Takes the orders people write in comments. The comment is read fresh from the tracker, who wrote it is judged by the role the tracker
/// tells, and the answer goes into the one status comment. Calling it again for the same comment does nothing twice.
/// </summary>
public sealed class ChatDesk(MedicPorts ports)
{
    private readonly CaseBook _book = new(ports);
    private readonly CommandDesk _commands = new(ports);
    private readonly DisputeDesk _disputes = new(ports);

    /// <summary>Handles one comment. Only cancellation and bugs throw.</summary>
    public async Task<ChatResult> HandleAsync(IssueRef issue, long commentId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(issue);
        var tracker = ports.Tracker ?? throw new InvalidOperationException("Chat needs a tracker.");
        try
        {
            var fetched = await tracker.GetIssueAsync(issue, cancellationToken).ConfigureAwait(false);
            if (fetched.Comments.FirstOrDefault(c => c.Id == commentId) is not { } comment)
            {
                return Ignored("The comment is gone.");
            }

            if (comment.IsBot || IsOurReport(comment))
            {
                return Ignored("Bots give no orders, and neither do our own reports.");
            }

            return CommandReader.Read(comment.Body) switch
            {
                [] => await _disputes.HandleAsync(fetched, comment, cancellationToken).ConfigureAwait(false) ?? Ignored("It is no command."),
                var words => await ObeyAsync(fetched, comment, words, cancellationToken).ConfigureAwait(false),
            };
        }
        catch (TrackerException e) when (e.Failure is TrackerFailure.NotFound or TrackerFailure.Invalid)
        {
            return Ignored("There is no such issue, or it is not for us.");
        }
        catch (Exception e) when (e is TrackerException or JournalException or LeaseLostException)
        {
            return new ChatResult(ChatOutcome.Failed, e.Message);
        }
    }

    private async Task<ChatResult> ObeyAsync(Issue issue, IssueComment comment, IReadOnlyList<string> words, CancellationToken cancellationToken)
    {
        var tracker = ports.Tracker!;
        var known = await _book.OfAsync(issue.Ref, cancellationToken).ConfigureAwait(false);
        if (known.SelectMany(i => i.Commands).FirstOrDefault(c => c.Issue == issue.Ref && c.CommentId == comment.Id) is { } before)
        {
            return await AgainAsync(known[0], before, cancellationToken).ConfigureAwait(false);
        }

        var word = words is [var only] ? ChatWord.Find(only) : null;
        var role = comment.IsEdited ? RepositoryRole.None : await tracker.RoleOfAsync(issue.Ref, comment.Author, cancellationToken).ConfigureAwait(false);
        var no = Refuse(comment, words, word, role);
        await tracker.ReactAsync(issue.Ref, comment.Id, no is null ? Reaction.Eyes : Reaction.Confused, cancellationToken).ConfigureAwait(false);
        await using var place = await _book.TakePlaceAsync(issue.Ref, cancellationToken).ConfigureAwait(false);
        var answer = no is null
            ? await _commands.DoAsync(word!.Command, issue, comment, role, place.Incident, cancellationToken).ConfigureAwait(false)
            : ChatAnswer.No(no);
        if (no is null && !answer.IsDone)
        {
            await tracker.ReactAsync(issue.Ref, comment.Id, Reaction.Confused, cancellationToken).ConfigureAwait(false);
        }

        var said = new IncidentEvent.CommandAnswered(issue.Ref, comment.Id, comment.Author, word?.Command, answer.IsDone, answer.Lines);
        await _book.TellAsync(place, issue.Ref, said, cancellationToken).ConfigureAwait(false);
        return new ChatResult(answer.IsDone ? ChatOutcome.Done : ChatOutcome.Refused, answer.Lines[0]) { Command = word?.Command, Then = answer.Then };
    }

    /// <summary>A process may have died between doing and telling: it is told again, and what has to follow still has to.</summary>
    private async Task<ChatResult> AgainAsync(Incident newest, IncidentEvent.CommandAnswered before, CancellationToken cancellationToken)
    {
        var isNewest = newest.Commands.Contains(before);
        if (isNewest)
        {
            await _book.ShowAsync(newest, before.Issue, cancellationToken).ConfigureAwait(false);
        }

        return new ChatResult(ChatOutcome.Repeated, "This comment was answered before.")
        {
            Command = before.Command,
            Then = isNewest && before is { Done: true, Command: ChatCommand.Approve or ChatCommand.Retry or ChatCommand.Resume } ? new RunOptions { OrderedBy = before.By } : null,
        };
    }

    /// <summary>Why it is not even tried; null when it may be.</summary>
    private static string? Refuse(IssueComment comment, IReadOnlyList<string> words, ChatWord? word, RepositoryRole role)
    {
        if (comment.IsEdited)
        {
            return "that comment was edited after it was written, so it is not known who says it: write a new one";
        }

        if (words.Count > 1)
        {
            return "one command a comment, please: which of them comes first would be a guess";
        }

        if (word is null)
        {
            return $"there is no such command; there are: {string.Join(", ", ChatWord.All.Select(w => w.Word))}";
        }

        return role >= word.Needs ? null : $"{word.Word} needs the role {word.Needs.ToString().ToLowerInvariant()} in this repository, and that account has not got it; nothing was done";
    }

    private static bool IsOurReport(IssueComment comment) => comment.IsOurs && comment.Body.StartsWith(CommentMarker.Start, StringComparison.Ordinal);

    private static ChatResult Ignored(string why) => new(ChatOutcome.Ignored, why);
}
