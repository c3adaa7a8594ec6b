using FieldMedic.GitHub.Wire;

namespace FieldMedic.GitHub.Issues;

/// <summary>What the events of an issue say about who closed and reopened it.</summary>
internal sealed record IssueHistory(bool HumanReopened, bool LastClosedByUs, DateTimeOffset? LastReopenedAt)
{
    /// <param name="events">Oldest first.</param>
    public static IssueHistory From(IEnumerable<WireEvent> events, Account us)
    {
        var closedByUs = false;
        var humanReopened = false;
        DateTimeOffset? reopenedAt = null;
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
                default:
                    break;
            }
        }

        return new IssueHistory(humanReopened, closedByUs, reopenedAt);
    }
}
