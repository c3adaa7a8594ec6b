namespace GitHubSimulator.Webhooks;

/// <summary>Where webhooks are sent to, and what they are signed with.</summary>
/// <param name="Secret">Asked for every delivery.</param>
public sealed record WebhookTarget(Uri Url, Func<string> Secret);
