using FieldMedic.GitHub.Wire;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Issues;

/// <summary>What the events of an issue say about who closed, reopened and labelled it.</summary>
internal sealed record IssueHistory(bool HumanReopened, bool LastClosedByUs, DateTimeOffset? LastReopenedAt, IReadOnlyDictionary<string, string> LabelledBy, IReadOnlyList<IssueDeed> Deeds)
{
    /// <param name="events">Oldest first.</param>
    public static IssueHistory From(IEnumerable<WireEvent> events, Account us)
    {
        var closedByUs = false;
        var humanReopened = false;
        DateTimeOffset? reopenedAt = null;
        var labelledBy = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var deeds = new List<IssueDeed>();
        foreach (var happened in events)
        {
            // Of an assignment GitHub names as actor whom it was given to; who gave it stands beside that.
            if (happened.Event is "labeled" or "unlabeled" or "assigned" or "unassigned" && (happened.Assigner ?? happened.Actor) is { } by)
            {
                deeds.Add(new IssueDeed(by.Login, us.Is(by), by.Type == "Bot", happened.CreatedAt, happened.Label?.Name));
            }

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

        return new IssueHistory(humanReopened, closedByUs, reopenedAt, labelledBy, deeds);
    }
}
