using GitHubSimulator.Webhooks;

namespace GitHubSimulator;

/// <summary>How an embedded stand-in is set up. The defaults need nothing.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Address to listen on; port 0 takes a free one.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Folder that keeps the state over a restart; null keeps it in memory.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Who a token belongs to that nothing else is known of.</summary>
    public string BotLogin { get; init; } = "fieldmedic-bot";

    /// <summary>Requests an hour and account.</summary>
    public int RateLimit { get; init; } = 5_000;

    /// <summary>Where to send webhooks; null sends none.</summary>
    public WebhookTarget? Webhook { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
