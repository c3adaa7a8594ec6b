namespace GitHubSimulator.Webhooks;

/// <summary>One delivery: what it said and what came of it.</summary>
public sealed record SentWebhook
{
    /// <summary>Delivery id; a redelivery has the same.</summary>
    public required Guid Id { get; init; }

    /// <summary>Kind of event.</summary>
    public required string Event { get; init; }

    /// <summary>The JSON that was signed.</summary>
    public required string Body { get; init; }

    /// <summary>When it was sent off.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Status of the answer; null when none came or it was lost on purpose.</summary>
    public int? Status { get; init; }

    /// <summary>It was lost on purpose.</summary>
    public bool IsLost { get; init; }
}
