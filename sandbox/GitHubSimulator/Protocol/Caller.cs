using GitHubSimulator.State;

namespace GitHubSimulator.Protocol;

/// <summary>Who makes the current request; null login for nobody.</summary>
internal sealed record Caller(string? Login, TokenRule? Token)
{
    public static readonly Caller Nobody = new(null, null);

    public static Caller Of(HttpContext context) => context.Items[typeof(Caller)] as Caller ?? Nobody;

    public void AttachTo(HttpContext context) => context.Items[typeof(Caller)] = this;
}
