namespace GitHubSimulator.State;

/// <summary>The words GitHub uses for the state of an issue and the reason of it.</summary>
public static class IssueStates
{
    public const string Open = "open";
    public const string Closed = "closed";
    public const string Completed = "completed";
    public const string NotPlanned = "not_planned";
    public const string Duplicate = "duplicate";
    public const string Reopened = "reopened";
}
