namespace GitHubSimulator.Webhooks;

/// <summary>What goes wrong on the way of the next deliveries. Body of <c>POST /_simulator/webhooks</c>.</summary>
public sealed record Disturbance
{
    /// <summary>So many never arrive.</summary>
    public int Lose { get; init; }

    /// <summary>So many arrive twice.</summary>
    public int Duplicate { get; init; }

    /// <summary>So many are held back until all of them are there, and arrive in the opposite order.</summary>
    public int Reverse { get; init; }
}
