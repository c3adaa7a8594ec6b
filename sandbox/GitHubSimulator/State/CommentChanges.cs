namespace GitHubSimulator.State;

/// <summary>Writing, changing and deleting comments.</summary>
internal static class CommentChanges
{
    public static (Repository, Outcome<Comment>) AddComment(this Repository repository, int number, string body, Change change)
    {
        if (repository.Issue(number) is not { } issue)
        {
            return (repository, Refusal.NotFound);
        }

        if (Check(body) is { } refusal)
        {
            return (repository, refusal);
        }

        var comment = new Comment
        {
            Id = change.NextId(),
            Author = change.Actor,
            Body = body,
            CreatedAt = change.At,
            UpdatedAt = change.At,
        };
        return (repository.With(issue with { Comments = issue.Comments.Add(comment), UpdatedAt = change.At }), comment);
    }

    public static (Repository, Outcome<Comment>) EditComment(this Repository repository, long id, string body, Change change)
    {
        if (repository.Comment(id) is not var (issue, comment))
        {
            return (repository, Refusal.NotFound);
        }

        if ((MayTouch(comment, change) ? Check(body) : Refusal.Forbidden) is { } refusal)
        {
            return (repository, refusal);
        }

        var edited = comment with { Body = body, UpdatedAt = change.At };
        issue = issue with { Comments = issue.Comments.Replace(comment, edited), UpdatedAt = change.At };
        return (repository.With(issue), edited);
    }

    public static (Repository, Outcome<Comment>) DeleteComment(this Repository repository, long id, Change change)
    {
        if (repository.Comment(id) is not var (issue, comment))
        {
            return (repository, Refusal.NotFound);
        }

        if (!MayTouch(comment, change))
        {
            return (repository, Refusal.Forbidden);
        }

        issue = issue with { Comments = issue.Comments.Remove(comment), UpdatedAt = change.At };
        return (repository.With(issue), comment);
    }

    private static bool MayTouch(Comment comment, Change change) =>
        change.Permission >= Permission.Write
        || string.Equals(comment.Author, change.Actor, StringComparison.OrdinalIgnoreCase);

    private static Refusal? Check(string body)
    {
        if (string.IsNullOrWhiteSpace(body))
        {
            return Refusal.Invalid(new RefusalDetail("IssueComment", "data", "unprocessable", "Body cannot be blank"));
        }

        return TextLimits.CheckBody("IssueComment", body) is { } tooLong ? Refusal.Invalid(tooLong) : null;
    }
}
