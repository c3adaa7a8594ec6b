namespace GitHubSimulator.State;

/// <summary>The milestones of a repository, as far as issues need them.</summary>
internal static class MilestoneChanges
{
    public static (Repository, Outcome<Milestone>) CreateMilestone(
        this Repository repository, string title, string? description, Change change)
    {
        if (change.Permission < Permission.Write)
        {
            return (repository, Refusal.Forbidden);
        }

        if (string.IsNullOrWhiteSpace(title))
        {
            return (repository, Refusal.Invalid(new RefusalDetail("Milestone", "title", "missing_field")));
        }

        if (repository.Milestones.Exists(milestone => milestone.Title == title))
        {
            return (repository, Refusal.Invalid(new RefusalDetail("Milestone", "title", "already_exists")));
        }

        var created = new Milestone(change.NextId(), repository.Milestones.Count + 1, title, description, change.Actor, change.At);
        return (repository with { Milestones = repository.Milestones.Add(created) }, created);
    }
}
