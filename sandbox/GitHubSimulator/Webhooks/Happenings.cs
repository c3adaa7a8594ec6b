using GitHubSimulator.State;

namespace GitHubSimulator.Webhooks;

/// <summary>Finds what happened between two moments of a repository, in the order GitHub tells it.</summary>
internal static class Happenings
{
    public static IEnumerable<Happening> Between(Repository before, Repository after) =>
        after.Issues.Values
            .Where(issue => !ReferenceEquals(before.Issue(issue.Number), issue))
            .SelectMany(issue => before.Issue(issue.Number) is { } known ? Changes(before, known, issue) : Opening(issue));

    private static IEnumerable<Happening> Opening(Issue issue) =>
        [new Happening("issues", "opened", issue), .. issue.Events.Select(entry => Of(entry, issue)).OfType<Happening>()];

    private static IEnumerable<Happening> Changes(Repository before, Issue known, Issue issue)
    {
        if (known.Title != issue.Title || known.Body != issue.Body)
        {
            yield return new Happening("issues", "edited", issue)
            {
                OldTitle = known.Title == issue.Title ? null : known.Title,
                OldBody = known.Body,
                HasOldBody = known.Body != issue.Body,
            };
        }

        foreach (var entry in issue.Events.Skip(known.Events.Count))
        {
            if (Of(entry, issue) is { } happening)
            {
                yield return happening;
            }
        }

        foreach (var comment in issue.Comments)
        {
            var old = known.Comments.Find(earlier => earlier.Id == comment.Id);
            if (old is null)
            {
                yield return new Happening("issue_comment", "created", issue) { Comment = comment };
            }
            else if (old.Body != comment.Body)
            {
                yield return new Happening("issue_comment", "edited", issue) { Comment = comment, OldBody = old.Body, HasOldBody = true };
            }
        }

        foreach (var gone in known.Comments.Where(old => !issue.Comments.Exists(comment => comment.Id == old.Id)))
        {
            yield return new Happening("issue_comment", "deleted", issue) { Comment = gone };
        }
    }

    private static Happening? Of(IssueEvent entry, Issue issue) => entry.Kind switch
    {
        "labeled" or "unlabeled" => new Happening("issues", entry.Kind, issue) { Label = entry.Label },
        "closed" or "reopened" => new Happening("issues", entry.Kind, issue),
        _ => null,
    };
}
