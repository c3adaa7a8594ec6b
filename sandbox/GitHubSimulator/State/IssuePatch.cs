namespace GitHubSimulator.State;

/// <summary>What a change of an issue asks for; null leaves a thing as it is, except where a flag says otherwise.</summary>
internal sealed record IssuePatch
{
    public string? Title { get; init; }

    /// <summary>Told apart from "not mentioned" because null empties the body.</summary>
    public bool SetsBody { get; init; }

    public string? Body { get; init; }
    public string? State { get; init; }
    public string? StateReason { get; init; }

    /// <summary>Told apart from "not mentioned" because null takes the milestone away.</summary>
    public bool SetsMilestone { get; init; }

    public int? Milestone { get; init; }
    public IReadOnlyList<string>? Labels { get; init; }
    public IReadOnlyList<string>? Assignees { get; init; }
}
