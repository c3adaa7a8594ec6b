using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.Testing;

/// <summary>A tracker in memory that records every write.</summary>
public sealed class CollectingTracker(TimeProvider time) : IIssueTracker
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IssueRef, Issue> _issues = [];
    private long _nextComment = 1000;

    /// <summary>Throws this on writes, while set.</summary>
    public TrackerException? FailWrites { get; set; }

    public TrackerException? FailReads { get; set; }

    /// <summary>False: like a tracker that shows no comments and no history, and edits no comment.</summary>
    public bool CanEditComments { get; set; } = true;

    public bool TellsCommentCount { get; set; } = true;

    /// <summary>Comments are written, but the caller never hears of it.</summary>
    public bool LoseAnswers { get; set; }

    public List<string> Writes { get; } = [];

    /// <summary>Called with every text of a comment that is written.</summary>
    public Action<IssueRef, string>? Wrote { get; set; }

    public IssueRef Open(int number, string title, string body = "", params string[] labels)
    {
        var reference = new IssueRef("example/field", number);
        this[reference] = new Issue(reference, title, body, "reporter", true, labels, [], new Uri($"http://localhost/example/field/issues/{number}"), false, null);
        return reference;
    }

    public Issue this[IssueRef issue]
    {
        get { lock (_gate) { return _issues[issue]; } }
        set { lock (_gate) { _issues[issue] = value; } }
    }

    public long Comment(IssueRef issue, string author, string body, bool isOurs = false, bool isBot = false, TimeSpan? editedAfter = null)
    {
        lock (_gate)
        {
            var at = time.GetUtcNow();
            var comment = new IssueComment(_nextComment++, author, isOurs, isBot, body, at) { UpdatedAt = at + (editedAfter ?? TimeSpan.Zero) };
            _issues[issue] = _issues[issue] with { Comments = [.. _issues[issue].Comments, comment] };
            return comment.Id;
        }
    }

    public Task<Issue> GetIssueAsync(IssueRef issue, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (FailReads is { } failure)
            {
                throw failure;
            }

            return Task.FromResult(_issues.TryGetValue(issue, out var found) ? Shown(found) : throw new TrackerException(TrackerFailure.NotFound, $"There is no issue {issue}."));
        }
    }

    /// <summary>Throws this when asked who may write, while set.</summary>
    public TrackerException? FailPermissions { get; set; }

    /// <summary>Who may write to the repository.</summary>
    public HashSet<string> Maintainers { get; } = ["maintainer"];

    /// <summary>Who has some other role; who is in neither may read.</summary>
    public Dictionary<string, RepositoryRole> Roles { get; } = new(StringComparer.Ordinal);

    /// <summary>Reactions, in order: <c>1001 eyes</c>, or <c>issue 7 eyes</c>.</summary>
    public List<string> Reactions { get; } = [];

    public Task<RepositoryRole> RoleOfAsync(IssueRef issue, string login, CancellationToken cancellationToken)
        => (FailPermissions ?? FailReads) is { } failure
            ? throw failure
            : Task.FromResult(Maintainers.Contains(login) ? RepositoryRole.Write : Roles.GetValueOrDefault(login, RepositoryRole.Read));

    public Task ReactAsync(IssueRef issue, long? commentId, Reaction reaction, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (FailWrites is { } failure)
            {
                throw failure;
            }

            var said = $"{(commentId is { } id ? $"{id}" : $"issue {issue.Number}")} {reaction}".ToLowerInvariant();
            if (!Reactions.Contains(said))
            {
                Reactions.Add(said);
            }

            return Task.CompletedTask;
        }
    }

    public Task CloseOnWordAsync(MaintainerWord word, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(word);
        lock (_gate)
        {
            Write($"close on word {word.Issue.Number}");
            _issues[word.Issue] = _issues[word.Issue] with { IsOpen = false, ClosedByUs = true };
            return Task.CompletedTask;
        }
    }

    public Task<long> CreateCommentAsync(IssueRef issue, string body, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Write($"comment {issue.Number}");
            Wrote?.Invoke(issue, body);
            var id = _nextComment++;
            _issues[issue] = _issues[issue] with { Comments = [.. _issues[issue].Comments, new IssueComment(id, "fieldmedic-bot", true, true, body, time.GetUtcNow())] };
            return LoseAnswers ? throw new TrackerException(TrackerFailure.Unavailable, "The answer was lost.") : Task.FromResult(id);
        }
    }

    public Task EditCommentAsync(IssueRef issue, long commentId, string body, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Write($"edit {issue.Number}");
            Wrote?.Invoke(issue, body);
            if (!_issues[issue].Comments.Any(c => c.Id == commentId && c.IsOurs))
            {
                throw new TrackerException(TrackerFailure.NotFound, "There is no such comment.");
            }

            _issues[issue] = _issues[issue] with { Comments = [.. _issues[issue].Comments.Select(c => c.Id == commentId ? c with { Body = body } : c)] };
            return Task.CompletedTask;
        }
    }

    public Task ChangeLabelsAsync(IssueRef issue, IReadOnlyCollection<string> add, IReadOnlyCollection<string> remove, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Write($"label {issue.Number} +{string.Join('+', add)}");
            _issues[issue] = _issues[issue] with { Labels = [.. _issues[issue].Labels.Except(remove).Union(add)] };
            return Task.CompletedTask;
        }
    }

    public Task CloseAsync(IssueRef issue, Proof proof, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(proof);
        lock (_gate)
        {
            Write($"close {issue.Number}");
            _issues[issue] = _issues[issue] with { IsOpen = false, ClosedByUs = true };
            return Task.CompletedTask;
        }
    }

    public Task ReopenAsync(IssueRef issue, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Write($"reopen {issue.Number}");
            _issues[issue] = _issues[issue] with { IsOpen = true, ClosedByUs = false, LastReopenedAt = time.GetUtcNow() };
            return Task.CompletedTask;
        }
    }

    private Issue Shown(Issue issue) => CanEditComments
        ? issue
        : issue with { Comments = [], KnowsHistory = false, CommentCount = TellsCommentCount ? issue.Comments.Count : null };

    private void Write(string what)
    {
        if (FailWrites is { } failure)
        {
            throw failure;
        }

        Writes.Add(what);
    }
}
