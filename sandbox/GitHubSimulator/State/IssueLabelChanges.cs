using System.Collections.Immutable;

namespace GitHubSimulator.State;

/// <summary>Putting labels on an issue and taking them off. A label that does not exist yet is made, as GitHub does.</summary>
internal static class IssueLabelChanges
{
    private const string ColorOfUndeclaredLabels = "ededed";

    public static (Repository, Outcome<Issue>) AddLabels(this Repository repository, int number, IReadOnlyList<string> names, Change change) =>
        repository.Relabel(number, change, issue => [.. repository.LabelsOf(issue).Select(label => label.Name), .. names]);

    public static (Repository, Outcome<Issue>) ReplaceLabels(this Repository repository, int number, IReadOnlyList<string> names, Change change) =>
        repository.Relabel(number, change, _ => names);

    public static (Repository, Outcome<Issue>) RemoveLabel(this Repository repository, int number, string name, Change change)
    {
        if (repository.Issue(number) is { } issue
            && !repository.LabelsOf(issue).Any(label => string.Equals(label.Name, name, StringComparison.OrdinalIgnoreCase)))
        {
            return (repository, new Refusal(404, "Label does not exist"));
        }

        return repository.Relabel(number, change, kept => [.. repository.LabelsOf(kept)
            .Select(label => label.Name)
            .Where(label => !string.Equals(label, name, StringComparison.OrdinalIgnoreCase))]);
    }

    public static (Repository Repository, Issue Issue) SetLabels(
        this Repository repository, Issue issue, IReadOnlyList<string> names, Change change)
    {
        var wanted = ImmutableList.CreateBuilder<long>();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (repository.Label(name) is not { } label)
            {
                label = new Label(change.NextId(), name, ColorOfUndeclaredLabels, null, IsDefault: false);
                repository = repository with { Labels = repository.Labels.Add(label) };
            }

            wanted.Add(label.Id);
        }

        var added = wanted.Except(issue.LabelIds).Select(id => Event("labeled", id));
        var removed = issue.LabelIds.Except(wanted).Select(id => Event("unlabeled", id));
        IssueEvent[] events = [.. removed, .. added];
        return events.Length == 0
            ? (repository, issue)
            : (repository, issue with { LabelIds = wanted.ToImmutable(), Events = issue.Events.AddRange(events) });

        IssueEvent Event(string kind, long id)
        {
            var label = repository.Label(id);
            return change.Event(kind) with { Label = label?.Name, LabelColor = label?.Color };
        }
    }

    private static (Repository, Outcome<Issue>) Relabel(
        this Repository repository, int number, Change change, Func<Issue, IReadOnlyList<string>> wanted)
    {
        if (repository.Issue(number) is not { } issue)
        {
            return (repository, Refusal.NotFound);
        }

        if (change.Permission < Permission.Triage)
        {
            return (repository, Refusal.Forbidden);
        }

        var names = wanted(issue);
        if (names.Any(string.IsNullOrWhiteSpace))
        {
            return (repository, Refusal.Invalid(new RefusalDetail("Label", "name", "missing_field")));
        }

        var (next, labelled) = repository.SetLabels(issue, names, change);
        if (ReferenceEquals(labelled, issue))
        {
            return (next, issue);
        }

        labelled = labelled with { UpdatedAt = change.At };
        return (next.With(labelled), labelled);
    }
}
