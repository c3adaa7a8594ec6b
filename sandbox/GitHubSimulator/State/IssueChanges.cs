using System.Collections.Immutable;

namespace GitHubSimulator.State;

/// <summary>Opening and changing issues, as pure functions from one repository to the next.</summary>
internal static class IssueChanges
{
    public static (Repository, Outcome<Issue>) Open(this Repository repository, IssueDraft draft, Change change)
    {
        RefusalDetail?[] checks = [TextLimits.CheckTitle(draft.Title), TextLimits.CheckBody("Issue", draft.Body)];
        if (checks.OfType<RefusalDetail>().ToArray() is { Length: > 0 } wrong)
        {
            return (repository, Refusal.Invalid(wrong));
        }

        var issue = new Issue
        {
            Id = change.NextId(),
            // Issues are never deleted here, so their numbers have no gaps.
            Number = repository.Issues.Count + 1,
            Title = draft.Title,
            Body = draft.Body,
            Author = change.Actor,
            CreatedAt = change.At,
            UpdatedAt = change.At,
        };
        if (change.Permission >= Permission.Triage)
        {
            // GitHub drops these silently for people who may not set them.
            (repository, issue) = repository.SetLabels(issue, draft.Labels, change);
            issue = SetAssignees(issue, draft.Assignees, change);
            if (draft.Milestone is { } number)
            {
                if (repository.Milestones.TrueForAll(milestone => milestone.Number != number))
                {
                    return (repository, UnknownMilestone(number));
                }

                issue = SetMilestone(repository, issue, number, change);
            }
        }

        return (repository.With(issue), issue);
    }

    public static (Repository, Outcome<Issue>) Edit(this Repository repository, int number, IssuePatch patch, Change change)
    {
        if (repository.Issue(number) is not { } issue)
        {
            return (repository, Refusal.NotFound);
        }

        var own = string.Equals(issue.Author, change.Actor, StringComparison.OrdinalIgnoreCase);
        if (!own && change.Permission < Permission.Triage)
        {
            return (repository, Refusal.Forbidden);
        }

        if (Check(repository, patch) is { } refusal)
        {
            return (repository, refusal);
        }

        var before = repository;
        if (patch.Title is { } title && title != issue.Title)
        {
            var renamed = change.Event("renamed") with { RenamedFrom = issue.Title, RenamedTo = title };
            issue = issue with { Title = title, Events = issue.Events.Add(renamed) };
        }

        if (patch.SetsBody)
        {
            issue = issue with { Body = patch.Body };
        }

        if (change.Permission >= Permission.Triage)
        {
            if (patch.Labels is { } labels)
            {
                (repository, issue) = repository.SetLabels(issue, labels, change);
            }

            issue = patch.Assignees is { } assignees ? SetAssignees(issue, assignees, change) : issue;
            issue = patch.SetsMilestone ? SetMilestone(repository, issue, patch.Milestone, change) : issue;
        }

        issue = SetState(issue, patch, change);
        if (ReferenceEquals(issue, before.Issue(number)))
        {
            return (repository, issue);
        }

        issue = issue with { UpdatedAt = change.At };
        return (repository.With(issue), issue);
    }

    private static Refusal? Check(Repository repository, IssuePatch patch)
    {
        RefusalDetail?[] checks =
        [
            patch.Title is { } title ? TextLimits.CheckTitle(title) : null,
            TextLimits.CheckBody("Issue", patch.Body),
        ];
        if (checks.OfType<RefusalDetail>().ToArray() is { Length: > 0 } wrong)
        {
            return Refusal.Invalid(wrong);
        }

        return patch.Milestone is { } number && repository.Milestones.TrueForAll(milestone => milestone.Number != number)
            ? UnknownMilestone(number)
            : null;
    }

    private static Refusal UnknownMilestone(int number) =>
        Refusal.Invalid(new RefusalDetail("Issue", "milestone", "invalid", Value: $"{number}"));

    private static Issue SetState(Issue issue, IssuePatch patch, Change change)
    {
        switch (patch.State)
        {
            case IssueStates.Closed:
                var reason = patch.StateReason is IssueStates.NotPlanned or IssueStates.Duplicate
                    ? patch.StateReason
                    : IssueStates.Completed;
                if (issue.State == IssueStates.Closed && (patch.StateReason is null || reason == issue.StateReason))
                {
                    return issue;
                }

                return issue with
                {
                    State = IssueStates.Closed,
                    StateReason = reason,
                    ClosedAt = change.At,
                    ClosedBy = change.Actor,
                    Events = issue.Events.Add(change.Event("closed") with { StateReason = reason }),
                };

            case IssueStates.Open when issue.State == IssueStates.Closed:
                return issue with
                {
                    State = IssueStates.Open,
                    StateReason = IssueStates.Reopened,
                    ClosedAt = null,
                    ClosedBy = null,
                    Events = issue.Events.Add(change.Event("reopened")),
                };

            default:
                return issue;
        }
    }

    private static Issue SetAssignees(Issue issue, IReadOnlyList<string> logins, Change change)
    {
        var wanted = logins.Distinct(StringComparer.OrdinalIgnoreCase).ToImmutableList();
        if (wanted.SequenceEqual(issue.Assignees, StringComparer.OrdinalIgnoreCase))
        {
            return issue;
        }

        var gone = issue.Assignees.Except(wanted, StringComparer.OrdinalIgnoreCase)
            .Select(login => change.Event("unassigned") with { Assignee = login });
        var added = wanted.Except(issue.Assignees, StringComparer.OrdinalIgnoreCase)
            .Select(login => change.Event("assigned") with { Assignee = login });
        return issue with { Assignees = wanted, Events = issue.Events.AddRange(gone.Concat(added)) };
    }

    private static Issue SetMilestone(Repository repository, Issue issue, int? number, Change change)
    {
        if (issue.Milestone == number)
        {
            return issue;
        }

        var events = issue.Events;
        if (repository.MilestoneOf(issue) is { } old)
        {
            events = events.Add(change.Event("demilestoned") with { Milestone = old.Title });
        }

        issue = issue with { Milestone = number };
        if (repository.MilestoneOf(issue) is { } now)
        {
            events = events.Add(change.Event("milestoned") with { Milestone = now.Title });
        }

        return issue with { Events = events };
    }
}
