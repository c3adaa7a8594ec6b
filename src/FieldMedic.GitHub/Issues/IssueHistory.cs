using FieldMedic.GitHub.Wire;

namespace FieldMedic.GitHub.Issues;

/// <summary>What the events of an issue say about who closed, reopened and labelled it.</summary>
internal sealed record IssueHistory(bool HumanReopened, bool LastClosedByUs, DateTimeOffset? LastReopenedAt, IReadOnlyDictionary<string, string> LabelledBy)
{
    /// <param name="events">Oldest first.</param>
    public static IssueHistory From(IEnumerable<WireEvent> events, Account us)
    {
        var closedByUs = false;
        var humanReopened = false;
        DateTimeOffset? reopenedAt = null;
        var labelledBy = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var happened in events)
        {
            switch (happened.Event)
            {
                case "closed":
                    closedByUs = us.Is(happened.Actor);
                    break;
                case "reopened":
                    humanReopened |= closedByUs && !us.Is(happened.Actor);
                    reopenedAt = happened.CreatedAt;
                    break;
                case "labeled" when happened is { Label.Name: { } name, Actor.Login: { } actor }:
                    labelledBy[name] = actor;
                    break;
                case "unlabeled" when happened is { Label.Name: { } name }:
                    labelledBy.Remove(name);
                    break;
                default:
                    break;
            }
        }

        return new IssueHistory(humanReopened, closedByUs, reopenedAt, labelledBy);
    }
}
