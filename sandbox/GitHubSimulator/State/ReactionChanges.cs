using System.Collections.Immutable;

namespace GitHubSimulator.State;

/// <summary>Reactions on issues and comments. The same one twice stays one, as on GitHub.</summary>
internal static class ReactionChanges
{
    public static readonly ImmutableArray<string> Contents =
        ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"];

    public static (Repository, Outcome<Reaction>) ReactToIssue(this Repository repository, int number, string content, Change change)
    {
        if (repository.Issue(number) is not { } issue)
        {
            return (repository, Refusal.NotFound);
        }

        var (reactions, outcome) = React(issue.Reactions, content, change);
        return (ReferenceEquals(reactions, issue.Reactions) ? repository : repository.With(issue with { Reactions = reactions }), outcome);
    }

    public static (Repository, Outcome<Reaction>) ReactToComment(this Repository repository, long id, string content, Change change)
    {
        if (repository.Comment(id) is not var (issue, comment))
        {
            return (repository, Refusal.NotFound);
        }

        var (reactions, outcome) = React(comment.Reactions, content, change);
        if (ReferenceEquals(reactions, comment.Reactions))
        {
            return (repository, outcome);
        }

        var reacted = comment with { Reactions = reactions };
        return (repository.With(issue with { Comments = issue.Comments.Replace(comment, reacted) }), outcome);
    }

    private static (ImmutableList<Reaction>, Outcome<Reaction>) React(ImmutableList<Reaction> reactions, string content, Change change)
    {
        if (!Contents.Contains(content))
        {
            return (reactions, Refusal.Invalid(new RefusalDetail("Reaction", "content", "invalid", Value: content)));
        }

        if (reactions.Find(known => known.Author == change.Actor && known.Content == content) is { } known)
        {
            return (reactions, known);
        }

        var reaction = new Reaction(change.NextId(), change.Actor, content, change.At);
        return (reactions.Add(reaction), reaction);
    }
}
