namespace GitHubSimulator.State;

/// <summary>Who changes something, when, with what right, and where new ids come from.</summary>
internal sealed record Change(string Actor, Permission Permission, DateTimeOffset At, Func<long> NextId)
{
    public IssueEvent Event(string kind) => new() { Id = NextId(), Kind = kind, Actor = Actor, CreatedAt = At };
}
